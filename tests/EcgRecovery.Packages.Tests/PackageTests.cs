using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace EcgRecovery.Packages.Tests;

/// <summary>What <c>dotnet pack</c> makes, and that a new user can install it and follow the README.</summary>
public class PackageTests(PackedCheckout checkout) : IClassFixture<PackedCheckout>
{
    private const string Engine = "EcgRecovery.Neural";
    private const string Library = "EcgRecovery";
    private const string Tool = "EcgRecovery.Tool";

    // Of the compiler's custom debug information: the source text of a document.
    private static readonly Guid s_embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    private static readonly string s_version =
        XDocument.Load(Checkout.PathOf("Directory.Build.props")).Descendants("Version").Single().Value;

    [Fact]
    public void Three_packages_have_one_version_and_each_has_its_readme()
    {
        Assert.Equal(
            [$"{Library}.{s_version}", $"{Engine}.{s_version}", $"{Tool}.{s_version}"],
            Directory.GetFiles(checkout.Packages, "*.nupkg").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
        foreach (var (id, project) in new[] { (Library, Library), (Engine, Engine), (Tool, "EcgRecovery.Cli") })
        {
            using var package = checkout.Open(id);
            Assert.Equal(s_version, Value(Specification(package), "version"));
            Assert.Equal("README.md", Value(Specification(package), "readme"));
            Assert.Equal(File.ReadAllBytes(Checkout.PathOf("src", project, "PACKAGE.md")), Bytes(package, "README.md"));
        }
    }

    [Fact]
    public void The_library_is_one_assembly_with_its_models_and_nothing_of_the_command_line()
    {
        using var package = checkout.Open(Library);
        Assert.Equal(["lib/net10.0/EcgRecovery.dll", "lib/net10.0/EcgRecovery.xml"], Names(package, "lib/"));
        Assert.Equal([Engine, "csFastFloat"], Dependencies(package));
        using var assembly = new PEReader(new MemoryStream(Bytes(package, "lib/net10.0/EcgRecovery.dll")));
        var metadata = assembly.GetMetadataReader();
        var resources = metadata.ManifestResources
            .Select(handle => metadata.GetString(metadata.GetManifestResource(handle).Name)).Order(StringComparer.Ordinal);
        Assert.Equal(["models/autoencoder.safetensors", "models/beat.safetensors", "record-models/record.safetensors"], resources);
    }

    [Fact]
    public void The_engine_depends_on_no_package()
    {
        using var package = checkout.Open(Engine);
        Assert.Equal([$"lib/net10.0/{Engine}.dll", $"lib/net10.0/{Engine}.xml"], Names(package, "lib/"));
        Assert.Empty(Dependencies(package));
    }

    [Fact]
    public void The_tool_carries_all_that_it_runs()
    {
        using var package = checkout.Open(Tool);
        var type = Specification(package).Descendants().Single(node => node.Name.LocalName == "packageType");
        Assert.Equal("DotnetTool", type.Attribute("name")!.Value);
        string[] assemblies =
            ["EcgRecovery.Evaluation", Engine, "EcgRecovery.Reporting", Library, "System.CommandLine", "csFastFloat", "ecg-recovery"];
        Assert.Equal(
            assemblies.Select(name => $"tools/net10.0/any/{name}.dll"),
            Names(package, "tools/").Where(name => name.EndsWith(".dll", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Library)]
    [InlineData(Engine)]
    public void Symbols_have_the_sources_inside_and_no_path_of_this_machine(string id)
    {
        using var package = checkout.Open(id, ".snupkg");
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Bytes(package, $"lib/net10.0/{id}.pdb")));
        var symbols = provider.GetMetadataReader();
        var documents = symbols.Documents.ToDictionary(handle => handle, handle => symbols.GetString(symbols.GetDocument(handle).Name));
        Assert.True(documents.Count > 20, $"found {documents.Count} documents");
        Assert.All(documents.Values, name => Assert.StartsWith("/_/src/", name));
        Assert.All(
            documents.Keys,
            handle => Assert.Contains(
                symbols.GetCustomDebugInformation(handle),
                information => symbols.GetGuid(symbols.GetCustomDebugInformation(information).Kind) == s_embeddedSource));
    }

    [Fact]
    public void Another_folder_gives_the_same_bytes()
    {
        var copy = checkout.Copy("another/clone");
        checkout.Pack(copy, "dotnet pack src/EcgRecovery");
        foreach (var id in new[] { Library, Engine })
        {
            using var package = checkout.Open(id);
            var assembly = File.ReadAllBytes(Path.Combine(copy, "src", id, "bin", "Release", "net10.0", $"{id}.dll"));
            Assert.Equal(Bytes(package, $"lib/net10.0/{id}.dll"), assembly);
        }
    }

    [Fact]
    public void The_readmes_lines_work_word_for_word_for_a_new_user()
    {
        var readme = File.ReadAllText(Checkout.PathOf("README.md"));
        var install = Assert.Single(ShellBlocks(readme), block => block.StartsWith("dotnet pack\n", StringComparison.Ordinal));
        checkout.Shell.Run(checkout.Folder, install[(install.IndexOf('\n') + 1)..]); // dotnet pack has run, with the build's own packages
        Assert.Equal($"ecg-recovery {s_version}\n", checkout.Shell.Run(checkout.Home, "ecg-recovery --version"));

        // The library first: it writes the files that the commands read.
        var folder = checkout.NewFolder("fill");
        var head = Assert.Single(ShellBlocks(readme), block => block.StartsWith("#:package ", StringComparison.Ordinal));
        var lines = CSharpBlocks(readme);
        Assert.Equal(3, lines.Count);
        File.WriteAllText(Path.Combine(folder, "fill.cs"), $"{head}{ReadmeData}{string.Concat(lines)}");
        var printed = checkout.Shell.Run(folder, "dotnet run fill.cs");
        Assert.StartsWith("99 of 99 missing samples recovered by cubic\n", printed);
        Assert.EndsWith("\n19 missing samples recovered\n", printed);
        Assert.True(File.Exists(Path.Combine(folder, "night-recovered.csv")));

        foreach (var name in new[] { "night.edf", "broken-heartbeats.csv" })
            File.Copy(Path.Combine(folder, name), Path.Combine(checkout.Folder, name));
        var commands = string.Concat(ShellBlocks(readme).Where(block => block.StartsWith("ecg-recovery ", StringComparison.Ordinal)));
        Assert.True(commands.Split('\n').Length > 8, commands);
        checkout.Shell.Run(checkout.Folder, commands);
        string[] written =
            ["208.svg", "recovered.csv", "recovered-report/report.html", "recovered.edf", "recovered-heartbeats.csv", "night.hea"];
        Assert.All(written, name => Assert.True(File.Exists(Path.Combine(checkout.Folder, name)), name));
    }

    [Fact]
    public void The_engines_readme_works_with_the_engine_alone()
    {
        var readme = File.ReadAllText(Checkout.PathOf("src", Engine, "PACKAGE.md"));
        var folder = checkout.NewFolder("delay");
        checkout.Shell.Run(folder, $"dotnet new console --no-restore; dotnet add package {Engine} --source {checkout.Packages}");
        string[] namespaces = ["", ".Files", ".Networks"];
        File.WriteAllText(
            Path.Combine(folder, "Program.cs"),
            string.Concat(namespaces.Select(name => $"using {Engine}{name};\n")) + string.Concat(CSharpBlocks(readme)));
        var printed = checkout.Shell.Run(folder, "dotnet run").Split('\n');
        Assert.Equal("0.0 0.2 0.9", printed[^2].Replace("-0.0", "0.0", StringComparison.Ordinal));
    }

    // The arrays and files that the README's C# takes as given: a second of gap in a minute of a wave.
    private const string ReadmeData = """
        var milliVolts = Enumerable.Range(0, 1000).Select(t => t is > 400 and < 500 ? float.NaN : MathF.Sin(t * 0.1f)).ToArray();
        var night = Enumerable.Range(0, 60 * 250).Select(t => t is >= 5000 and < 5200 ? double.NaN : Math.Exp(8 * Math.Cos(t * 0.025) - 8));
        var lead = new EcgLead { Name = "II", SamplingFrequencyHz = 250, PhysicalValues = new MemorySamples<double>(night.ToArray()) };
        new EcgRecord { Name = "night", SamplingFrequencyHz = 250, Leads = [lead] }.Write("night.edf");
        File.WriteAllText(
            "broken-heartbeats.csv",
            string.Join(',', Enumerable.Range(0, 187).Select(t => t is > 50 and < 70 ? "" : t < 120 ? "0.5" : "0").Append("0")) + "\n");

        """;

    private static XDocument Specification(ZipArchive package)
    {
        using var stream = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream);
    }

    private static string Value(XDocument specification, string name) =>
        specification.Descendants().Single(node => node.Name.LocalName == name).Value;

    private static IEnumerable<string> Dependencies(ZipArchive package) =>
        Specification(package).Descendants().Where(node => node.Name.LocalName == "dependency").Select(node => node.Attribute("id")!.Value);

    private static IEnumerable<string> Names(ZipArchive package, string folder) =>
        package.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static byte[] Bytes(ZipArchive package, string name)
    {
        using var stream = package.GetEntry(name)!.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static List<string> ShellBlocks(string document) => Blocks(document, "");

    private static List<string> CSharpBlocks(string document) => Blocks(document, "csharp");

    /// <summary>Returns the texts of the fenced blocks of one language.</summary>
    private static List<string> Blocks(string document, string language)
    {
        var blocks = new List<string>();
        string? open = null;
        foreach (var line in document.Split('\n'))
        {
            if (!line.StartsWith("```", StringComparison.Ordinal))
            {
                if (open == language)
                    blocks[^1] += $"{line}\n";
            }
            else if (open is null)
            {
                open = line[3..];
                if (open == language)
                    blocks.Add("");
            }
            else
            {
                open = null;
            }
        }

        return blocks;
    }
}
