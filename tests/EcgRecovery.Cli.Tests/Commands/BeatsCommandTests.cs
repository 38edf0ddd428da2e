using EcgRecovery.Beats;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Formats.Wfdb;

namespace EcgRecovery.Cli.Tests.Commands;

public class BeatsCommandTests
{
    [Fact]
    public void The_peaks_are_the_detectors_on_the_first_lead()
    {
        using var record = RecordFormats.Open(Record("101"));
        var expected = RPeakDetector.Detect(record.Leads[0].ToMilliVolts(), 360).Select(peak => (long)peak).ToArray();
        Assert.InRange(expected.Length, 1860, 1870);
        using var folder = new TemporaryFolder();
        var result = InProcess.Run("beats", Record("101"), "--output", folder.PathOf("101.qrs"));
        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        Assert.StartsWith($"{expected.Length} R peaks in lead MLII of record 101, ", result.Output);
        var beats = WfdbAnnotationFile.Read(folder.PathOf("101.qrs")).Annotations;
        Assert.Equal(expected, beats.Select(beat => beat.Sample));
        Assert.All(beats, beat => Assert.Equal("Q", beat.Symbol));
    }

    [Fact]
    public void A_stretch_tells_the_samples_of_the_whole_record_in_the_lead_that_was_named()
    {
        var result = InProcess.Run("beats", Record("100"), "--lead", "V5", "-f", "1:00", "-t", "1:04");
        // Within 50 ms of the reference annotations.
        var samples = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => long.Parse(line[..12]))
            .ToArray();
        long[] expected = Reference("100", 21_600, 23_040);
        Assert.Equal(expected.Length, samples.Length);
        Assert.All(expected.Zip(samples), pair => Assert.InRange(pair.Second, pair.First - 18, pair.First + 18));
    }

    [Fact]
    public void Two_leads_and_files_of_the_recording_are_refused()
    {
        InProcess.Run("beats", Record("100"), "--lead", "0", "--lead", "1").AssertOneErrorLine(ExitCode.Usage, "--lead has 2 leads");
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
    [InlineData("360", "200/mmHg", "no lead that is a voltage, or in counts; name another with --lead")]
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
