using EcgRecovery.Beats;
using EcgRecovery.Evaluation.RPeaks;
using EcgRecovery.Reporting.RPeaks;

namespace EcgRecovery.Reporting.Tests.RPeaks;

public class RPeakPageTests
{
    [Fact]
    public void A_row_has_counts_and_percentages()
    {
        var score = new RPeakScore("all", 2, new RPeakCounts(1990, 10, 0), new RPeakCounts(0, 2000, 1990));
        var nothing = new RPeakScore("none", 1, default, default);
        var report = new RPeakReport([nothing], score, score, [nothing]);
        var lines = RPeakPage.Table(report).Split('\n');
        Assert.Equal("| none | 0 | 0 | 0 | – | – | – | – |", lines[2]);
        Assert.Equal("| all | 2,000 | 10 | 0 | 99.50 % | 100.00 % | 0.00 % | 0.00 % |", lines[3]);
    }

    [Fact]
    public void The_page_names_the_constants_it_was_measured_with()
    {
        var score = new RPeakScore("208", 1, new RPeakCounts(100, 0, 0), new RPeakCounts(80, 20, 20));
        var page = RPeakPage.Markdown(
            Study(new RPeakReport([], score, score, [score])), new RPeakDetectorOptions { RefractorySeconds = 0.123 }, "the command");
        Assert.Contains("<!-- Written by: the command -->\n", page, StringComparison.Ordinal);
        Assert.Contains("closer than 0.123 s", page, StringComparison.Ordinal);
        Assert.Contains("not the peak:\n208.", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', page);
    }

    [Fact]
    public void The_page_in_docs_is_what_the_tool_writes()
    {
        var (mitBih, ludb) = (TestData.Folder("mitdb"), TestData.Folder("ludb"));
        Assert.SkipWhen(mitBih is null || ludb is null, "The recordings (shared/data/mitdb, shared/data/ludb) are absent.");
        var written = File.ReadAllText(Path.Combine(Root(), "docs", "r-peaks.md"));
        const string command = "ecg-recovery evaluate-peaks --records MITDB --ludb LUDB --output docs/r-peaks.md --overwrite";
        var study = RPeakStudy.Measure(mitBih, Path.Combine(ludb, "data"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(written.ReplaceLineEndings("\n"), RPeakPage.Markdown(study, new RPeakDetectorOptions(), command));
    }

    [Fact]
    public void Tables_have_a_heading_each_and_those_of_the_twelve_leads_only_where_they_were_measured()
    {
        var score = new RPeakScore("lead ii", 1, new RPeakCounts(99, 1, 0), new RPeakCounts(99, 1, 0));
        var report = new RPeakReport([], score, score, [score]);
        Assert.DoesNotContain("Lobachevsky", RPeakPage.Tables(Study(report)), StringComparison.Ordinal);
        var tables = RPeakPage.Tables(Study(report) with { Ludb = new LudbRPeakReport([score], [score]) });
        Assert.Contains("Records 161–200:\n\n| records ", tables, StringComparison.Ordinal);
        Assert.Equal(6, tables.Split('\n').Count(line => line.StartsWith("| lead ii | 100 | 1 | 0 | 99.00 %", StringComparison.Ordinal)));
    }

    [Fact]
    public void On_a_terminal_all_tables_fit_80_columns()
    {
        var score = new RPeakScore("all, without ventricular flutter", 48, new RPeakCounts(109_000, 494, 500), new RPeakCounts(1, 1, 1));
        var study = Study(new RPeakReport([], score, score, [score])) with { Ludb = new LudbRPeakReport([score], [score]) };
        var lines = RPeakPage.Text(study, 80).Split('\n');
        Assert.Equal(6, lines.Count(line => line.Contains("109,494", StringComparison.Ordinal)));
        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
    }

    private static RPeakStudy Study(RPeakReport report) => new(report, report, [], Ludb: null);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "EcgRecovery.slnx")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No folder above the tests holds EcgRecovery.slnx.");
        return folder.FullName;
    }
}
