using System.Xml.Linq;

namespace EcgRecovery.Cli.Tests.House;

/// <summary>The five floors and the order of the folders inside them; see CONTRIBUTING.md.</summary>
public class FloorTests
{
    /// <summary>Bottom to top; each sees only what lies below.</summary>
    private static readonly string[] s_floors =
        ["EcgRecovery.Neural", "EcgRecovery", "EcgRecovery.Evaluation", "EcgRecovery.Reporting", "EcgRecovery.Cli"];

    /// <summary>Inside EcgRecovery: a folder and those that it may use.</summary>
    private static readonly Dictionary<string, string[]> s_folderOrder = new(StringComparer.Ordinal)
    {
        ["Records"] = [],
        ["Signals"] = ["Records"],
        ["Gaps"] = ["Records", "Signals"],
        ["Beats"] = ["Records", "Signals"],
        ["Formats"] = ["Records", "Beats"],
        ["Recovery"] = ["Records", "Formats", "Signals", "Gaps", "Beats"],
        [""] = ["Records", "Formats", "Signals", "Gaps", "Beats", "Recovery"],
    };

    [Fact]
    public void A_project_refers_to_the_floor_below_and_to_no_other()
    {
        var projects = SourceTree.Files("src").Where(path => path.EndsWith(".csproj", StringComparison.Ordinal)).ToList();
        Assert.Equal(s_floors.Order(StringComparer.Ordinal), projects.Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal));
        foreach (var project in projects)
        {
            var floor = Array.IndexOf(s_floors, Path.GetFileNameWithoutExtension(project));
            string[] below = floor == 0 ? [] : [s_floors[floor - 1]];
            Assert.Equal(below, References(project));
        }
    }

    [Fact]
    public void A_test_project_refers_to_the_project_that_it_tests_and_to_no_other()
    {
        var projects = SourceTree.Files("tests").Where(path => path.EndsWith(".Tests.csproj", StringComparison.Ordinal)).ToList();
        Assert.Equal(s_floors.Length, projects.Count);
        foreach (var project in projects)
            Assert.Equal([Path.GetFileNameWithoutExtension(project).Replace(".Tests", "", StringComparison.Ordinal)], References(project));
    }

    [Fact]
    public void No_file_uses_a_higher_floor_or_a_folder_out_of_order() =>
        Assert.Empty(SourceTree.Sources().SelectMany(Violations));

    [Fact]
    public void No_two_folders_of_a_floor_use_each_other()
    {
        foreach (var floor in SourceTree.Sources().GroupBy(file => file.Floor))
            Assert.Null(Circle(floor));
    }

    [Theory]
    [InlineData("src/EcgRecovery.Neural/Lstm.cs", "using EcgRecovery.Records;", "EcgRecovery.Neural may not use EcgRecovery.Records")]
    [InlineData("src/EcgRecovery/Recovery/Deep/Er/Method.cs", "using EcgRecovery.Evaluation.Splits;", "may not use EcgRecovery.Evaluation.Splits")]
    [InlineData("src/EcgRecovery/Recovery/Method.cs", "using static EcgRecovery.Evaluation.Beats.Protocol;", "may not use EcgRecovery.Evaluation.Beats.Protocol")]
    [InlineData("src/EcgRecovery/Recovery/Method.cs", "using Splits = EcgRecovery.Evaluation.Splits;", "may not use EcgRecovery.Evaluation.Splits")]
    [InlineData("src/EcgRecovery/Recovery/Method.cs", "class M { EcgRecovery.Evaluation.Score s; }", "may not use EcgRecovery.Evaluation.Score")]
    [InlineData("src/EcgRecovery.Reporting/Svg.cs", "global using EcgRecovery.Cli.Hosting;", "may not use EcgRecovery.Cli.Hosting")]
    [InlineData("src/EcgRecovery/Records/Gap.cs", "using EcgRecovery.Formats;", "Records may not use Formats")]
    [InlineData("src/EcgRecovery/Formats/Csv.cs", "using EcgRecovery.Gaps;", "Formats may not use Gaps")]
    [InlineData("src/EcgRecovery/Beats/RPeak.cs", "using EcgRecovery.Recovery;", "Beats may not use Recovery")]
    [InlineData("src/EcgRecovery/Helpers/Text.cs", "", "Helpers is not in the order")]
    [InlineData("src/EcgRecovery/Records/Gap.cs", "namespace EcgRecovery.Formats;", "lies in Records")]
    public void A_planted_violation_is_found(string path, string text, string expected) =>
        Assert.Contains(expected, Assert.Single(Violations(SourceFile.From(path, text))));

    [Theory]
    [InlineData("src/EcgRecovery/Recovery/Method.cs", "using EcgRecovery.Beats;\nusing EcgRecovery.Neural.Files;\nusing EcgRecovery.Records;\nnamespace EcgRecovery.Recovery;")]
    [InlineData("src/EcgRecovery.Cli/Commands/X.cs", "using EcgRecovery.Neural;\nusing EcgRecovery.Reporting.Svg;\n\nnamespace EcgRecovery.Cli.Commands;")]
    [InlineData("src/EcgRecovery.Neural/Files/Deep/X.cs", "namespace EcgRecovery.Neural.Files.Deep;")]
    public void What_is_in_order_passes(string path, string text) => Assert.Empty(Violations(SourceFile.From(path, text)));

    [Fact]
    public void A_planted_circle_of_folders_is_found()
    {
        SourceFile[] files =
        [
            SourceFile.From("src/EcgRecovery.Reporting/A/X.cs", "using EcgRecovery.Reporting.B;"),
            SourceFile.From("src/EcgRecovery.Reporting/B/X.cs", "using EcgRecovery.Reporting.C;"),
            SourceFile.From("src/EcgRecovery.Reporting/C/X.cs", "using EcgRecovery.Reporting.A;"),
        ];
        Assert.Equal("A → B → C → A", Circle(files));
        Assert.Null(Circle(files[..2]));
    }

    private static IEnumerable<string> Violations(SourceFile file)
    {
        var home = file.Folder.Length == 0 ? file.Floor : $"{file.Floor}.{file.Folder}";
        if (file.Namespace.Length > 0 && file.Namespace != home && !file.Namespace.StartsWith(home + ".", StringComparison.Ordinal))
            yield return $"{file.RelativePath} lies in {file.Folder}; its namespace is {file.Namespace}";
        if (file.Floor == "EcgRecovery" && !s_folderOrder.ContainsKey(file.Folder))
            yield return $"{file.RelativePath}: {file.Folder} is not in the order of EcgRecovery's folders";

        foreach (var used in file.UsedNamespaces)
        {
            var (floor, folder) = Place(used);
            if (Array.IndexOf(s_floors, floor) > Array.IndexOf(s_floors, file.Floor))
                yield return $"{file.RelativePath}: {file.Floor} may not use {used}";
            else if (floor == "EcgRecovery" && file.Floor == floor && folder != file.Folder && !s_folderOrder[file.Folder].Contains(folder))
                yield return $"{file.RelativePath}: {file.Folder} may not use {folder}";
        }
    }

    // EcgRecovery.Neural.Files.X is floor EcgRecovery.Neural, folder Files; EcgRecovery.Records.X is floor EcgRecovery, folder Records.
    private static (string Floor, string Folder) Place(string name)
    {
        var parts = name.Split('.');
        var floor = parts.Length > 1 && s_floors.Contains($"EcgRecovery.{parts[1]}") ? $"EcgRecovery.{parts[1]}" : "EcgRecovery";
        var depth = floor.Split('.').Length;
        return (floor, parts.Length > depth ? parts[depth] : "");
    }

    /// <summary>A circle of folders, as <c>A → B → A</c>, or null.</summary>
    private static string? Circle(IEnumerable<SourceFile> floor)
    {
        var folders = floor.Select(file => file.Folder).ToHashSet(StringComparer.Ordinal);
        var uses = floor
            .SelectMany(file => file.UsedNamespaces.Select(Place).Where(p => p.Floor == file.Floor).Select(p => (From: file.Folder, To: p.Folder)))
            .Where(edge => edge.From != edge.To && folders.Contains(edge.To))
            .ToLookup(edge => edge.From, edge => edge.To);
        return uses.Select(folder => Search(folder.Key, [folder.Key])).FirstOrDefault(found => found is not null);

        string? Search(string at, string[] path)
        {
            foreach (var next in uses[at].Distinct())
            {
                if (next == path[0])
                    return string.Join(" → ", [.. path, next]);
                if (!path.Contains(next) && Search(next, [.. path, next]) is { } found)
                    return found;
            }

            return null;
        }
    }

    private static IEnumerable<string> References(string project) =>
        XDocument.Load(Checkout.PathOf(project)).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
}
