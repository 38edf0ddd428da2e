using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;
using EcgRecovery.Reporting.Beats;

namespace EcgRecovery.Reporting.Tests.Beats;

public sealed class BeatReportTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("ecg-recovery-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void The_page_and_every_figure_are_well_formed_and_load_nothing()
    {
        var directory = Write(SyntheticResults.Content());
        Markup.AssertLoadsNothing(Page(directory));
        var figures = Directory.GetFiles(Path.Combine(directory, "figures"));
        Assert.Equal(2 + 1 + (3 * (9 + 1)), figures.Length);
        Assert.All(figures, figure => Markup.AssertLoadsNothing(File.ReadAllText(figure)));
        Assert.Contains("beat-13359-autoencoder.svg", figures.Select(Path.GetFileName));
        Assert.Contains("beat-13359.svg", figures.Select(Path.GetFileName));
        Assert.Contains("learning-curve-autoencoder.svg", figures.Select(Path.GetFileName));
        Assert.Contains("gap-errors.svg", figures.Select(Path.GetFileName));
    }

    [Fact]
    public void The_page_holds_its_figures_as_they_are_in_their_files()
    {
        var directory = Write(SyntheticResults.Content());
        var page = Page(directory);
        foreach (var name in new[] { "beat-77-knn.svg", "gap-errors.svg", "learning-curve-autoencoder-masked.svg" })
        {
            var svg = File.ReadAllText(Path.Combine(directory, "figures", name));
            Assert.Contains(svg[svg.IndexOf("<svg", StringComparison.Ordinal)..].TrimEnd(), page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_policy_allows_the_pages_own_style_sheet_and_nothing_else()
    {
        var page = Markup.Parse(Page(Write(SyntheticResults.Content())));
        var style = Assert.Single(page.Elements("style", null)).Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        var policy = page.Elements("meta", null).Single(meta => (string?)meta.Attribute("http-equiv") == "Content-Security-Policy");
        Assert.Equal(
            $"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'", (string?)policy.Attribute("content"));
        Assert.DoesNotContain(page.DescendantsAndSelf(), element => element.Attribute("style") is not null);
    }

    [Fact]
    public void The_header_lists_the_evaluation_and_its_data()
    {
        var page = Markup.Parse(Page(Write(SyntheticResults.Content())));
        var facts = page.Elements("dt", null).Zip(page.Elements("dd", null), (name, value) => (name.Value, value.Value));
        Assert.Equal(
            [
                ("Evaluated", "all"),
                ("Heartbeats", "400 rows"),
                ("Gap", "100..137 (37 samples)"),
                ("95 % intervals", "bootstrap by patient"),
                ("Data file", "synthetic_test.csv (made up for this picture)"),
                ("SHA-256 of the data file", "f3fdb3fd318275e653fac082b617d8c1ef09fca619a0606dc22c863451c77333"),
            ],
            facts);
        Assert.Contains(page.Elements("p", "headline"), p => p.Value.StartsWith("The original’s error", StringComparison.Ordinal));
        Assert.Contains(
            page.Elements("aside", "notes").Single().Elements(),
            p => p.Value.Contains("same patients on both sides", StringComparison.Ordinal));
    }

    [Fact]
    public void The_summary_table_quotes_the_evaluation_and_marks_its_methods()
    {
        var method = SyntheticResults.Evaluation(50).Methods[0] with
        {
            WholeBeatRmse = new(0.06881, 0.05, 0.0601, 0.07),
            GapRmse = new(0.15472, 0.11, 0.14, 0.16),
            GapRmseRealSamples = new(double.NaN, double.NaN, double.NaN, double.NaN),
        };
        var unknown = method with { Name = "stranger", SawTestPatients = null, ScoredOnRawOutput = false };
        var clean = method with { Name = "zeros", SawTestPatients = false, ScoredOnRawOutput = false };
        var rows = Rows([method, unknown, clean]);
        Assert.Equal(
            ["autoencodersaw test patientsraw output", "0.0688 [0.0601, 0.0700]", "0.0500", "0.1547 [0.1400, 0.1600]", "0.1100", "–", "–"],
            rows[0]);
        Assert.Equal("strangerpatients unknown", rows[1][0]);
        Assert.Equal("zeros", rows[2][0]);
    }

    [Fact]
    public void A_class_without_rows_or_without_signal_in_the_gap_is_a_dash()
    {
        var content = SyntheticResults.Content();
        var methods = content.Evaluation.Methods;
        var without = methods[1] with { ByClass = [.. methods[1].ByClass.Where(score => score.Class != AamiClass.S)] };
        var page = Markup.Parse(Page(Write(content with { Evaluation = content.Evaluation with { Methods = [methods[0], without] } })));
        var table = page.Elements("div", "classes").Single().Elements("table", null).First();
        Assert.Equal("Gap, real samples", table.Elements("caption", null).Single().Value);
        var rows = table.Elements("tbody", null).Single().Elements("tr", null).Select(Cells).ToList();
        Assert.Equal(["autoencoder", "0.3088", "0.3459", "0.3829", "–", "0.4570"], rows[0]);
        Assert.Equal("–", rows[1][2]);
        Assert.Equal(["Method", "N220", "S6", "V17", "F0", "Q19"], table.Elements("th", null).Take(6).Select(cell => cell.Value));
    }

    [Fact]
    public void Hostile_names_are_text()
    {
        const string hostile = "<script>alert(1)</script>\" onload=\"x\0";
        var content = SyntheticResults.Content();
        var beat = content.Traces[0];
        var method = content.Evaluation.Methods[0] with { Name = hostile };
        var directory = Write(new(
            content.Evaluation with { Model = hostile, Methods = [method], Notes = [hostile] },
            [beat with { Source = new(hostile, 1, hostile), Methods = [beat.Methods[0] with { Name = hostile }] }],
            [content.Curves[0] with { Model = hostile }],
            hostile,
            hostile,
            hostile,
            hostile));
        Markup.AssertLoadsNothing(Page(directory));
        Assert.DoesNotContain("<script", Page(directory), StringComparison.OrdinalIgnoreCase);
        var files = Directory.GetFiles(Path.Combine(directory, "figures"));
        Assert.Contains("beat-13359-script-alert-1-script-onload-x.svg", files.Select(Path.GetFileName));
        Assert.All(files, file => Markup.AssertLoadsNothing(File.ReadAllText(file)));
    }

    [Fact]
    public void Names_with_one_file_name_get_different_files()
    {
        var content = SyntheticResults.Content();
        var beat = content.Traces[0];
        var directory = Write(content with
        {
            Traces = [beat with { Methods = [Named(0, "../a"), Named(1, "A"), Named(2, "é")] }],
        });
        var names = Directory.GetFiles(Path.Combine(directory, "figures"), "beat-*").Select(Path.GetFileName).Order(StringComparer.Ordinal);
        Assert.Equal(["beat-13359-a-2.svg", "beat-13359-a.svg", "beat-13359-unnamed.svg", "beat-13359.svg"], names);
        var ids = Markup.Parse(Page(directory)).DescendantsAndSelf().Select(e => (string?)e.Attribute("id")).OfType<string>().ToList();
        Assert.Equal(ids.Distinct().Count(), ids.Count);

        MethodTrace Named(int method, string name) => beat.Methods[method] with { Name = name };
    }

    [Fact]
    public void The_same_content_gives_the_same_bytes()
    {
        var (first, second) = (Write(SyntheticResults.Content(), "first"), Write(SyntheticResults.Content(), "second"));
        var files = Directory.GetFiles(first, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(first, file)).ToList();
        Assert.Equal(34, files.Count);
        Assert.All(files, file => Assert.Equal(
            File.ReadAllBytes(Path.Combine(first, file)), File.ReadAllBytes(Path.Combine(second, file))));
    }

    [Fact]
    public void Nothing_to_show_is_a_page_too()
    {
        var evaluation = new BeatEvaluation("all", 0, BeatGapPlan.Fixed(new SampleSpan(100, 137)), BootstrapUnit.Row, [], []);
        var directory = Write(new(evaluation, [], [], "empty.csv", null, "0.1.0", null));
        var page = Markup.Parse(Page(directory));
        Assert.Contains("No method was evaluated.", page.Value, StringComparison.Ordinal);
        Assert.Contains("too narrow where a patient has many rows", page.Value, StringComparison.Ordinal);
        Assert.Equal(["RMSE of each method", "Errors", "About these data"], page.Elements("h2", null).Select(h => h.Value));
        Assert.Empty(page.Elements("aside", null));
        Assert.Equal(["gap-errors.svg"], Directory.GetFiles(Path.Combine(directory, "figures")).Select(Path.GetFileName));
    }

    [Fact]
    public void Ranked_beats_have_one_heading_per_class_and_one_file_each()
    {
        var directory = Write(SyntheticResults.Content() with { Traces = [], Examples = SyntheticResults.Examples() });
        var page = Markup.Parse(Page(directory));
        Markup.AssertLoadsNothing(Page(directory));
        Assert.Contains("Best, median and worst beat of each class", page.Elements("h2", null).Select(h => h.Value));
        Assert.DoesNotContain("Beats", page.Elements("h2", null).Select(h => h.Value));
        Assert.Equal(
            ["Class V, ventricular ectopic: 2,351 rows", "Class Q, paced or unclassifiable: 1 row"],
            page.Elements("h3", null).Select(h => h.Value));
        Assert.Contains(page.Elements("p", "explain"), p => p.Value.StartsWith(
            "Rows with the smallest, median and largest error of autoencoder-masked, out of those with at least 10 samples of real signal "
            + "in the gap; below it locally-linear.", StringComparison.Ordinal));
        string[] expected = ["example-q-best.svg", "example-v-best.svg", "example-v-median.svg", "example-v-worst.svg"];
        Assert.Equal(
            expected,
            Directory.GetFiles(Path.Combine(directory, "figures"), "example-*").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal([3, 1], page.Elements("div", "beats").Select(div => div.Elements("figure", null).Count()));
    }

    [Fact]
    public void Where_no_row_loses_enough_signal_the_page_has_a_sentence_instead()
    {
        var directory = Write(SyntheticResults.Content() with { Traces = [], Examples = SyntheticResults.Examples() with { Beats = [] } });
        Assert.Contains(
            Markup.Parse(Page(directory)).Elements("p", "explain"),
            p => p.Value == "No row has 10 samples of real signal in its gap: there is no beat to show.");
    }

    [Fact]
    public void Limits_of_a_trained_model_have_the_figures_of_the_evaluation()
    {
        var plain = SyntheticResults.Content() with { Losses = new BeatGapLosses(0, 0, 0) };
        var interval = new IntervalScore(0.9471, 0.2, [], [new("100", 50, 0.97), new("232", 100, 0.812)]);
        var content = plain with
        {
            Losses = new BeatGapLosses(Rows: 2_000, RowsWithoutEnd: 500, RowsWithoutExtreme: 30),
            Evaluation = plain.Evaluation with { Methods = [.. plain.Evaluation.Methods.Select(WithInterval)] },
        };
        var limits = Limits(content);
        Assert.Equal(4, limits.Count);
        Assert.Contains("A premature beat that falls wholly inside the gap", limits[0], StringComparison.Ordinal);
        Assert.EndsWith(
            "In 500 of the 2,000 rows that lose signal here (25.0 %) the signal ends inside the gap.", limits[1], StringComparison.Ordinal);
        Assert.EndsWith(
            "In 30 of the 2,000 rows that lose signal here (1.5 %) the minimum or the maximum lies in the gap only.",
            limits[2],
            StringComparison.Ordinal);
        Assert.Contains("about 95 in 100 lie inside the 95 % interval", limits[3], StringComparison.Ordinal);

        Assert.EndsWith(
            "Here the intervals of autoencoder-masked hold 94.7 % of the lost real samples; the lowest share is 81.2 %, of patient 232.",
            limits[3],
            StringComparison.Ordinal);

        // Without intervals there is no item on them; without lost signal there is no share.
        Assert.Equal(3, Limits(plain).Count);
        Assert.EndsWith("hides both.", Limits(plain)[1], StringComparison.Ordinal);

        // Only reference methods and a model trained clean to clean: no section.
        var others = content.Evaluation.Methods.Where(method => method.Name != SyntheticResults.WithInterval).ToList();
        Assert.Empty(Limits(content with { Evaluation = content.Evaluation with { Methods = others } }));

        MethodScore WithInterval(MethodScore method) =>
            method.Name == SyntheticResults.WithInterval ? method with { Interval = interval } : method;

        List<string> Limits(BeatReportContent shown)
        {
            var directory = Path.Combine(_root, Guid.NewGuid().ToString());
            BeatReport.Write(directory, shown, overwrite: false);
            var lists = Markup.Parse(Page(directory)).Elements("ul", "limits");
            return [.. lists.SelectMany(list => list.Elements("li", null)).Select(item => item.Value)];
        }
    }

    [Fact]
    public void The_footer_has_the_warning_and_the_source_of_the_data()
    {
        var footer = Markup.Parse(Page(Write(SyntheticResults.Content()))).Elements("footer", null).Single().Value;
        string[] sentences = ["Not for diagnosis.", "MIT-BIH Arrhythmia Database", "ODC-BY 1.0", "Moody GB, Mark RG", "Goldberger A"];
        foreach (var words in sentences)
            Assert.Contains(words, footer, StringComparison.Ordinal);
    }

    [Fact]
    public void An_existing_report_is_kept_unless_it_may_be_replaced_and_nothing_else_is_written()
    {
        var directory = Path.Combine(_root, "report");
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, BeatReport.PageName), "mine");
        var error = Assert.Throws<OutputExistsException>(() => BeatReport.Write(directory, SyntheticResults.Content(), overwrite: false));
        Assert.Contains("report.html exists", error.Message, StringComparison.Ordinal);
        Assert.Equal([Path.Combine(directory, BeatReport.PageName)], Directory.GetFileSystemEntries(directory));
        BeatReport.Write(directory, SyntheticResults.Content(), overwrite: true);
        Assert.StartsWith("<!DOCTYPE html>", Page(directory), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_the_directorys_place_is_refused_in_one_line()
    {
        var path = Path.Combine(_root, "file");
        File.WriteAllText(path, "mine");
        var error = Assert.Throws<OutputExistsException>(() => BeatReport.Write(path, SyntheticResults.Content(), overwrite: true));
        Assert.Equal($"Output {path} is a file; expected a directory.", error.Message);
    }

    private string Write(BeatReportContent content, string name = "report")
    {
        var directory = Path.Combine(_root, name);
        BeatReport.Write(directory, content, overwrite: false);
        return directory;
    }

    private static string Page(string directory) => File.ReadAllText(Path.Combine(directory, BeatReport.PageName));

    private List<string[]> Rows(IReadOnlyList<MethodScore> methods)
    {
        var content = SyntheticResults.Content(50);
        var page = Markup.Parse(Page(Write(content with { Evaluation = content.Evaluation with { Methods = methods } })));
        return [.. page.Elements("table", "summary").Single().Elements("tbody", null).Single().Elements("tr", null).Select(Cells)];
    }

    private static string[] Cells(XElement row) => [.. row.Elements().Select(cell => cell.Value.Trim())];
}
