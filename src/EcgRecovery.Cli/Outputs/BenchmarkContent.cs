using System.Globalization;
using EcgRecovery.Evaluation.Records;
using EcgRecovery.Evaluation.Records.Entrants;
using EcgRecovery.Evaluation.Records.Results;
using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Records;
using EcgRecovery.Reporting.Benchmarks;
using EcgRecovery.Reporting.Figures;
using EcgRecovery.Reporting.Pages;

namespace EcgRecovery.Cli.Outputs;

/// <summary>What the report of a benchmark shows.</summary>
/// <param name="result">The scores.</param>
/// <param name="source">The records, from which the examples are cut again.</param>
/// <param name="entrants">The entrants, in the order of the scores.</param>
/// <param name="cancellationToken">Cancels.</param>
internal sealed class BenchmarkContent(
    RecordBenchmarkResult result, RecordSource source, IReadOnlyList<Entrant> entrants, CancellationToken cancellationToken)
{
    // Examples and patients are of the longest gaps up to this length: several beats, and short enough to be recovered.
    private const double ExampleSeconds = 1;
    private const double AroundSeconds = 2;

    // Two lengths make no curve.
    private const int CurvePoints = 3;

    private const string AboutData =
        "MIT-BIH Arrhythmia Database, MIT-BIH Noise Stress Test Database (Moody and Mark 2001; Moody, Muldrow and Mark 1984) and "
        + "Lobachevsky University Database (Kalyakulina et al. 2020), PhysioNet (Goldberger et al. 2000), ODC-BY 1.0, where the records "
        + "are theirs.";

    /// <summary>Returns the content.</summary>
    public BenchmarkReportContent Make()
    {
        var groups = result.Groups;
        var shown = Shown(groups[0]);
        var best = Best(shown);
        return new BenchmarkReportContent
        {
            Title = "Recovery of lost ECG segments",
            Conclusion = Conclusion(shown, best),
            Headline = RecordBenchmarkTable.Errors(groups[0]),
            Protocol = string.Join(' ', RecordBenchmarkTable.Notes(result)),
            ToolVersion = RecordRecovery.Version,
            Facts =
            [
                new PageFact("Plan", result.Plan.Name),
                new PageFact("Split", result.Plan.Split),
                new PageFact("Seed", Number(result.Plan.Seed)),
                new PageFact("Records", Number(result.Plan.Records.Count)),
                new PageFact("Gaps", Number(result.Cells.Sum(cell => cell.GapCount))),
                new PageFact("Methods", Number(entrants.Count)),
            ],
            Curves = [.. groups.Where(group => group.Cells.Count >= CurvePoints).Select(Curves)],
            Patients = [Patients(shown)],
            Examples = [.. Examples(shown, best)],
            Sections = [.. Patterns(), .. groups.Select(Section)],
            Notes = [.. RecordBenchmarkTable.Notes(result)],
            AboutData = AboutData,
        };
    }

    private static CellScores Shown(CellGroup group) =>
        group.Cells.Where(cell => cell.Kind.Seconds <= ExampleSeconds).MaxBy(cell => cell.Kind.Seconds) ?? group.Cells[0];

    /// <summary>
    /// Returns the number of the method with the least error, among those that estimated most gaps: a method that leaves the hard ones has
    /// an easier task. One that learned from patients that it is tested on comes last.
    /// </summary>
    private static int Best(CellScores cell) => Enumerable.Range(0, cell.Methods.Count)
        .OrderBy(m => cell.Methods[m].Method.SawTestPatients == true)
        .ThenByDescending(m => cell.Methods[m].Estimated)
        .ThenBy(m => cell.Methods[m].Rmse.Mean)
        .First();

    private static string Conclusion(CellScores cell, int best)
    {
        var score = cell.Methods[best];
        return $"{score.Method.Name} errs least: {ScoreText.Mean(score.Rmse)} mV in {score.Estimated} gaps of {cell.Kind.Heading}, "
            + $"{cell.Kind.Group}.";
    }

    private static BenchmarkCurves Curves(CellGroup group) => new(
        group.Name,
        [
            .. group.Cells[0].Methods.Select((method, m) => new ErrorCurve(
                method.Method.Name,
                [
                    .. group.Cells.Select(cell => (cell.Kind.Seconds, Error: cell.Methods[m].Rmse))
                        .Select(cell => new ErrorCurvePoint(cell.Seconds, cell.Error.Mean, cell.Error.Low, cell.Error.High)),
                ])),
        ]);

    private static BenchmarkPatients Patients(CellScores cell) => new(
        $"Gaps of {cell.Kind.Heading}, {cell.Kind.Group}",
        [.. cell.Methods.Select(score => score.Method.Name)],
        [
            .. cell.Methods[0].ByPatient.Select((patient, p) => new PatientErrors(
                patient.Name, [.. cell.Methods.Select(score => score.ByPatient[p].Rmse)])),
        ]);

    private IEnumerable<BenchmarkSection> Patterns() => PatternTable.Of(result) is { } table
        ? [new BenchmarkSection("What patterns of loss cost", "", [table])]
        : [];

    private BenchmarkSection Section(CellGroup group) => new(
        Capital(group.Name), "", [.. RecordBenchmarkTable.Of(result, group).OfType<ResultTable>()]);

    private IEnumerable<BenchmarkExample> Examples(CellScores cell, int method)
    {
        var number = result.Cells.Index().First(other => other.Item == cell).Index;
        var gaps = result.Records.Index()
            .SelectMany(record => record.Item.Cells[number].Gaps.Select(gap => (Record: record.Index, Gap: gap)))
            .Where(gap => gap.Gap.Attempts[method].Score is not null)
            .OrderBy(gap => gap.Gap.Attempts[method].Score!.Rmse)
            .ToList();
        if (gaps.Count == 0)
            yield break;
        foreach (var (name, at) in new[] { ("Best", 0), ("Median", gaps.Count / 2), ("Worst", gaps.Count - 1) })
        {
            var (record, gap) = gaps[at];
            var error = gap.Attempts[method].Score!.Rmse.ToString("0.000", CultureInfo.InvariantCulture);
            yield return Example($"{name} gap of {entrants[method].Name}: {error} mV", number, record, gap, method);
        }
    }

    private BenchmarkExample Example(string title, int cell, int number, TestedGap gap, int method)
    {
        var kind = result.Plan.Cells[cell];
        var record = source.WithNoise(source.Open(result.Plan.Records[number].Record), kind.Noise, result.Plan.Seed);
        var cuts = result.Plan.Records[number].Cells[cell].Cuts;
        var at = cuts.Index().First(cut => cut.Item.Lost.Any(lost => lost.Lead == gap.Lead && lost.Scored.Contains(gap.Span))).Index;
        var estimate = entrants[method].Fill(record, cuts[at], new CutPlace(kind, at, cuts.Count), 1, cancellationToken)
            .First(estimate => estimate.Lead == gap.Lead && estimate.Span == gap.Span);
        var lead = record.Leads[gap.Lead];
        var reach = (long)(AroundSeconds * lead.SamplingFrequencyHz);
        var around = new SampleSpan(gap.Span.Start - reach, gap.Span.End + reach).Intersect(new SampleSpan(0, record.SampleCount));
        var interval = estimate.Judged?.Interval;
        return new BenchmarkExample(
            title,
            record.Name,
            lead.SamplingFrequencyHz,
            lead.MilliVolts[around.ToRange()],
            (int)(gap.Span.Start - around.Start),
            (int)(gap.Span.End - around.Start),
            estimate.Samples,
            interval?.Lower,
            interval?.Upper)
        {
            FirstSample = around.Start,
            Lead = lead.Name,
            Method = entrants[method].Name,
        };
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
