using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Formats.Files;
using EcgRecovery.Reporting.Benchmarks;

namespace EcgRecovery.Reporting.Tests.Benchmarks;

public sealed class BenchmarkReportTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("ecg-recovery-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void The_page_and_every_figure_are_well_formed_and_load_nothing()
    {
        var directory = Write(SyntheticBenchmark.Content());
        var page = File.ReadAllText(Path.Combine(directory, BenchmarkReport.PageName));
        Markup.AssertLoadsNothing(page);
        var ids = Markup.Parse(page).Descendants().Select(element => (string?)element.Attribute("id")).OfType<string>().ToArray();
        Assert.Equal(ids.Distinct(StringComparer.Ordinal), ids);
        string[] figures = [.. Directory.GetFiles(Path.Combine(directory, "figures")).Order(StringComparer.Ordinal)];
        Assert.Equal(
            ["curves-1.svg", "example-1.svg", "example-2.svg", "example-3.svg", "patients-1.svg"], figures.Select(Path.GetFileName));
        foreach (var figure in figures)
        {
            var svg = File.ReadAllText(figure);
            Markup.AssertLoadsNothing(svg);
            Assert.Contains(svg[svg.IndexOf("<svg", StringComparison.Ordinal)..].TrimEnd(), page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_same_content_gives_the_same_bytes_and_no_other_files()
    {
        var (first, second) = (Write(SyntheticBenchmark.Content()), Write(SyntheticBenchmark.Content(), "again"));
        var names = Files(first);
        Assert.Equal(7, names.Length);
        Assert.Equal(names, Files(second));
        Assert.All(names, name => Assert.Equal(
            File.ReadAllBytes(Path.Combine(first, name)), File.ReadAllBytes(Path.Combine(second, name))));

        static string[] Files(string directory) =>
        [
            .. Directory.GetFiles(directory, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(directory, path))
                .Order(StringComparer.Ordinal),
        ];
    }

    [Fact]
    public void The_page_states_the_conclusion_first_and_has_all_tables()
    {
        var content = SyntheticBenchmark.Content();
        var page = Markup.Parse(File.ReadAllText(Path.Combine(Write(content), BenchmarkReport.PageName)));
        Assert.Equal(content.Conclusion, page.Elements("p", "headline").Single().Value);
        Assert.Contains(content.Protocol, page.Elements("p", "explain").Select(p => p.Value));
        Assert.Equal(
            ["Error over the length of gaps", "Patient by patient", "Examples", "Other losses", "Notes", "About these data"],
            page.Elements("h2", null).Select(heading => heading.Value));
        Assert.Equal(
            ["RMSE in the gap, mV: mean over gaps [95 % interval]", "Bursts", "Packets"],
            page.Elements("h3", null).Select(heading => heading.Value));
        var first = page.Elements("table", null).First().Elements("tr", null);
        Assert.Equal(content.Headline.Rows, first.Select(row => row.Elements().Select(cell => cell.Value)));
        Assert.Equal(content.Notes, page.Elements("li", null).Select(note => note.Value));
    }

    [Fact]
    public void Parts_without_content_have_no_heading()
    {
        var content = SyntheticBenchmark.Content() with { Curves = [], Patients = [], Examples = [], Sections = [], Notes = [] };
        var directory = Write(content);
        var page = Markup.Parse(File.ReadAllText(Path.Combine(directory, BenchmarkReport.PageName)));
        Assert.Equal(["About these data"], page.Elements("h2", null).Select(heading => heading.Value));
        Assert.False(Directory.Exists(Path.Combine(directory, "figures")));
        Assert.DoesNotContain("](", File.ReadAllText(Path.Combine(directory, BenchmarkReport.MarkdownName)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_Markdown_has_the_same_tables_and_links_to_every_figure()
    {
        var content = SyntheticBenchmark.Content();
        var directory = Write(content);
        var text = File.ReadAllText(Path.Combine(directory, BenchmarkReport.MarkdownName));
        Assert.StartsWith(
            $"# {content.Title}\n\n{content.Conclusion}\n\n{content.Headline.Title}\n\n| method | 0.05 s |",
            text,
            StringComparison.Ordinal);
        Assert.Equal(3 * (SyntheticBenchmark.Methods.Length + 2), text.Split('\n').Count(line => line.StartsWith('|')));
        string[] links = [.. text.Split("](").Skip(1).Select(part => part[..part.IndexOf(')', StringComparison.Ordinal)])];
        Assert.Equal(5, links.Length);
        Assert.All(links, link => Assert.True(File.Exists(Path.Combine(directory, link)), link));
        Assert.Contains("- † learned from patients that it is tested on.\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_from_files_are_text_on_the_page_and_in_the_Markdown()
    {
        const string evil = "a|b <script>x</script> [c](http://d) *e* _f_";
        var content = SyntheticBenchmark.Content() with
        {
            Conclusion = evil,
            Headline = new ResultTable(evil, [["method", "1 s"], [evil, "0.1"]]),
        };
        var directory = Write(content);
        var page = Markup.Parse(File.ReadAllText(Path.Combine(directory, BenchmarkReport.PageName)));
        Assert.Equal(evil, page.Elements("p", "headline").Single().Value);
        Assert.Contains(evil, page.Elements("th", null).Select(cell => cell.Value));
        var text = File.ReadAllText(Path.Combine(directory, BenchmarkReport.MarkdownName));
        Assert.Contains(
            "| a\\|b &lt;script>x&lt;/script> [c]\\(http://d) \\*e\\* \\_f\\_ | 0.1 |\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_existing_report_is_replaced_only_if_that_is_wanted()
    {
        var content = SyntheticBenchmark.Content();
        var directory = Write(content);
        var other = content with { Conclusion = "Another one." };
        Assert.Throws<OutputExistsException>(() => BenchmarkReport.Write(directory, other, overwrite: false));
        Assert.Throws<OutputExistsException>(() => BenchmarkReport.Prepare(directory, overwrite: false));
        var page = Path.Combine(directory, BenchmarkReport.PageName);
        Assert.Contains(content.Conclusion, File.ReadAllText(page), StringComparison.Ordinal);
        BenchmarkReport.Write(directory, other, overwrite: true);
        Assert.Contains("Another one.", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void A_figure_that_exists_keeps_all_files_from_being_written()
    {
        var directory = Path.Combine(_root, "report");
        Directory.CreateDirectory(Path.Combine(directory, "figures"));
        File.WriteAllText(Path.Combine(directory, "figures", "patients-1.svg"), "mine");
        Assert.Throws<OutputExistsException>(() => Write(SyntheticBenchmark.Content()));
        Assert.Equal(["patients-1.svg"], Directory.GetFiles(directory, "*", SearchOption.AllDirectories).Select(Path.GetFileName));
    }

    [Fact]
    public void A_file_in_place_of_the_folder_is_refused()
    {
        File.WriteAllText(Path.Combine(_root, "report"), "");
        var exception = Assert.Throws<OutputExistsException>(() => Write(SyntheticBenchmark.Content()));
        Assert.Contains("is a file; expected a folder", exception.Message, StringComparison.Ordinal);
    }

    private string Write(BenchmarkReportContent content, string name = "report")
    {
        var directory = Path.Combine(_root, name);
        BenchmarkReport.Write(directory, content, overwrite: false);
        return directory;
    }
}
