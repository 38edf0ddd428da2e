using EcgRecovery.Records;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Tests.Figures;

public class EcgPaperTraceTests
{
    [Fact]
    public void Where_the_paper_has_room_every_sample_is_a_point()
    {
        // 250 Hz at 25 mm/s: a sample every 0.1 mm.
        var trace = Read([0, 0.5, 1, double.NaN, 2], 250, 0, 0.02);
        Assert.Equal([0, 0.5f, 1, 2], trace.Points.Select(point => point.Value));
        Assert.Equal([0, 0.004f, 0.008f, 0.016f], trace.Points.Select(point => point.Seconds));
        Assert.Equal([false, false, false, true], trace.Points.Select(point => point.IsAfterBreak));
        Assert.Equal((0, 2, 1), (trace.Minimum, trace.Maximum, trace.Median));
        var missing = Assert.Single(trace.Spans);
        Assert.Equal(
            (0.010, 0.014, SampleOrigin.Missing), (Math.Round(missing.StartSeconds, 9), Math.Round(missing.EndSeconds, 9), missing.Origin));
    }

    [Fact]
    public void Where_samples_are_dense_no_peak_is_lost_and_the_paper_bounds_the_number_of_points()
    {
        // 100 kHz at 25 mm/s: 400 samples on a tenth of a millimetre; two seconds are 500 columns.
        const double frequency = 100_000;
        var values = new double[200_000];
        (values[12_345], values[12_346], values[150_001]) = (5, -4, 3);
        var trace = Read(values, frequency, 0, 2);
        Assert.InRange(trace.Points.Count, 500, 1000);
        Assert.Equal((-4, 5), (trace.Minimum, trace.Maximum));
        foreach (var (sample, value) in new[] { (12_345, 5f), (12_346, -4f), (150_001, 3f) })
            Assert.Contains(trace.Points, point => point.Value == value && Math.Abs(point.Seconds - (sample / frequency)) < 1e-6);
        Assert.Equal(trace.Points.Select(point => point.Seconds).Order(), trace.Points.Select(point => point.Seconds));
        Assert.DoesNotContain(trace.Points, point => point.IsAfterBreak);
    }

    [Fact]
    public void No_line_crosses_missing_samples_at_any_density()
    {
        // 10 samples on a column; in column 3 every second one is missing, columns 5 to 9 are missing whole.
        var values = Enumerable.Range(0, 200)
            .Select(i => (i is >= 30 and < 40 && i % 2 == 1) || i is >= 50 and < 100 ? double.NaN : i)
            .ToArray();
        var trace = Read(values, 2500, 0, 0.08);
        for (var i = 1; i < trace.Points.Count; i++)
        {
            var (before, after) = ((int)trace.Points[i - 1].Value, (int)trace.Points[i].Value);
            // In a column with missing samples no two points are joined; elsewhere all points without missing samples between them are.
            if (Enumerable.Range(before, after - before).Any(sample => double.IsNaN(values[sample])))
                Assert.True(trace.Points[i].IsAfterBreak);
            else if (trace.Points[i].IsAfterBreak)
                Assert.True(before / 10 == 3 || after / 10 == 3);
        }
    }

    [Fact]
    public void A_column_keeps_the_extremes_of_every_origin()
    {
        var values = Enumerable.Range(0, 100).Select(i => (double)i).ToArray();
        var trace = Read(
            values,
            2500,
            0,
            0.04,
            new ProvenanceSpan(0, new SampleSpan(15, 25), SampleOrigin.Recovered),
            new ProvenanceSpan(0, new SampleSpan(18, 45), SampleOrigin.Derived));
        Assert.Equal([10, 14], Values(1, SampleOrigin.Measured));
        Assert.Equal([15, 19], Values(1, SampleOrigin.Recovered));
        Assert.Equal([20, 24], Values(2, SampleOrigin.Recovered));
        Assert.Equal([25, 29], Values(2, SampleOrigin.Derived));
        Assert.Equal(
            [(0.0058, 0.0098, SampleOrigin.Recovered), (0.0098, 0.0178, SampleOrigin.Derived)],
            trace.Spans.Select(span => (Math.Round(span.StartSeconds, 9), Math.Round(span.EndSeconds, 9), span.Origin)));

        IEnumerable<float> Values(int column, SampleOrigin origin) =>
            trace.Points.Where(point => (int)(point.Value / 10) == column && point.Origin == origin).Select(point => point.Value);
    }

    [Fact]
    public void After_the_end_of_a_short_lead_samples_are_missing()
    {
        var trace = Read([1, 1, 1, 1], 2, 1, 10);
        Assert.Equal(2, trace.Points.Count);
        var missing = Assert.Single(trace.Spans);
        Assert.Equal((1, 9, SampleOrigin.Missing), (missing.StartSeconds, missing.EndSeconds, missing.Origin));
        Assert.Empty(Read([1, 1, 1, 1], 2, 0, 2).Spans);
    }

    [Fact]
    public void A_window_that_begins_at_a_sample_begins_with_that_sample()
    {
        var lead = SyntheticRecord.Create(new double[1000], 360).Leads[0];
        for (var sample = 0; sample <= 1000; sample++)
            Assert.Equal(sample, LeadWindows.SampleAt(lead, sample / 360.0));
        Assert.Equal(1000, LeadWindows.SampleAt(lead, double.MaxValue));
    }

    private static EcgPaperTrace Read(double[] values, double frequency, double start, double end, params ProvenanceSpan[] provenance) =>
        EcgPaperTrace.Read(SyntheticRecord.Create(values, frequency).Leads[0], provenance, start, end, 25);
}
