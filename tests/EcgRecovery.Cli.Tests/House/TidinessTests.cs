using System.Text.RegularExpressions;

namespace EcgRecovery.Cli.Tests.House;

/// <summary>Nothing unfinished, nothing misplaced.</summary>
public partial class TidinessTests
{
    private static readonly string[] s_textEndings = [".cs", ".csproj", ".props", ".md", ".py", ".js", ".sh", ".json", ".html", ".css"];

    // Folders of tests that test no folder of src.
    private static readonly string[] s_testFoldersOfTheirOwn = ["House", "Fuzzing", "Golden"];

    [Fact]
    public void Nothing_is_left_to_do_later()
    {
        var files = new[] { "src", "tests", "docs", "bench", ".ci" }.Where(folder => Directory.Exists(Checkout.PathOf(folder)))
            .SelectMany(SourceTree.Files)
            .Concat(Directory.EnumerateFiles(Checkout.Root, "*.md").Select(path => Path.GetFileName(path)))
            .Where(path => s_textEndings.Contains(Path.GetExtension(path)) || path == ".ci/run")
            .ToList();
        Assert.True(files.Count > 30, $"found {files.Count} files");
        Assert.DoesNotContain(files, path => Unfinished().IsMatch(File.ReadAllText(Checkout.PathOf(path))));
    }

    [Theory]
    [InlineData("// TO" + "DO: later")]
    [InlineData("<!-- FIX" + "ME -->")]
    [InlineData("throw new NotImpl" + "ementedException();")]
    public void What_is_left_to_do_would_be_found(string text) => Assert.Matches(Unfinished(), text);

    [Fact]
    public void Tests_mirror_the_sources_folder_for_folder()
    {
        var sources = CodeFolders("src", project => project);
        var tests = CodeFolders("tests", project => project.Replace(".Tests", "", StringComparison.Ordinal));
        Assert.NotEmpty(sources);
        Assert.Empty(tests.Where(folder => !folder.Split('/').Any(s_testFoldersOfTheirOwn.Contains)).Except(sources));
        Assert.Empty(sources.Except(tests));
    }

    [Theory]
    [InlineData("EcgRecovery.Neural", true)]
    [InlineData("EcgRecovery", true)]
    [InlineData("EcgRecovery.Evaluation", false)]
    [InlineData("EcgRecovery.Reporting", false)]
    public void A_library_writes_its_public_api_down_and_a_floor_of_the_tool_has_none(string project, bool hasPublicApi)
    {
        // Without these files the analyzer is not even referenced; see Directory.Build.props.
        Assert.True(File.Exists(Checkout.PathOf("src", project, "PublicAPI.Shipped.txt")));
        var isEmpty = File.ReadLines(Checkout.PathOf("src", project, "PublicAPI.Unshipped.txt")).SequenceEqual(["#nullable enable"]);
        Assert.Equal(hasPublicApi, !isEmpty);
    }

    [Fact]
    public void No_folder_is_named_after_the_plumbing() =>
        Assert.DoesNotContain(CodeFolders("src", project => project), folder => Plumbing().IsMatch(folder));

    // As EcgRecovery.Neural/Files, for every folder that holds C# files.
    private static HashSet<string> CodeFolders(string top, Func<string, string> project) =>
        [.. SourceTree.Files(top).Where(path => path.EndsWith(".cs", StringComparison.Ordinal))
            .Select(path => path.Split('/'))
            .Where(parts => parts.Length > 3)
            .Select(parts => string.Join('/', [project(parts[1]), .. parts[2..^1]]))];

    // Put together from halves, or this file would find itself.
    [GeneratedRegex("TO" + @"DO\b|FIX" + @"ME\b|\bHA" + @"CK\b|NotImpl" + "emented")]
    private static partial Regex Unfinished();

    [GeneratedRegex("/(Helpers?|Utils?|Utilities|Managers?|Common|Misc)(/|$)")]
    private static partial Regex Plumbing();
}
