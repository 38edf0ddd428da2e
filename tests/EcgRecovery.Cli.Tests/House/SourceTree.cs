using System.Text.RegularExpressions;

namespace EcgRecovery.Cli.Tests.House;

/// <summary>One C# file of <c>src</c>.</summary>
/// <param name="RelativePath">From the checkout's root, with <c>/</c>.</param>
/// <param name="Floor">Its project, as in <c>EcgRecovery.Neural</c>.</param>
/// <param name="Folder">Its whole folder path in the project, as in <c>Formats/Wfdb</c>; empty for the project's root folder.</param>
/// <param name="Text">The whole text.</param>
internal sealed partial record SourceFile(string RelativePath, string Floor, string Folder, string Text)
{
    /// <summary>The namespace that it declares; empty for a program's top-level statements.</summary>
    public string Namespace => NamespaceLine().Match(Text).Groups["name"].Value;

    /// <summary>The namespace that files of its folder declare.</summary>
    public string FolderNamespace => Folder.Length == 0 ? Floor : $"{Floor}.{Folder.Replace('/', '.')}";

    /// <summary>Creates a file from its path in the checkout.</summary>
    public static SourceFile From(string relativePath, string text)
    {
        var parts = relativePath.Split('/'); // src, project, folders…, file
        return new SourceFile(relativePath, parts[1], string.Join('/', parts[2..^1]), text);
    }

    [GeneratedRegex(@"^\s*namespace\s+(?<name>[\w.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex NamespaceLine();
}

/// <summary>The files of the checkout, without build outputs.</summary>
internal static class SourceTree
{
    private static readonly string[] s_notOurs = ["bin", "obj", ".git", "TestResults", "node_modules", "out", "ecg-recovery-demo", ".vs"];

    /// <summary>Returns all C# files of <c>src</c>.</summary>
    /// <remarks>Fails where there are suspiciously few: a rule that saw no file has checked nothing.</remarks>
    public static IReadOnlyList<SourceFile> Sources()
    {
        var files = Files("src").Where(path => path.EndsWith(".cs", StringComparison.Ordinal))
            .Select(path => SourceFile.From(path, File.ReadAllText(Checkout.PathOf(path))))
            .ToList();
        Assert.True(files.Count >= 20, $"found {files.Count} C# files under {Checkout.PathOf("src")}");
        return files;
    }

    /// <summary>Returns the paths below a folder of the checkout, relative to its root, with <c>/</c>.</summary>
    public static IEnumerable<string> Files(string folder) => Walk(new DirectoryInfo(Checkout.PathOf(folder)));

    private static IEnumerable<string> Walk(DirectoryInfo folder) =>
        folder.EnumerateFiles().Select(file => Path.GetRelativePath(Checkout.Root, file.FullName).Replace('\\', '/'))
            .Concat(folder.EnumerateDirectories().Where(child => !s_notOurs.Contains(child.Name)).SelectMany(Walk));
}
