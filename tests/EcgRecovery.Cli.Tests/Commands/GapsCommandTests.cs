using System.Globalization;
using System.Text.Json;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Formats.Wfdb;

namespace EcgRecovery.Cli.Tests.Commands;

public class GapsCommandTests
{
    [Fact]
    public void The_ends_of_the_converters_range_are_found_in_record_116()
    {
        var result = InProcess.Run("gaps", Record("116"));
        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Equal(["360677..360824", "360830..361085", "500673..500927", "505507..505772"], Spans(result.Output));
        Assert.Contains("V1    nothing", result.Output);
    }

    [Fact]
    public void A_stretch_tells_the_samples_of_the_whole_record()
    {
        var result = InProcess.Run("gaps", Record("116"), "-f", "16:42", "-t", "16:43", "--lead", "MLII");
        Assert.Equal(["360720..360824", "360830..361080"], Spans(result.Output));
        Assert.Contains("98.333 %", result.Output);
    }

    [Theory]
    [InlineData("--without", "saturation")]
    [InlineData("--only", "flat-line")]
    [InlineData("--saturation-seconds", "1")]
    public void A_cause_can_be_left_out(string option, string value) =>
        Assert.Empty(Spans(InProcess.Run("gaps", Record("116"), option, value).Output));

    [Fact]
    public void The_three_files_tell_the_same()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "116.gaps", "116.csv", "116.json" })
        {
            var result = InProcess.Run("gaps", Record("116"), "--output", folder.PathOf(name));
            Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
            Assert.Empty(Spans(result.Output));
            Assert.Contains("0.142 %", result.Output);
        }

        var notes = WfdbAnnotationFile.Read(folder.PathOf("116.gaps")).Annotations;
        Assert.Equal(
            [
                "missing start=360677 end=360824 cause=saturation",
                "missing start=360830 end=361085 cause=saturation",
                "missing start=500673 end=500927 cause=saturation",
                "missing start=505507 end=505772 cause=saturation",
            ],
            notes.Select(note => note.Aux));
        Assert.Equal([360_677L, 360_830, 500_673, 505_507], notes.Select(note => note.Sample));
        Assert.Equal(5, File.ReadAllLines(folder.PathOf("116.csv")).Length);
        using var document = JsonDocument.Parse(File.ReadAllText(folder.PathOf("116.json")));
        Assert.Equal(4, document.RootElement.GetProperty("leads")[0].GetProperty("gaps").GetArrayLength());
    }

    [Fact]
    public void A_hundred_thousand_gaps_are_printed()
    {
        using var folder = new TemporaryFolder();
        var record = folder.Write("many.hea", "many 1 100 400000\nmany.dat 16 200 16 0 0 0 0 II\n");
        var bytes = new byte[800_000];
        for (var t = 0; t < 400_000; t++)
            BitConverter.TryWriteBytes(bytes.AsSpan(2 * t), t % 4 == 1 ? short.MinValue : (short)(t % 4));
        File.WriteAllBytes(folder.PathOf("many.dat"), bytes);
        File.WriteAllText(record, File.ReadAllText(record).Replace("16 0 0 0 0", $"16 0 0 {Checksum(bytes)} 0", StringComparison.Ordinal));
        var result = InProcess.Run("gaps", folder.PathOf("many"));
        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        Assert.Equal(100_000, Spans(result.Output).Count);
        Assert.Matches("sentinel +100000", result.Output);
    }

    [Theory]
    [InlineData("would be taken for a part of a recording", "--output", "x/116.atr")]
    [InlineData("would be taken for a part of a recording", "--output", "116.hea")]
    [InlineData("expected the extension .csv, .json, or an annotator's name", "--output", "116")]
    [InlineData("expected the extension .csv, .json, or an annotator's name", "--output", "116.g!")]
    [InlineData("--only and --without are both given", "--only", "nan", "--without", "nan")]
    [InlineData("'flat' not recognized", "--without", "flat")]
    [InlineData("--flat-line-seconds is 0", "--flat-line-seconds", "0")]
    public void What_cannot_be_meant_is_refused(string expected, params string[] options) =>
        InProcess.Run(["gaps", "no-such-record", .. options]).AssertOneErrorLine(ExitCode.Usage, expected);

    [Fact]
    public void A_record_that_is_not_there_is_invalid_input() =>
        InProcess.Run("gaps", "no-such-record").AssertOneErrorLine(ExitCode.InvalidInput, "no-such-record.hea does not exist");

    private static string Record(string name)
    {
        var folder = TestData.Folder("mitdb");
        Assert.SkipWhen(folder is null, "the recordings of mitdb are not here");
        return Path.Combine(folder, name);
    }

    private static List<string> Spans(string output) =>
        [.. output.Split('\n').Select(line => line.Split(' ')[^1]).Where(word => word.Contains("..", StringComparison.Ordinal))];

    private static string Checksum(byte[] bytes)
    {
        var sum = 0;
        for (var i = 0; i < bytes.Length; i += 2)
            sum += BitConverter.ToInt16(bytes, i);
        return ((short)sum).ToString(CultureInfo.InvariantCulture);
    }
}
