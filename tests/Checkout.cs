namespace EcgRecovery;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Checkout
{
    /// <summary>The folder with <c>EcgRecovery.slnx</c>.</summary>
    public static string Root { get; } = Find();

    /// <summary>A path of the checkout.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EcgRecovery.slnx")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No EcgRecovery.slnx above {AppContext.BaseDirectory}.");
    }
}
