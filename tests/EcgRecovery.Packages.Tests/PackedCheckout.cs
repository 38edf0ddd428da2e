using System.IO.Compression;

namespace EcgRecovery.Packages.Tests;

/// <summary>A copy of the checkout in which <c>dotnet pack</c> has run, and the home of a user who has nothing yet.</summary>
public sealed class PackedCheckout : IDisposable
{
    private static readonly string[] s_notCopied = ["bin", "obj", "out", ".git", ".vs", "TestResults", "ecg-recovery-demo"];

    // Whoever packs has built, so the packages of the build are there; those of the new user are not.
    private static readonly string s_builtWith = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private readonly string _root = Directory.CreateTempSubdirectory("ecg-recovery-packages-").FullName;

    public PackedCheckout()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs bash");
        Home = Directory.CreateDirectory(Path.Combine(_root, "home")).FullName;
        CopyNuGetSources();
        Shell = new Shell(Home);
        Folder = Copy("clone");
        Pack(Folder, "dotnet pack");
    }

    /// <summary>The new user's home.</summary>
    internal string Home { get; }

    /// <summary>Runs lines as the new user.</summary>
    internal Shell Shell { get; }

    /// <summary>The copy of the checkout.</summary>
    internal string Folder { get; }

    /// <summary>The folder of the packages.</summary>
    internal string Packages => Path.Combine(Folder, "out", "packages");

    /// <summary>Copies the checkout, as it stands, into a folder beside the home.</summary>
    internal string Copy(string name)
    {
        var copy = Path.Combine(_root, name);
        CopyFolder(new DirectoryInfo(Checkout.Root), copy);
        return copy;
    }

    /// <summary>Makes a new, empty folder beside the home.</summary>
    internal string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;

    /// <summary>Builds and packs in a copy, without the analyzers, which do not change what is built.</summary>
    internal void Pack(string copy, string command) =>
        Shell.Run(copy, command, ("NUGET_PACKAGES", s_builtWith), ("RunAnalyzers", "false"), ("NuGetAudit", "false"));

    /// <summary>Opens a package by its identifier.</summary>
    internal ZipArchive Open(string id, string extension = ".nupkg")
    {
        var file = Assert.Single(Directory.GetFiles(Packages, $"{id}.*{extension}"), path => IsVersionOf(id, path));
        return ZipFile.OpenRead(file);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static bool IsVersionOf(string id, string path) => char.IsAsciiDigit(Path.GetFileName(path)[id.Length + 1]);

    // A new user of this machine restores from where the machine restores.
    private void CopyNuGetSources()
    {
        var settings = Path.Combine(".nuget", "NuGet", "NuGet.Config");
        var own = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), settings);
        if (!File.Exists(own))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Home, settings))!);
        File.Copy(own, Path.Combine(Home, settings));
    }

    private static void CopyFolder(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles().Where(file => !s_notCopied.Contains(file.Name))) // .git is a file in a work tree
            file.CopyTo(Path.Combine(to, file.Name));
        foreach (var child in from.EnumerateDirectories().Where(child => !s_notCopied.Contains(child.Name)))
            CopyFolder(child, Path.Combine(to, child.Name));
    }
}
