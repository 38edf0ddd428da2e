using System.Xml.Linq;
using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Reporting.Beats;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Tests.Beats;

public class BeatReportTablesTests
{
    private static readonly BeatEvaluation s_errorsOnly = SyntheticResults.Evaluation(50);

    private static readonly BeatEvaluation s_full = s_errorsOnly with
    {
        ComparedWith = "locally-linear",
        Methods =
        [
            s_errorsOnly.Methods[1] with
            {
                Differences = new MethodDifferences(Difference(-0.125), Difference(-0.125), Difference(0.5)),
                Amplitude = new AmplitudeScore(0.75, 12, 0.875, -0.125),
                Interval = new IntervalScore(0.9375, 0.25, [new GroupCoverage("N", 37, 0.9375)], [new GroupCoverage("100", 37, 0.9375)]),
                ByPatient = [new PatientScore("100", 0.125, 1), new PatientScore("103", double.NaN, 0)],
            },
            s_errorsOnly.Methods[8] with { ByPatient = [new PatientScore("100", 0.25, 1), new PatientScore("103", double.NaN, 0)] },
        ],
    };

    [Fact]
    public void Differences_amplitude_and_intervals_have_dashes_where_a_method_has_none()
    {
        var table = Table(Markup(s_full, BeatReportTables.Quality));
        Assert.Equal(["method", "whole beat, %", "gap, real samples, %", "variance", "peaks (12)", "bias", "covered", "width"], table[0]);
        Assert.Equal(
            ["autoencoder-masked †", "−12.5 [−13.5, −11.5] ‡", "+50.0 [+49.0, +51.0] ‡", "0.750", "0.875", "−0.125", "93.8 %", "0.250"],
            table[1]);
        Assert.Equal(["locally-linear †", "–", "–", "–", "–", "–", "–", "–"], table[2]);
    }

    [Fact]
    public void Patients_have_a_row_each()
    {
        var table = Table(Markup(s_full, BeatReportTables.ByPatient));
        Assert.Equal(["patient", "rows", "autoencoder-masked †", "locally-linear †", "autoencoder-masked †, covered"], table[0]);
        Assert.Equal(["100", "1", "0.1250", "0.2500", "93.8 %"], table[1]);
        Assert.Equal(["103", "0", "–", "–", "–"], table[2]);
    }

    [Fact]
    public void Without_figures_there_is_no_heading_either()
    {
        Assert.Empty(Markup(s_errorsOnly, BeatReportTables.Quality).Elements());
        Assert.Empty(Markup(s_errorsOnly, BeatReportTables.ByPatient).Elements());
    }

    [Fact]
    public void Coverage_has_a_table_beside_the_errors_by_class()
    {
        Assert.Equal(3, Markup(s_errorsOnly, BeatReportTables.ByClass).Descendants("table").Count());
        var table = Markup(s_full, BeatReportTables.ByClass).Descendants("table").Last();
        Assert.Equal("Within the 95 % interval, share of lost real samples", table.Element("caption")!.Value);
        Assert.Equal(["autoencoder-masked †", "93.8 %"], table.Element("tbody")!.Element("tr")!.Elements().Select(cell => cell.Value));
    }

    [Fact]
    public void A_random_gap_has_one_gap_error_instead_of_two()
    {
        var random = s_full with { Gaps = BeatGapPlan.Random(20, seed: 1), RowsTooShort = 3 };
        var summary = Markup(random, BeatReportTables.Summary);
        Assert.Equal(
            ["Whole beat", "Gap"],
            summary.Descendants("th").Where(cell => (string?)cell.Attribute("class") == "group").Select(cell => cell.Value));
        Assert.Equal(5, summary.Descendants("tbody").Single().Elements("tr").First().Elements().Count());
        Assert.Contains("the 20 lost samples, all of them signal.", summary.Value, StringComparison.Ordinal);
        Assert.Equal(
            ["Gap", "Whole beat"],
            Markup(random, BeatReportTables.ByClass).Descendants("caption").Take(2).Select(caption => caption.Value));
    }

    private static ErrorDifference Difference(double relative)
    {
        var difference = new DifferenceSummary(relative, relative - 0.01, relative + 0.01);
        return new ErrorDifference(difference, difference);
    }

    private static XElement Markup(BeatEvaluation evaluation, Action<MarkupWriter, BeatEvaluation> write)
    {
        var markup = new MarkupWriter();
        markup.Start("main");
        write(markup, evaluation);
        markup.End();
        return XElement.Parse(markup.Finish());
    }

    private static List<string[]> Table(XElement page) =>
        [.. Assert.Single(page.Descendants("table")).Descendants("tr").Select(row => row.Elements().Select(cell => cell.Value).ToArray())];
}
