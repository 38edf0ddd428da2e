using EcgRecovery.Formats.Edf;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Formats.Edf;

/// <summary>The EDF+D file whose every byte docs/edf.md explains.</summary>
public class EdfHandMadeTests
{
    private const int M = EcgLead.MissingAdcUnits;

    [Fact]
    public void The_file_is_the_one_that_the_document_tells_byte_by_byte()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "EcgRecovery.slnx")))
            root = root.Parent!;
        var stored = File.ReadAllBytes(Path.Combine(root.FullName, "tests", "EcgRecovery.Tests", "Formats", "Edf", "two-gaps.edf"));
        Assert.Equal(1232, HandMadeEdf.Bytes.Length);
        Assert.Equal(HandMadeEdf.Bytes, stored);
        Assert.Contains(HandMadeEdf.Table, File.ReadAllText(Path.Combine(root.FullName, "docs", "edf.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_read_with_its_gaps_its_missing_samples_and_its_annotations()
    {
        using var folder = new TemporaryFolder();
        using var record = RecordFormats.Open(folder.Write("two-gaps.edf", HandMadeEdf.Bytes));
        Assert.Equal(
            ("two-gaps", 8.0, "X F X X", "Startdate 31-DEC-2023 X X X"),
            (record.Name, record.SamplingFrequencyHz, record.Patient, record.Recording));
        Assert.Equal((new DateOnly(2023, 12, 31), new TimeOnly(23, 59, 59, 250)), (record.StartDate, record.StartTime));

        var ecg = record.Leads[0];
        Assert.Equal(("ECG II", "uV", 2.0, 0.0, 8.0), (ecg.Name, ecg.Unit, ecg.Gain, ecg.AdcBaseline, ecg.SamplingFrequencyHz));
        Assert.Equal(("Ag-AgCl electrodes", "HP:0.05Hz LP:100Hz"), (ecg.Transducer, ecg.Prefiltering));
        // Record 2 begins (3.25 − 0.25) × 8 = 24 samples after record 0, record 3 (5.3 − 0.25) × 8 = 40.4: the nearest sample is 40.
        int[] expected = [1, -1, 2000, -2000, 5, 6, 7, 8, .. Missing(16), 9, M, M, 12, .. Missing(12), 13, 14, 15, 16];
        Assert.Equal(expected, ecg.ToAdcUnits());
        Assert.Equal(
            [new MissingSpan(new SampleSpan(8, 24), MissingCause.TimeGap), new MissingSpan(new SampleSpan(28, 40), MissingCause.TimeGap)],
            ecg.UnrecordedSpans);
        Assert.Equal(-1f, ecg.ToMilliVolts()[3]);

        var resp = record.Leads[1];
        Assert.Equal(("Resp", "ohm", -10.0, 0.0, 4.0), (resp.Name, resp.Unit, resp.Gain, resp.AdcBaseline, resp.SamplingFrequencyHz));
        Assert.Equal([10, 20, 30, 40, .. Missing(8), 50, 60, .. Missing(6), -70, -80], resp.ToAdcUnits());
        var ohms = new double[2];
        resp.ReadPhysicalValues(20, ohms);
        Assert.Equal([7.0, 8.0], ohms);

        Assert.Equal(
            [new Annotation(0, 1), new Annotation(5, 22, Aux: "Bewegung ü", OnsetSeconds: 0.6251m, DurationSeconds: 0.25m)],
            record.Annotations);
        Assert.Empty(record.Provenance);
        Assert.Empty(record.Remarks);
    }

    [Fact]
    public void It_is_read_the_same_by_windows_of_every_length()
    {
        using var folder = new TemporaryFolder();
        using var record = RecordFormats.Open(folder.Write("x.edf", HandMadeEdf.Bytes));
        foreach (var lead in record.Leads)
        {
            var whole = lead.ToAdcUnits();
            for (var length = 1; length <= whole.Length; length++)
            {
                var window = new int[length];
                for (var start = 0; start + length <= whole.Length; start++)
                {
                    lead.ReadAdcUnits(start, window);
                    Assert.Equal(whole[start..(start + length)], window);
                }
            }

            Assert.Throws<ArgumentOutOfRangeException>(() => lead.ReadAdcUnits(whole.Length - 1, new int[2]));
        }
    }

    [Fact]
    public void It_comes_back_from_our_own_EDF_plus_D()
    {
        using var folder = new TemporaryFolder();
        using var record = RecordFormats.Open(folder.Write("x.edf", HandMadeEdf.Bytes));
        var lost = RecordFormats.Write(record, folder.File("y.edf"), options: new EdfWriteOptions { TimeGaps = true });
        using var again = RecordFormats.Open(folder.File("y.edf"));
        Assert.Empty(lost);
        EdfFiles.AssertSame(record, again);
        // 0.5 s records of gaps at whole records of 1 s: what is not left out is said in words.
        Assert.Equal("EDF+D", System.Text.Encoding.ASCII.GetString(File.ReadAllBytes(folder.File("y.edf")), 192, 5));
    }

    private static int[] Missing(int count) => [.. Enumerable.Repeat(M, count)];
}
