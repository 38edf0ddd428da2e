using CsCheck;
using EcgRecovery.Formats.Edf;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Formats;

/// <summary>
/// What a format can hold comes back to the bit, and nothing is lost: on random recordings. A failure prints a seed that repeats it.
/// </summary>
public sealed class RoundTripTests
{
    private const int Recordings = 100;

    [Fact]
    public void Wfdb_records_come_back() =>
        RandomRecordings.Wfdb.Sample(record => RoundTrip(record, "x.hea", AssertSameAdcUnits), iter: Recordings, threads: 1);

    [Fact]
    public void Edf_recordings_come_back() =>
        RandomRecordings.Edf(short.MaxValue).Sample(record => RoundTrip(record, "x.edf", AssertSameAdcUnits), iter: Recordings, threads: 1);

    [Fact]
    public void Edf_recordings_come_back_without_their_time_gaps() =>
        RandomRecordings.Edf(short.MaxValue).Sample(
            record => RoundTrip(record, "x.edf", AssertSameAdcUnits, new EdfWriteOptions { TimeGaps = true }), iter: Recordings,
            threads: 1);

    [Fact]
    public void Bdf_recordings_come_back() =>
        RandomRecordings.Edf(8_000_000).Sample(record => RoundTrip(record, "x.bdf", AssertSameAdcUnits), iter: Recordings, threads: 1);

    [Fact]
    public void Csv_recordings_come_back() =>
        RandomRecordings.Csv.Sample(record => RoundTrip(record, "x.csv", AssertSameValues), iter: Recordings, threads: 1);

    private static void RoundTrip(
        EcgRecord record, string name, Action<EcgLead, EcgLead> assertSameSamples, EdfWriteOptions? options = null)
    {
        using var folder = new TemporaryFolder();
        Assert.Empty(RecordFormats.Write(record, folder.File(name), options: options ?? new EdfWriteOptions()));
        using var read = RecordFormats.Open(folder.File(name));

        Assert.Equal((record.Name, record.SamplingFrequencyHz), (read.Name, read.SamplingFrequencyHz));
        Assert.Equal((record.StartDate, record.StartTime), (read.StartDate, read.StartTime));
        Assert.Equal(record.Comments, read.Comments);
        Assert.Equal(record.Annotations, read.Annotations);
        Assert.Equal(Ordered(record.Provenance), Ordered(read.Provenance));
        Assert.Empty(read.Remarks);
        Assert.Equal(record.Leads.Count, read.Leads.Count);
        foreach (var (lead, same) in record.Leads.Zip(read.Leads))
        {
            Assert.Equal((lead.Name, lead.Unit, lead.SamplingFrequencyHz), (same.Name, same.Unit, same.SamplingFrequencyHz));
            assertSameSamples(lead, same);
        }
    }

    private static IEnumerable<ProvenanceSpan> Ordered(IEnumerable<ProvenanceSpan> spans) =>
        spans.OrderBy(span => span.Lead).ThenBy(span => span.Span.Start);

    private static void AssertSameAdcUnits(EcgLead expected, EcgLead actual)
    {
        Assert.Equal((expected.Gain, expected.AdcBaseline), (actual.Gain, actual.AdcBaseline));
        Assert.Equal(expected.ToAdcUnits(), actual.ToAdcUnits());
    }

    // Text has no ADC units; its time gaps are those that all leads share.
    private static void AssertSameValues(EcgLead expected, EcgLead actual)
    {
        Assert.Equal(expected.UnrecordedSpans, actual.UnrecordedSpans);
        var values = new double[expected.SampleCount];
        var same = new double[actual.SampleCount];
        expected.ReadPhysicalValues(0, values);
        actual.ReadPhysicalValues(0, same);
        Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), same.Select(BitConverter.DoubleToInt64Bits));
    }
}
