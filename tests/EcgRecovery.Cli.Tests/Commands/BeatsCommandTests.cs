using System.Text.Json;
using EcgRecovery.Beats;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Formats.Wfdb;

namespace EcgRecovery.Cli.Tests.Commands;

public class BeatsCommandTests
{
    [Fact]
    public void The_peaks_are_those_of_all_leads_or_the_detectors_on_a_chosen_one()
    {
        using var record = RecordFormats.Open(Record("101"));
        using var folder = new TemporaryFolder();
        var found = record.FindRPeaks(cancellationToken: TestContext.Current.CancellationToken);
        AssertWritten(found.Peaks, "leads MLII, V1 of record 101, placed in MLII");
        var chosen = RPeakDetector.Detect(record.Leads[1].ToMilliVolts(), 360);
        AssertWritten([.. chosen.Select(peak => (long)peak)], "lead V1 of record 101", "--lead", "V1");

        void AssertWritten(IReadOnlyList<long> expected, string leads, params string[] options)
        {
            var result = InProcess.Run(["beats", Record("101"), "--output", folder.PathOf("101.qrs"), "--overwrite", .. options]);
            Assert.Equal(ExitCode.Done, result.ExitCode);
            Assert.StartsWith($"{expected.Count} R peaks in {leads}, ", result.Output, StringComparison.Ordinal);
            var beats = WfdbAnnotationFile.Read(folder.PathOf("101.qrs")).Annotations.Where(annotation => annotation.IsBeat).ToArray();
            Assert.Equal(expected, beats.Select(beat => beat.Sample));
            Assert.All(beats, beat => Assert.Equal("Q", beat.Symbol));
        }
    }

    [Fact]
    public void Flutter_is_warned_of_in_text_in_json_and_in_notes()
    {
        using var folder = new TemporaryFolder();
        var result = InProcess.Run(
            "beats", Record("207"), "--from", "25:30", "--to", "27:30", "--output", folder.PathOf("207.qrs"), "--json");
        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.StartsWith("warning: R peaks are not to be trusted in 0:01:", result.Error, StringComparison.Ordinal);
        Assert.Contains("ventricular fibrillation or flutter", result.Error, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(result.Output);
        Assert.InRange(document.RootElement.GetProperty("doubtfulShare").GetDouble(), 0.5, 1);
        var stretch = document.RootElement.GetProperty("doubtful")[0];
        Assert.Equal("fibrillation", stretch.GetProperty("cause").GetString());
        var notes = WfdbAnnotationFile.Read(folder.PathOf("207.qrs")).Annotations.Where(annotation => annotation.Symbol == "\"").ToArray();
        Assert.Equal("beats doubtful: fibrillation", notes[0].Aux);
        Assert.Equal(stretch.GetProperty("startSample").GetInt64(), notes[0].Sample);
    }

    [Fact]
    public void A_dead_lead_has_no_beats_and_is_warned_of()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.hea", "x 1 250 5000\nx.dat 16 200/mV 16 0 0 0 0 II\n");
        File.WriteAllBytes(folder.PathOf("x.dat"), new byte[10_000]);
        var result = InProcess.Run("beats", folder.PathOf("x"));
        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Contains("0 R peaks in lead II of record x", result.Output, StringComparison.Ordinal);
        Assert.Contains("not to be trusted: 0:00:00.000 to 0:00:20.000, constant lead", result.Output, StringComparison.Ordinal);
        Assert.Equal("warning: R peaks are not to be trusted in 0:00:20.000 of 0:00:20.000: constant lead 0:00:20.000\n", result.Error);
    }

    [Fact]
    public void A_stretch_tells_the_samples_of_the_whole_record_in_the_lead_that_was_named()
    {
        var result = InProcess.Run("beats", Record("100"), "--lead", "V5", "-f", "1:00", "-t", "1:04");
        // Within 50 ms of the reference annotations.
        var samples = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).SkipLast(1)
            .Select(line => long.Parse(line[..12])).ToArray();
        Assert.Contains($"{samples.Length} R peaks in lead V5 of record 100, ", result.Output, StringComparison.Ordinal);
        long[] expected = Reference("100", 21_600, 23_040);
        Assert.Equal(expected.Length, samples.Length);
        Assert.All(expected.Zip(samples), pair => Assert.InRange(pair.Second, pair.First - 18, pair.First + 18));
    }

    [Fact]
    public void Files_of_the_recording_are_refused()
    {
        InProcess.Run("beats", Record("100"), "--output", "100.atr", "--overwrite")
            .AssertOneErrorLine(ExitCode.Usage, "a part of a recording");
    }

    [Fact]
    public void The_annotations_that_were_read_are_not_written_over()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("100");
        InProcess.Run("beats", path, "-a", "qrs", "--output", path + ".qrs", "--overwrite")
            .AssertOneErrorLine(ExitCode.Usage, "is the input");
    }

    [Theory]
    [InlineData("mv")]
    [InlineData("adu")]
    [InlineData("NU")]
    public void The_spelling_of_the_unit_does_not_matter_nor_does_a_lack_of_scale(string unit)
    {
        using var folder = new TemporaryFolder();
        File.Copy(Record("101") + ".dat", folder.PathOf("x.dat"));
        var header = File.ReadAllText(Record("101") + ".hea").Replace("101.dat 212 200", $"x.dat 212 200/{unit}", StringComparison.Ordinal);
        folder.Write("x.hea", header);

        var expected = InProcess.Run("beats", Record("101"), "-t", "60");
        Assert.Equal(expected.Output, InProcess.Run("beats", folder.PathOf("x"), "-t", "60").Output);
        Assert.Contains($"  {unit} ", InProcess.Run("info", folder.PathOf("x")).Output);
        Assert.DoesNotContain("not judged", InProcess.Run("gaps", folder.PathOf("x")).Output);

        var paper = InProcess.Run("plot", folder.PathOf("x"), "-t", "5", "--output", folder.PathOf("x.svg"));
        Assert.Equal(ExitCode.Done, paper.ExitCode);
        var drawn = File.ReadAllText(folder.PathOf("x.svg"));
        Assert.Equal(unit == "mv", drawn.Contains("10 mm/mV", StringComparison.Ordinal));
        Assert.Equal(unit != "mv", drawn.Contains($"box 0.5 {unit}", StringComparison.Ordinal));

        var recovered = InProcess.Run(
            "recover", folder.PathOf("x"), "-t", "60", "--gaps", "3600..3660", "--method", "linear", "--output", folder.PathOf("y"));
        Assert.Equal((ExitCode.Done, false), (recovered.ExitCode, recovered.Error.Contains("no voltage", StringComparison.Ordinal)));
        Assert.Contains($"y.dat 212 200/{unit} ", File.ReadAllText(folder.PathOf("y.hea")));
    }

    [Theory]
    [InlineData("60", "200/mV", "has 60 samples a second; R peaks are found in 80 to 1000000")]
    [InlineData("1e9", "200/mV", "samples a second; R peaks are found in")]
    [InlineData("360", "200/mmHg", "no lead that its name and unit allow to be an ECG (II in mmHg); name one with --lead")]
    public void A_lead_without_R_peaks_is_refused(string frequency, string gain, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.hea", $"x 1 {frequency} 1000\nx.dat 16 {gain} 16 0 0 0 0 II\n");
        File.WriteAllBytes(folder.PathOf("x.dat"), new byte[2000]);
        InProcess.Run("beats", folder.PathOf("x")).AssertOneErrorLine(ExitCode.InvalidInput, expected);
    }

    private static long[] Reference(string name, long start, long end) =>
        [.. WfdbAnnotationFile.Read(Record(name) + ".atr").Annotations
            .Where(annotation => annotation.IsBeat && annotation.Sample >= start && annotation.Sample < end)
            .Select(annotation => annotation.Sample)];

    private static string Record(string name)
    {
        var folder = TestData.Folder("mitdb");
        Assert.SkipWhen(folder is null, "the recordings of mitdb are not here");
        return Path.Combine(folder, name);
    }
}
