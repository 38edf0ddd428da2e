using System.Text.RegularExpressions;

namespace EcgRecovery.Cli.Tests.House;

/// <summary>One C# file of <c>src</c>, as the house rules see it.</summary>
/// <param name="RelativePath">From the checkout's root, with <c>/</c>.</param>
/// <param name="Floor">Its project, as in <c>EcgRecovery.Neural</c>.</param>
/// <param name="Folder">Its top folder in the project, as in <c>Files</c>; empty for the project's own folder.</param>
/// <param name="Text">The whole text.</param>
internal sealed partial record SourceFile(string RelativePath, string Floor, string Folder, string Text)
{
    /// <summary>The namespaces that its <c>using</c> lines and its fully qualified names lead to.</summary>
    public IEnumerable<string> UsedNamespaces =>
        UsingLine().Matches(Text).Concat(QualifiedName().Matches(UsingOrNamespaceLine().Replace(Text, "")))
            .Select(match => match.Groups["name"].Value)
            .Distinct(StringComparer.Ordinal);

    /// <summary>The namespace that it declares; empty for a program's top-level statements.</summary>
    public string Namespace => NamespaceLine().Match(Text).Groups["name"].Value;

    /// <summary>Makes a file from its path in the checkout.</summary>
    public static SourceFile From(string relativePath, string text)
    {
        var parts = relativePath.Split('/'); // src, project, folders…, file
        return new SourceFile(relativePath, parts[1], parts.Length > 3 ? parts[2] : "", text);
    }

    [GeneratedRegex(@"^\s*(global\s+)?using\s+(static\s+)?(\w+\s*=\s*)?(?<name>EcgRecovery[\w.]*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex UsingLine();

    // A name spelled out needs no using line; comments that name a type count too: they are references to it as well.
    [GeneratedRegex(@"\b(?<name>EcgRecovery(\.[A-Z]\w*)+)")]
    private static partial Regex QualifiedName();

    [GeneratedRegex(@"^\s*(global\s+using|using|namespace)\s.*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex UsingOrNamespaceLine();

    [GeneratedRegex(@"^\s*namespace\s+(?<name>[\w.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex NamespaceLine();
}

/// <summary>The checkout's files, without what builds leave behind.</summary>
internal static class SourceTree
{
    private static readonly string[] s_notOurs = ["bin", "obj", ".git", "TestResults", "node_modules", "out", "ecg-recovery-demo", ".vs"];

    /// <summary>All C# files of <c>src</c>, of every depth. Fails where there are suspiciously few: a rule that saw no file has checked nothing.</summary>
    public static IReadOnlyList<SourceFile> Sources()
    {
        var files = Files("src").Where(path => path.EndsWith(".cs", StringComparison.Ordinal))
            .Select(path => SourceFile.From(path, File.ReadAllText(Checkout.PathOf(path))))
            .ToList();
        Assert.True(files.Count >= 20, $"found {files.Count} C# files under {Checkout.PathOf("src")}");
        return files;
    }

    /// <summary>Paths below a folder of the checkout, relative to its root, with <c>/</c>.</summary>
    public static IEnumerable<string> Files(string folder) => Walk(new DirectoryInfo(Checkout.PathOf(folder)));

    private static IEnumerable<string> Walk(DirectoryInfo folder) =>
        folder.EnumerateFiles().Select(file => Path.GetRelativePath(Checkout.Root, file.FullName).Replace('\\', '/'))
            .Concat(folder.EnumerateDirectories().Where(child => !s_notOurs.Contains(child.Name)).SelectMany(Walk));
}
