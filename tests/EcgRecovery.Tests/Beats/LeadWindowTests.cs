using EcgRecovery.Beats;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Beats;

/// <summary>A lead that is read by windows has the peaks of one that lies in memory, whatever the windows.</summary>
public class LeadWindowTests
{
    // DS1 without 201 and 208.
    private static readonly string[] s_records =
        [
            "101", "106", "108", "109", "112", "114", "115", "116", "118", "119", "122", "124", "203", "205", "207", "209", "215", "220",
            "223", "230",
        ];

    [Theory]
    [InlineData(1 << 16)]
    [InlineData(1009)]
    public void Peaks_of_real_records_are_the_same_by_windows(int window)
    {
        var folder = TestData.Folder("mitdb");
        Assert.SkipWhen(folder is null, "the recordings of mitdb are not here");
        foreach (var name in s_records)
        {
            using var record = RecordFormats.Open(Path.Combine(folder, name));
            var lead = record.Leads[0];
            Assert.Equal(
                RPeakDetector.Detect(lead.ToMilliVolts(), lead.SamplingFrequencyHz).Select(peak => (long)peak),
                RPeakDetector.Detect(lead, window, options: null, TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData(300)]
    [InlineData(1000)]
    [InlineData(5000)]
    [InlineData(1 << 20)]
    public void Gaps_longer_than_a_window_make_no_difference(int window)
    {
        var lead = new SyntheticLead(360, 120, SyntheticLead.IrregularBeats(120));
        lead.MilliVolts.AsSpan(0, 700).Fill(float.NaN);
        lead.MilliVolts.AsSpan(14_000, 9_000).Fill(float.NaN);
        lead.MilliVolts.AsSpan(30_000, 50).Fill(float.NaN);
        lead.MilliVolts.AsSpan(^2_000..).Fill(float.NaN);
        var expected = RPeakDetector.Detect(lead.MilliVolts, 360);
        Assert.True(expected.Length > 80);
        Assert.Equal(expected.Select(peak => (long)peak), Detect(lead.MilliVolts, "mV", window));
    }

    [Fact]
    public void A_lead_in_another_unit_has_the_same_peaks()
    {
        var lead = new SyntheticLead(250, 60, SyntheticLead.IrregularBeats(60));
        var expected = RPeakDetector.Detect(lead.MilliVolts, 250).Select(peak => (long)peak);
        Assert.Equal(
            expected, RPeakDetector.Detect(Lead(lead.MilliVolts, "NU", 250), cancellationToken: TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3600)]
    public void A_missing_or_empty_lead_has_no_peaks(int length)
    {
        var missing = new float[length];
        missing.AsSpan().Fill(float.NaN);
        Assert.Empty(Detect(missing, "mV", 100));
    }

    [Fact]
    public void Windows_are_not_read_over_and_over_again()
    {
        var milliVolts = new SyntheticLead(360, 300, SyntheticLead.IrregularBeats(300)).MilliVolts;
        milliVolts.AsSpan(20_000, 30_000).Fill(float.NaN);
        var counted = new CountedSamples(milliVolts);
        RPeakDetector.Detect(
            new EcgLead { Name = "II", SamplingFrequencyHz = 360, PhysicalValues = counted }, 4096, options: null,
            TestContext.Current.CancellationToken);
        Assert.InRange(counted.SamplesRead, 2.5 * milliVolts.Length, 4 * milliVolts.Length);
    }

    [Fact]
    public void A_frequency_that_cannot_carry_a_QRS_complex_is_refused_and_cancelling_ends_it()
    {
        Assert.Throws<ArgumentOutOfRangeException>(
            () => RPeakDetector.Detect(Lead(new float[100], "mV", 50), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Throws<OperationCanceledException>(
            () => RPeakDetector.Detect(Lead(new float[100], "mV", 360), cancellationToken: new CancellationToken(true)));
    }

    private static long[] Detect(float[] milliVolts, string unit, int window) =>
        RPeakDetector.Detect(Lead(milliVolts, unit, 360), window, options: null, TestContext.Current.CancellationToken);

    private static EcgLead Lead(float[] values, string unit, double frequency) => new()
    {
        Name = "II",
        Unit = unit,
        SamplingFrequencyHz = frequency,
        PhysicalValues = new MemorySamples<double>(Array.ConvertAll(values, value => (double)value)),
    };

    private sealed class CountedSamples(float[] values) : ISamples<double>
    {
        public long SamplesRead { get; private set; }

        public long Count => values.Length;

        public void Read(long start, Span<double> destination)
        {
            SamplesRead += destination.Length;
            for (var t = 0; t < destination.Length; t++)
                destination[t] = values[start + t];
        }
    }
}
