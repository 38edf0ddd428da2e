using EcgRecovery.Formats.Edf;
using EcgRecovery.Records;
using EcgRecovery.Recovery;

namespace EcgRecovery.Tests.Recovery.Records;

/// <summary>A recovered recording comes back from every format: observed samples to the bit, filled ones, their marks.</summary>
public sealed class RecoveredRoundTripTests : IDisposable
{
    private const int M = EcgLead.MissingAdcUnits;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("r.hea", false)]
    [InlineData("r.edf", false)]
    [InlineData("r.edf", true)]
    [InlineData("r.bdf", false)]
    [InlineData("r.csv", false)]
    public void Samples_and_provenance_come_back(string name, bool timeGaps)
    {
        var broken = Broken();
        var recovered = broken.Recover(new RecordRecoveryOptions { Method = "linear" }).Record;
        recovered.Write(_folder.File(name), options: new EdfWriteOptions { TimeGaps = timeGaps });
        using var read = EcgRecord.Open(_folder.File(name));

        Assert.Equal(Ordered(recovered.Provenance), Ordered(read.Provenance));
        Assert.Equal([8, 8], read.Provenance.CountBy(span => span.Lead).Select(lead => lead.Value));
        for (var lead = 0; lead < broken.Leads.Count; lead++)
        {
            var (before, after, back) = (Values(broken.Leads[lead]), Values(recovered.Leads[lead]), Values(read.Leads[lead]));
            Assert.Equal(after, back);
            // Missing samples that were filled, and nothing else, differ.
            Assert.All(
                Enumerable.Range(0, before.Length),
                t => Assert.True(double.IsNaN(before[t]) || Bits(before[t]) == Bits(back[t])));
            Assert.Equal(1_000, back.Count(double.IsNaN));
        }

        // The short time gap is filled, the long one is left.
        if (timeGaps || name == "r.csv")
            Assert.Equal([new SampleSpan(2_000, 3_000)], read.Leads[0].UnrecordedSpans.Select(span => span.Span));
        var undone = read.WithoutRecovered();
        Assert.Empty(undone.Provenance);
        Assert.All(Enumerable.Range(0, 2), lead => Assert.Equal(Values(broken.Leads[lead]), Values(undone.Leads[lead])));
    }

    [Theory]
    [InlineData("r.hea")]
    [InlineData("r.edf")]
    [InlineData("r.csv")]
    public void A_filled_sample_is_never_the_formats_mark_for_a_missing_one(string name)
    {
        // -2048 in format 212, and the smallest value of an EDF with this range.
        var lead = new EcgLead
        {
            Name = "II",
            SamplingFrequencyHz = 250,
            AdcMinimum = -2048,
            AdcMaximum = 2047,
            AdcUnits = new MemorySamples<int>([-2047, M, -2049, .. Enumerable.Range(0, 247)]),
        };
        var record = new EcgRecord { Name = "r", SamplingFrequencyHz = 250, Leads = [lead] };
        var recovered = record.Recover(new RecordRecoveryOptions { Method = "linear" }).Record;
        Assert.Equal(-2048, recovered.Leads[0].ToAdcUnits()[1]);
        recovered.Write(_folder.File(name));
        using var read = EcgRecord.Open(_folder.File(name));
        Assert.Equal(Values(recovered.Leads[0])[..10], Values(read.Leads[0])[..10]);
        Assert.DoesNotContain(Values(read.Leads[0]), double.IsNaN);
    }

    [Fact]
    public void Filled_values_of_text_cost_no_observed_value_its_exactness()
    {
        // 1.5/7 has no end in decimals; with as many as a float has, the largest value would not fit 32 bits.
        var lead = new EcgLead
        {
            Name = "II",
            SamplingFrequencyHz = 250,
            PhysicalValues = new MemorySamples<double>(
                [0, .. Enumerable.Repeat(double.NaN, 6), 1.5e-4, .. Enumerable.Range(0, 242).Select(t => t / 8.0)]),
        };
        var record = new EcgRecord { Name = "r", SamplingFrequencyHz = 250, Leads = [lead] }
            .Recover(new RecordRecoveryOptions { Method = "linear" }).Record;
        Assert.Empty(record.Write(_folder.File("r.hea")));
        using var read = EcgRecord.Open(_folder.File("r.hea"));
        Assert.Equal(Values(record.Leads[0]), Values(read.Leads[0]));
    }

    /// <summary>A minute at 250 Hz with gaps of one second and less, a time gap of half a second, and one of four.</summary>
    private static EcgRecord Broken()
    {
        MissingSpan[] timeGaps = [new(new(1_000, 1_125), MissingCause.TimeGap), new(new(2_000, 3_000), MissingCause.TimeGap)];
        return new EcgRecord
        {
            Name = "r",
            SamplingFrequencyHz = 250,
            StartDate = new DateOnly(2020, 1, 2),
            StartTime = new TimeOnly(3, 4, 5),
            Leads =
            [
                .. new[] { "I", "II" }.Select((name, lead) => new EcgLead
                {
                    Name = name,
                    Gain = 1000,
                    SamplingFrequencyHz = 250,
                    AdcMinimum = -2048,
                    AdcMaximum = 2047,
                    UnrecordedSpans = timeGaps,
                    AdcUnits = new MemorySamples<int>(
                    [
                        .. Enumerable.Range(0, 15_000).Select(t =>
                            timeGaps.Any(gap => gap.Span.Contains(t)) || t % 2_000 < 25 + (100 * lead)
                                ? M
                                : (t * (7 + lead) % 1_999) - 900),
                    ]),
                }),
            ],
        };
    }

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);

    private static double[] Values(EcgLead lead)
    {
        var values = new double[lead.SampleCount];
        lead.ReadPhysicalValues(0, values);
        return values;
    }

    private static IEnumerable<ProvenanceSpan> Ordered(IEnumerable<ProvenanceSpan> spans) =>
        spans.OrderBy(span => span.Lead).ThenBy(span => span.Span.Start);
}
