using EcgRecovery.Records;

namespace EcgRecovery.Tests.Formats.Edf;

/// <summary>
/// The files of <c>edf-conformance</c>, against a reader of their bytes in numpy (docs/edf.md, "Checked against"):
/// <c>v = numpy.frombuffer(…, '&lt;i2')</c>; count, first, middle (n // 2) and last sample, least, largest, and Σ vₜ·((t mod 1009) + 1).
/// </summary>
public class EdfConformanceTests
{
    // The sines of the generator files: EDFlib's test generator, once in EDF and once in EDF+.
    private static readonly (string, long, int, int, int, int, int, long)[] s_generator =
    [
        ("squarewave", 120000, 3276, 3276, -3276, -3276, 3276, -12615876),
        ("ramp", 120000, -3276, -3276, 3243, -3276, 3243, -760330215),
        ("pulse", 120000, 3276, 3276, 0, 0, 3276, 3991858416),
        ("noise", 120000, 2752, 2424, 819, 0, 3243, 98208243856),
        ("sine 1 Hz", 120000, 102, 102, 0, -3276, 3276, -360795198),
        ("sine 8 Hz", 120000, 814, 814, 0, -3270, 3270, 1361274),
        ("sine 8.1777 Hz", 120000, 832, 2640, -2243, -3276, 3276, 10161994),
        ("sine 8.5 Hz", 120000, 864, 864, 0, -3276, 3276, 2472457),
        ("sine 15 Hz", 120000, 1487, 1487, 0, -3276, 3276, -4113580),
        ("sine 17 Hz", 120000, 1668, 1668, 0, -3276, 3276, 870259),
        ("sine 50 Hz", 120000, 3276, 3276, 0, -3276, 3276, 1769040),
    ];

    private static readonly Dictionary<string, Expected> s_expected = new(StringComparer.Ordinal)
    {
        ["test_edfann.edf"] = new(1000, 856, []),
        ["test_generator.edf"] = new(200, 2, s_generator),
        ["test_legacy.edf"] = new(200, 2, s_generator),
        ["test_generator_2.edf"] = new(
            200, 2, [.. s_generator[..3], ("ECG", 120000, 0, 0, 0, -568, 2014, 19558430), .. s_generator[3..6], .. s_generator[7..]]),
        ["test_subsecond.edf"] = new(128, 4, [("Fp1", 89344, -24, -21, 0, -678, 806, 67991461)]),
        ["test_utf8.edf"] = new(128, 5, [("Fp1", 89344, -24, -21, 0, -678, 806, 67991461)]),
        ["test_generator.bdf"] = new(1000, 0,
        [
            ("sine 5Hz", 30000, 87830, 87830, 0, -2796203, 2796201, -295201173217),
            ("square 13Hz", 24000, 2796201, 2796201, -2796203, -2796203, 2796201, -16851865850544),
            ("ramp 7Hz", 15000, -2691811, -2691811, -2796203, -2796203, 2796201, -5250369351867),
            ("pink noise", 29250, 302781, -337421, -929129, -2917470, 3228174, 613719833495),
            ("white noise", 29970, -1755456, 1057998, -1740301, -2796175, 2796090, -205713759401),
        ]),
        ["test_generator_datarec_generator_0_5.bdf"] = new(2000, 0,
        [
            ("sine 10Hz", 60000, 87830, 87830, 0, -2796203, 2796201, 296469293359),
            ("square 26Hz", 48000, 2796201, 2796201, -2796203, -2796203, 2796201, -33707495435636),
            ("ramp 14Hz", 30000, -2691811, -2691811, -2796202, -2796203, 2796201, -10562848562736),
            ("pink noise", 58500, 621599, -421624, -554679, -3026593, 3191327, -1963667434105),
            ("white noise", 59940, 1724892, 1336136, -2582657, -2796175, 2796034, 29147726799),
        ]),
        ["test_generator_datarec_generator_2.bdf"] = new(500, 0,
        [
            ("sine 2.5Hz", 15000, 87830, -87831, 0, -2796203, 2796201, 235658358593),
            ("square 6.5Hz", 12000, 2796201, -2796203, 2796201, -2796203, 2796201, -8415310148042),
            ("ramp 3.5Hz", 7500, -2691811, 1036458, -2796202, -2796203, 2796201, -2550197926753),
            ("pink noise", 14625, -510253, 45316, 72202, -2893283, 2577345, -1848226790811),
            ("white noise", 14985, 1386021, -777344, -2502629, -2795895, 2795223, -111566853617),
        ]),
    };

    public static TheoryData<string> Files => [.. s_expected.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_sample_is_that_of_another_reader(string name)
    {
        using var record = Open(name);
        var (frequency, annotations, leads) = s_expected[name];
        Assert.Equal((frequency, annotations), (record.SamplingFrequencyHz, record.Annotations.Count));
        Assert.Equal(leads, record.Leads.Select(Summary));
        if (!name.Contains("legacy", StringComparison.Ordinal))
            Assert.Empty(record.Remarks);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_written_again_is_read_the_same_to_the_bit(string name)
    {
        using var record = Open(name);
        using var folder = new TemporaryFolder();
        var copy = folder.File("copy" + Path.GetExtension(name));
        var lost = RecordFormats.Write(record, copy);
        using var again = RecordFormats.Open(copy);
        Assert.Empty(again.Remarks);
        EdfFiles.AssertSame(record, again);
        Assert.Empty(lost);
        RecordFormats.Write(again, folder.File("third" + Path.GetExtension(name)));
        Assert.Equal(File.ReadAllBytes(copy), File.ReadAllBytes(folder.File("third" + Path.GetExtension(name))));
    }

    [Fact]
    public void A_plain_file_with_annotations_is_read_as_if_it_said_so()
    {
        using var record = Open("test_legacy.edf");
        Assert.Equal(
            ["The header does not state EDF+, and there is a signal \"EDF Annotations\": it is read as annotations."], record.Remarks);
        Assert.Equal(("Legacy patient description", "Legacy recording description"), (record.Patient, record.Recording));
        Assert.Equal((new DateOnly(2011, 4, 4), new TimeOnly(12, 57, 2)), (record.StartDate, record.StartTime));
    }

    // wfdb-python's edf2mit: format 16, 200 samples of each of 11 signals and 51 of the annotations a frame.
    [Fact]
    public void Samples_and_scale_are_those_that_wfdb_python_makes_of_the_file()
    {
        using var record = Open("test_generator_2.edf");
        Assert.SkipWhen(TestData.Folder("wfdb-conformance/sample-data/test_generator_2.dat") is null, "no development data");
        var bytes = File.ReadAllBytes(TestData.Folder("wfdb-conformance/sample-data/test_generator_2.dat")!);
        const int FrameBytes = 2 * ((11 * 200) + 51);
        for (var i = 0; i < record.Leads.Count; i++)
        {
            var samples = record.Leads[i].ToAdcUnits();
            for (var t = 0; t < samples.Length; t++)
            {
                var at = (t / 200 * FrameBytes) + (((i * 200) + (t % 200)) * 2);
                Assert.Equal(BitConverter.ToInt16(bytes, at), samples[t]);
            }

            // The .hea file: gain 32.7675/uV; EDF's baseline is −0.5, which WFDB rounds.
            Assert.Equal((32.7675, -0.5), (record.Leads[i].Gain, record.Leads[i].AdcBaseline));
        }

        Assert.Equal(["uV", "uV", "uV", "uV", "uV", "uV", "uV", "uV", "°", "°", "uV"], record.Leads.Select(lead => lead.Unit));
    }

    [Fact]
    public void Annotations_have_their_exact_times_durations_and_letters()
    {
        using (var sleep = Open("test_edfann.edf"))
        {
            Assert.Equal(new Annotation(0, 22, Aux: "Sleep stage W", DurationSeconds: 30), sleep.Annotations[0]);
            Assert.Equal(new Annotation(33430, 22, Aux: "Lights off@@EEG F4-A1", DurationSeconds: 0), sleep.Annotations[2]);
            Assert.Equal(new Annotation(25618740, 22, Aux: "Lights on@@EEG Fpz-Cz", DurationSeconds: 0), sleep.Annotations[^1]);
        }

        using var utf8 = Open("test_utf8.edf");
        Assert.Equal(
            (new DateOnly(2020, 1, 24), new TimeOnly(4, 5, 56).Add(TimeSpan.FromTicks(3945312))), (utf8.StartDate, utf8.StartTime));
        // 120 s after the header's time of day, 119.6054688 s after the first sample.
        Assert.Equal(new Annotation(15310, 22, Aux: "中文测试八个字", OnsetSeconds: 119.6054688m), utf8.Annotations[2]);
    }

    private static (string, long, int, int, int, int, int, long) Summary(EcgLead lead)
    {
        var samples = lead.ToAdcUnits();
        var sum = 0L;
        for (var t = 0; t < samples.Length; t++)
            sum += samples[t] * (long)((t % 1009) + 1);
        return (lead.Name, samples.Length, samples[0], samples[samples.Length / 2], samples[^1], samples.Min(), samples.Max(), sum);
    }

    private static EcgRecord Open(string name)
    {
        var path = TestData.Folder("edf-conformance/" + name);
        Assert.SkipWhen(path is null, "no development data");
        return RecordFormats.Open(path);
    }

    private sealed record Expected(double Frequency, int Annotations, (string, long, int, int, int, int, int, long)[] Leads);
}
