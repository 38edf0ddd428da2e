using System.CommandLine;
using EcgRecovery.BeatDesigns.Designs;

namespace EcgRecovery.BeatDesigns;

/// <summary>What both commands take.</summary>
internal static class CommonOptions
{
    /// <summary>The checkout that this program was built from.</summary>
    public static string Checkout { get; } = FindCheckout();

    /// <summary>The committed results.</summary>
    public static string OwnResults { get; } = Path.Combine(Checkout, "bench", "EcgRecovery.BeatDesigns", "results");

    public static Option<string?> Designs() => new("--designs") { Description = "A list of designs; the project's own, unless told.", HelpName = "FILE" };

    /// <summary>The list of that file, or the project's own.</summary>
    public static IReadOnlyList<Entry> List(string? path) => path is null ? DesignList.ReadOwn() : DesignList.Read(path);

    private static string FindCheckout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EcgRecovery.slnx")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No EcgRecovery.slnx above {AppContext.BaseDirectory}.");
    }
}
