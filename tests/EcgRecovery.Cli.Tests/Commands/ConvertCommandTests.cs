using EcgRecovery.Records;

namespace EcgRecovery.Cli.Tests.Commands;

public sealed class ConvertCommandTests : IDisposable
{
    private static readonly string s_demo = Checkout.PathOf("src", "EcgRecovery.Cli", "DemoData", "208-1935");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("copy")]
    [InlineData("copy.edf")]
    [InlineData("copy.bdf")]
    [InlineData("copy.csv")]
    public void Every_sample_comes_through_every_format(string name)
    {
        var path = _folder.PathOf(name);
        var result = InProcess.Run("convert", s_demo, path);
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith($"{path}: 1 lead at 360 Hz, 0:05:00.000, 0 annotations\n", result.Output);

        using var original = RecordFormats.Open(s_demo);
        using var copy = RecordFormats.Open(path);
        Assert.Equal(original.Leads[0].ToMilliVolts(), copy.Leads[0].ToMilliVolts());
        Assert.Equal("MLII", copy.Leads[0].Name);
    }

    [Fact]
    public void There_and_back_through_EDF_the_ADC_units_are_those_of_the_recorder()
    {
        Assert.Equal(0, InProcess.Run("convert", s_demo, _folder.PathOf("there.edf"), "--to", "10").ExitCode);
        Assert.Equal(0, InProcess.Run("convert", _folder.PathOf("there.edf"), _folder.PathOf("back"), "--signal-format", "16").ExitCode);
        using var original = RecordFormats.Open(s_demo);
        using var back = RecordFormats.Open(_folder.PathOf("back"));
        Assert.Equal(original.Leads[0].ToAdcUnits()[..3600], back.Leads[0].ToAdcUnits());
        Assert.Equal((200, 1024), (back.Leads[0].Gain, back.Leads[0].AdcBaseline));
    }

    [Fact]
    public void Another_frequency_is_marked_as_derived()
    {
        var result = InProcess.Run("convert", s_demo, _folder.PathOf("half"), "--frequency", "180", "--from", "1:00", "--to", "1:10");
        Assert.Equal(0, result.ExitCode);
        using var half = RecordFormats.Open(_folder.PathOf("half"));
        Assert.Equal((180, 1800), (half.Leads[0].SamplingFrequencyHz, half.Leads[0].SampleCount));
        var span = Assert.Single(half.Provenance);
        Assert.Equal((0, 0, 1800, SampleOrigin.Derived, "resample"), (span.Lead, span.Span.Start, span.Span.End, span.Origin, span.Method));
    }

    [Fact]
    public void What_the_filter_cannot_say_is_told()
    {
        var rows = Enumerable.Range(0, 1000).Select(t => $"{t / 250d:F3},{(t is >= 500 and < 550 ? "" : "0.1")}\n");
        var input = _folder.Write("gap.csv", $"time (s),II (mV)\n{string.Concat(rows)}");
        var result = InProcess.Run("convert", input, _folder.PathOf("half.csv"), "--frequency", "125");
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^note: 0\.2 s were missing, 0\.4\d* s are now: samples near a gap cannot be computed without it\n$", result.Error);
    }

    [Theory]
    [InlineData(new[] { "--write-delimiter", ";" }, "time (s);MLII (mV)", "0.000;-0.245")]
    [InlineData(new[] { "--write-delimiter", "\\t" }, "time (s)\tMLII (mV)", "0.000\t-0.245")]
    [InlineData(new[] { "--write-decimal-point", "," }, "time (s);MLII (mV)", "0,000;-0,245")]
    public void Text_is_written_as_a_spreadsheet_wants_it(string[] options, string heading, string first)
    {
        var path = _folder.PathOf("a.csv");
        Assert.Equal(0, InProcess.Run(["convert", s_demo, path, "--to", "1", .. options]).ExitCode);
        Assert.Equal([heading, first], File.ReadLines(path).Take(2));
        InProcess.Run("convert", s_demo, _folder.PathOf("b.csv"), "--write-delimiter", "ab")
            .AssertOneErrorLine(2, "--write-delimiter is 'ab'; expected one character");
        InProcess.Run("convert", s_demo, _folder.PathOf("c.xyz")).AssertOneErrorLine(2, "c.xyz has no extension that is written");
    }

    [Theory]
    [InlineData("a.csv")]
    [InlineData("a.edf")]
    [InlineData("a.bdf")]
    public void No_format_is_written_over_itself(string name)
    {
        var path = _folder.PathOf(name);
        Assert.Equal(0, InProcess.Run("convert", s_demo, path, "--to", "10").ExitCode);
        var before = File.ReadAllBytes(path);
        InProcess.Run("convert", path, path, "--overwrite", "--frequency", "125").AssertOneErrorLine(2, "is a file of the input");
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void What_must_not_be_written_is_not()
    {
        var input = _folder.PathOf("a");
        Assert.Equal(0, InProcess.Run("convert", s_demo, input, "--to", "10").ExitCode);
        var before = File.ReadAllBytes(input + ".dat");
        InProcess.Run("convert", s_demo, input).AssertOneErrorLine(2, "exists; give --overwrite");
        InProcess.Run("convert", input, input, "--overwrite").AssertOneErrorLine(2, "is a file of the input");
        InProcess.Run("convert", input, _folder.PathOf("a.pdf"))
            .AssertOneErrorLine(2, "a.pdf has no extension that is written; expected .hea");
        InProcess.Run("convert", input, _folder.PathOf("b"), "--signal-format", "9").AssertOneErrorLine(2, "9");
        InProcess.Run("convert", input, _folder.PathOf("b"), "--frequency", "0")
            .AssertOneErrorLine(2, "--frequency: The sampling frequency is 0 Hz");
        Assert.Equal(before, File.ReadAllBytes(input + ".dat"));
        Assert.Equal(["a.dat", "a.hea"], _folder.Names());
    }
}
