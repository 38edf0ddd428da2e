using System.Globalization;
using System.Text.RegularExpressions;

namespace EcgRecovery.Cli.Tests.House;

/// <summary>Lines of C# and Markdown fit the width that .editorconfig states.</summary>
public partial class LineLengthTests
{
    // TEMPORARY: how many lines of a project or a folder may still be too long. A change that shortens lines lowers its number;
    // an area without long lines loses its line; when none is left, the list goes.
    private static readonly Dictionary<string, int> s_stillLong = new(StringComparer.Ordinal)
    {
        ["docs"] = 4,
        ["tests/EcgRecovery.Cli.Tests"] = 20,
        ["tests/EcgRecovery.Neural.Tests"] = 1,
        ["tests/EcgRecovery.Tests"] = 290,
    };

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
        var tooLong = files.SelectMany(path => TooLong(path, File.ReadAllText(Checkout.PathOf(path)))).ToLookup(line => Area(line.Path));
        var over = tooLong.Where(area => area.Count() > s_stillLong.GetValueOrDefault(area.Key))
            .Select(area => $"{area.Key}: {area.Count()}, of {string.Join(' ', area.Select(line => $"{line.Path}:{line.Number}"))}");
        Assert.True(!over.Any(), $"Lines longer than {s_width}:\n{string.Join('\n', over)}");
        Assert.DoesNotContain(s_stillLong.Keys, area => !tooLong.Contains(area));
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

    // src/EcgRecovery.Neural, tests/EcgRecovery.Neural.Tests, docs; the name of a file in the root folder.
    private static string Area(string path) =>
        string.Join('/', path.Split('/').Take(path.StartsWith("docs", StringComparison.Ordinal) ? 1 : 2));

    [GeneratedRegex(@"^max_line_length = (?<width>\d+)$", RegexOptions.Multiline)]
    private static partial Regex Setting();
}
