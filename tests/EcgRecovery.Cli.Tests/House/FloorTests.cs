using System.Xml.Linq;

namespace EcgRecovery.Cli.Tests.House;

/// <summary>The five floors and the order of the folders inside them; see CONTRIBUTING.md.</summary>
public class FloorTests
{
    /// <summary>Bottom to top; each sees only what lies below.</summary>
    private static readonly string[] s_floors =
        ["EcgRecovery.Neural", "EcgRecovery", "EcgRecovery.Evaluation", "EcgRecovery.Reporting", "EcgRecovery.Cli"];

    /// <summary>The top folders of EcgRecovery, each with those that it may use.</summary>
    private static readonly Dictionary<string, string[]> s_folderOrder = new(StringComparer.Ordinal)
    {
        ["Records"] = [],
        ["Signals"] = ["Records"],
        ["Gaps"] = ["Records", "Signals"],
        ["Beats"] = ["Records", "Signals"],
        ["Formats"] = ["Records", "Signals", "Beats"],
        ["Recovery"] = ["Records", "Signals", "Gaps", "Beats", "Formats"],
        [""] = ["Records", "Signals", "Gaps", "Beats", "Formats", "Recovery"],
    };

    private static readonly Lazy<IReadOnlyList<TypeReference>> s_references = new(() => TypeReferences.Find(SourceTree.Sources()));

    // What the planted files use.
    private static readonly SourceFile[] s_smallHouse =
    [
        Planted("src/EcgRecovery.Neural/Files/Weights.cs", "public class Weights;"),
        Planted("src/EcgRecovery/Records/Lead.cs", "public class Lead;"),
        Planted("src/EcgRecovery/Formats/Format.cs", "public class Format;"),
        Planted("src/EcgRecovery/Gaps/Finder.cs", "public class Finder;"),
        Planted("src/EcgRecovery/Recovery/Method.cs", "public class Method;"),
        Planted("src/EcgRecovery/Signal.cs", "public static class Signal { extension(Records.Lead lead) { public int Length => 0; } }"),
        Planted("src/EcgRecovery.Evaluation/Splits/Split.cs", "public class Split { public static Split Make() => new(); }"),
        Planted("src/EcgRecovery.Cli/Host.cs", "public class Host;"),
    ];

    [Fact]
    public void A_project_refers_to_the_floor_below_and_to_no_other()
    {
        var projects = Projects("src", ".csproj");
        Assert.Equal(s_floors.ToHashSet(), projects.Keys.ToHashSet());
        foreach (var (name, references) in projects)
        {
            var floor = Array.IndexOf(s_floors, name);
            string[] below = floor == 0 ? [] : [s_floors[floor - 1]];
            Assert.Equal(below, references);
        }
    }

    [Fact]
    public void A_test_project_refers_to_the_project_that_it_tests_and_to_no_other()
    {
        var projects = Projects("tests", ".Tests.csproj");
        Assert.True(projects.Remove("EcgRecovery.Packages.Tests", out var ofPackages));
        Assert.Empty(ofPackages); // it tests what comes out of packages
        Assert.Equal(s_floors.Length, projects.Count);
        foreach (var (name, references) in projects)
            Assert.Equal([name.Replace(".Tests", "", StringComparison.Ordinal)], references);
    }

    [Fact]
    public void Namespaces_follow_folders() => Assert.Empty(SourceTree.Sources().SelectMany(NamespaceViolations));

    [Fact]
    public void No_file_uses_a_higher_floor_or_a_folder_out_of_order()
    {
        Assert.True(s_references.Value.Count > 1000, $"found {s_references.Value.Count} references");
        Assert.Empty(s_references.Value.SelectMany(OrderViolations));
    }

    [Fact]
    public void No_folders_of_a_floor_use_each_other_in_a_circle()
    {
        foreach (var floor in s_floors)
        {
            var circles = Graph(floor, s_references.Value).Circles;
            Assert.True(circles.Count == 0, $"Circles of folders in {floor}:\n{string.Join('\n', circles)}");
        }
    }

    [Theory]
    [InlineData("EcgRecovery.Neural", "Records.Lead? L;", "EcgRecovery.Neural may not use Lead of EcgRecovery")]
    [InlineData("EcgRecovery/Recovery", "Evaluation.Splits.Split? S;", "EcgRecovery may not use Split of EcgRecovery.Evaluation")]
    [InlineData("EcgRecovery/Recovery", "object O() => Split.Make();", "may not use Split of", "using EcgRecovery.Evaluation.Splits;")]
    [InlineData("EcgRecovery/Recovery", "object O() => Make();", "may not use Split", "using static EcgRecovery.Evaluation.Splits.Split;")]
    [InlineData("EcgRecovery/Recovery", "S? O;", "may not use Split of", "using S = EcgRecovery.Evaluation.Splits.Split;")]
    [InlineData("EcgRecovery.Reporting", "/** <see cref='Cli.Host'/> */ int O;", "EcgRecovery.Reporting may not use Host of")]
    [InlineData("EcgRecovery/Records", "string O() => nameof(Formats.Format);", "Records may not use Format of Formats")]
    [InlineData("EcgRecovery/Records", "int O() => new Lead().Length;", "Records may not use Signal of the root folder")]
    [InlineData("EcgRecovery/Formats", "Finder F = new();", "Formats may not use Finder of Gaps", "using EcgRecovery.Gaps;")]
    [InlineData("EcgRecovery/Beats/Deep", "Recovery.Method? F;", "Beats may not use Method of Recovery")]
    public void A_planted_use_out_of_order_is_found(string folder, string member, string expected, string usings = "")
    {
        var file = Planted($"src/{folder}/M.cs", $"{usings} class M {{ {member} }}");
        Assert.Contains(expected, Assert.Single(TypeReferences.Find([.. s_smallHouse, file]).SelectMany(OrderViolations)));
    }

    [Theory]
    [InlineData("src/EcgRecovery/Records/Deep/Gap.cs", "namespace EcgRecovery.Records;", "expected EcgRecovery.Records.Deep")]
    [InlineData("src/EcgRecovery/Records/Gap.cs", "namespace EcgRecovery.Formats { }", "expected EcgRecovery.Records")]
    [InlineData("src/EcgRecovery/Gap.cs", "namespace EcgRecovery.Records;", "expected EcgRecovery")]
    [InlineData("src/EcgRecovery/Helpers/Text.cs", "", "Helpers is not in the order of EcgRecovery's folders")]
    public void A_planted_namespace_that_is_not_its_folder_is_found(string path, string text, string expected) =>
        Assert.EndsWith(expected, Assert.Single(NamespaceViolations(SourceFile.From(path, text))));

    [Fact]
    public void What_is_in_order_passes()
    {
        SourceFile[] files =
        [
            .. s_smallHouse,
            Planted("src/EcgRecovery/Recovery/M.cs", "using Formats; class M { Format? F; Neural.Files.Weights? W; }"),
            Planted("src/EcgRecovery.Cli/Commands/M.cs", "using Neural.Files; class M { Weights? W; Host? H; }"),
        ];
        var references = TypeReferences.Find(files);
        Assert.Equal(["Host", "Weights", "Format", "Weights", "Lead"], references.Select(use => use.Type));
        Assert.Empty(references.SelectMany(OrderViolations));
        Assert.Empty(files.SelectMany(NamespaceViolations));
    }

    [Theory]
    [InlineData("A → B → C → A", "B", "C", "A")]
    [InlineData("A → A/B → A", "A", "A/B")]
    [InlineData("A/B → A/C → A/B", "A/B", "A/C")]
    [InlineData("A/B → D/C → D → A/B", "A/B", "D/C", "D")]
    [InlineData("(root) → A/B → (root)", "", "A/B")]
    public void A_planted_circle_of_folders_is_found(string expected, params string[] folders)
    {
        // The type of each folder uses that of the next.
        var files = folders.Select((folder, i) => Using(folder, folders[(i + 1) % folders.Length])).ToArray();
        var first = expected[..expected.IndexOf(" → ", expected.IndexOf('→') + 1, StringComparison.Ordinal)];
        var circle = Assert.Single(Graph("EcgRecovery.Cli", TypeReferences.Find(files)).Circles);
        Assert.StartsWith($"{expected}\n    {first}: src/EcgRecovery.Cli/", circle);
        Assert.Empty(Graph("EcgRecovery.Cli", TypeReferences.Find([.. files[1..], Using(folders[0], folders[0])])).Circles);

        static SourceFile Using(string folder, string used)
        {
            var target = SourceFile.From(Path.Join("src/EcgRecovery.Cli", used, "M.cs"), "").FolderNamespace;
            return Planted(Path.Join("src/EcgRecovery.Cli", folder, "M.cs"), $"class M {{ {target}.M? N; }}");
        }
    }

    // Its namespace is that of its folder.
    private static SourceFile Planted(string path, string text) =>
        SourceFile.From(path, $"namespace {SourceFile.From(path, "").FolderNamespace};\n{text}");

    private static FolderGraph Graph(string floor, IEnumerable<TypeReference> references) =>
        new(references.Where(use => use.From.Floor == floor));

    private static IEnumerable<string> NamespaceViolations(SourceFile file)
    {
        if (file.Floor == "EcgRecovery" && !s_folderOrder.ContainsKey(TopFolder(file)))
            yield return $"{file.RelativePath}: {TopFolder(file)} is not in the order of EcgRecovery's folders";
        if (file.Namespace.Length > 0 && file.Namespace != file.FolderNamespace)
            yield return $"{file.RelativePath}: its namespace is {file.Namespace}; expected {file.FolderNamespace}";
    }

    private static IEnumerable<string> OrderViolations(TypeReference use)
    {
        var (from, to) = (TopFolder(use.From), TopFolder(use.To));
        if (Array.IndexOf(s_floors, use.To.Floor) > Array.IndexOf(s_floors, use.From.Floor))
            yield return $"{use.From.RelativePath}: {use.From.Floor} may not use {use.Type} of {use.To.Floor}";
        else if (use.From.Floor == "EcgRecovery" && use.To.Floor == "EcgRecovery" && from != to && !s_folderOrder[from].Contains(to))
            yield return $"{use.From.RelativePath}: {from} may not use {use.Type} of {(to.Length == 0 ? "the root folder" : to)}";
    }

    private static string TopFolder(SourceFile file) => file.Folder.Split('/')[0];

    // The projects of a folder, each with those that it refers to.
    private static Dictionary<string, string[]> Projects(string folder, string ending) => SourceTree.Files(folder)
        .Where(path => path.EndsWith(ending, StringComparison.Ordinal))
        .ToDictionary(
            path => Path.GetFileNameWithoutExtension(path),
            path => XDocument.Load(Checkout.PathOf(path)).Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
                .ToArray());
}
