using EcgRecovery.Evaluation.Records.Files;
using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Records;

namespace EcgRecovery.Evaluation.Tests.Records.Files;

public class GapsCsvTests
{
    [Fact]
    public void Each_gap_and_method_has_a_line_and_what_is_not_known_is_empty()
    {
        // x = 1 mV throughout, y = 0: a gap of 20 samples has an RMSE and a mean error of 1 mV, and no correlation.
        var lead = new TestedLead("201", [.. Enumerable.Repeat(1f, 12_000)], 100, [new(1000, AamiClass.S)]);
        var none = SmallBenchmark.Method("none", (_, gaps, _) => [.. gaps.Select(_ => GapOutcome.Left("no beats"))]);
        var plan = SmallBenchmark.SixGaps(0.2) with { GapsPerRecord = 2 };
        var result = SmallBenchmark.Run([lead], [SmallBenchmark.Constant("zero", 0), none], plan);
        using var writer = new StringWriter();
        GapsCsv.Write(writer, result);
        var lines = writer.ToString().Split('\n');

        Assert.Equal(6, lines.Length);
        Assert.StartsWith("cell,record,patient,lead,start,end,class,method,rmseMilliVolts,alignedRmseMilliVolts,maeMilliVolts,", lines[0]);
        var columns = lines[0].Split(',');
        var gaps = result.Plan.Records[0].Cells[0].Cuts[0].Lost[0].Gaps;
        for (var i = 0; i < 2; i++)
        {
            var place = FormattableString.Invariant($"single-random-all-0.20s,201,{lead.Patient},0,{gaps[i].Start},{gaps[i].End},S");
            var (zero, left) = (lines[1 + (2 * i)], lines[2 + (2 * i)]);
            Assert.StartsWith($"{place},zero,1,1,1,", zero);
            Assert.Equal($"{place},none", left.TrimEnd(','));
            Assert.Equal((columns.Length, columns.Length), (zero.Split(',').Length, left.Split(',').Length));
        }

        Assert.Equal("", lines[^1]);
    }

    [Fact]
    public void R_peaks_are_counts_at_both_tolerances()
    {
        // A method that fills in zeros misses each of the spikes and finds none; a gap of 0.8 s holds one.
        var result = SmallBenchmark.Run([SpikeLead.Of()], [SmallBenchmark.Constant("zero", 0)], SmallBenchmark.SixGaps(0.8));
        using var writer = new StringWriter();
        GapsCsv.Write(writer, result);
        var lines = writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var first = Array.IndexOf(lines[0].Split(','), "matched150ms");
        Assert.All(lines[1..], line => Assert.Equal(["0", "1", "0", "0", "1", "0", "", "", ""], line.Split(',')[first..]));
        Assert.Equal(new CellKind(0.8).Name, lines[1].Split(',')[0]);
    }
}
