using System.Globalization;
using System.Text.RegularExpressions;

namespace EcgRecovery.Cli.Tests.House;

/// <summary>Lines of C# and Markdown fit the width that .editorconfig states.</summary>
public partial class LineLengthTests
{
    private static readonly int s_width = int.Parse(
        Setting().Match(File.ReadAllText(Checkout.PathOf(".editorconfig"))).Groups["width"].Value, CultureInfo.InvariantCulture);

    [Fact]
    public void Lines_are_no_longer_than_the_limit()
    {
        var files = new[] { "src", "tests", "bench", "docs", "examples" }
            .Where(folder => Directory.Exists(Checkout.PathOf(folder)))
            .SelectMany(SourceTree.Files)
            .Concat(Directory.EnumerateFiles(Checkout.Root, "*.md").Select(path => Path.GetFileName(path)))
            .Where(path => Path.GetExtension(path) is ".cs" or ".md")
            .ToList();
        Assert.True(files.Count > 300, $"found {files.Count} files");
        var tooLong = files.SelectMany(path => TooLong(path, File.ReadAllText(Checkout.PathOf(path))))
            .Select(line => $"{line.Path}:{line.Number}")
            .ToList();
        Assert.True(tooLong.Count == 0, $"Lines longer than {s_width}:\n{string.Join('\n', tooLong)}");
    }

    [Fact]
    public void Tables_addresses_and_raw_literals_may_be_longer()
    {
        var words = string.Concat(Enumerable.Repeat("word ", 40));
        Assert.Equal(140, s_width);
        Assert.Equal([2], TooLong("x.cs", $"short\n// {words}\n").Select(line => line.Number));
        Assert.Equal([1], TooLong("x.md", words).Select(line => line.Number));
        Assert.Equal([1], TooLong("x.cs", $"var text = \"\"\"{words}\"\"\"; // on one line").Select(line => line.Number));
        Assert.Empty(TooLong("x.md", $"| {words} |"));
        Assert.Empty(TooLong("x.md", $"{words} https://example.org"));
        Assert.Empty(TooLong("x.cs", $"var text = \"\"\"\n    {words}\n    \"\"\";"));
    }

    private static IEnumerable<(string Path, int Number)> TooLong(string path, string text)
    {
        var isMarkdown = Path.GetExtension(path) == ".md";
        var isLiteral = false;
        foreach (var (number, line) in text.Split('\n').Index())
        {
            var isFree = isMarkdown ? line.TrimStart().StartsWith('|') : isLiteral;
            if (line.Length > s_width && !isFree && !line.Contains("://", StringComparison.Ordinal))
                yield return (path, number + 1);
            isLiteral ^= line.Split("\"\"\"").Length % 2 == 0; // an odd number of quotes opens or closes a raw literal
        }
    }

    [GeneratedRegex(@"^max_line_length = (?<width>\d+)$", RegexOptions.Multiline)]
    private static partial Regex Setting();
}
