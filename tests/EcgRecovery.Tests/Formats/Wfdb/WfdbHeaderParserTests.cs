using EcgRecovery.Formats.Wfdb;

namespace EcgRecovery.Tests.Formats.Wfdb;

public class WfdbHeaderParserTests
{
    [Fact]
    public void Reads_a_header_of_the_MIT_BIH_database()
    {
        var header = WfdbHeaderParser.Parse(
            "100 2 360 650000\n100.dat 212 200 11 1024 995 -22131 0 MLII\n100.dat 212 200 11 1024 1011 20052 0 V5\n# 69 M 1085 1629 "
            + "x1\n# Aldomet, Inderal\n",
            "100.hea");
        Assert.Equal(("100", 2, 360.0, 650_000L), (header.Name, header.SignalCount, header.FrameFrequencyHz, header.FrameCount));
        Assert.Equal(
            [
                new WfdbSignalLine("100.dat", 212, 1, 0, 0, 200, true, 1024, "mV", 11, 1024, 995, -22131, 0, "MLII"),
                new WfdbSignalLine("100.dat", 212, 1, 0, 0, 200, true, 1024, "mV", 11, 1024, 1011, 20052, 0, "V5"),
            ],
            header.Signals);
        Assert.Equal((0, 2047), header.Signals[0].AdcRange);
        Assert.Equal(["69 M 1085 1629 x1", "Aldomet, Inderal"], header.Comments);
        Assert.Null(header.Segments);
    }

    [Fact]
    public void Fills_in_the_defaults()
    {
        var header = WfdbHeaderParser.Parse("#wfdb 10.7\n# first\r\n\r\nx 1\r\nx.dat 16\r\n", "x.hea");
        Assert.Equal(250, header.FrameFrequencyHz);
        Assert.Null(header.FrameCount);
        Assert.Equal(default, header.Start);
        Assert.Equal(["first"], header.Comments);
        var signal = Assert.Single(header.Signals);
        Assert.Equal(new WfdbSignalLine("x.dat", 16, 1, 0, 0, 200, false, 0, "mV", 0, 0, null, null, 0, "record x, signal 0"), signal);
        Assert.Null(signal.AdcRange);
    }

    [Fact]
    public void Reads_every_field_of_a_record_line()
    {
        var header = WfdbHeaderParser.Parse("x_-1/2 3 62.4725/999.56(-100.5) 14400 13:5:7.25 25/4/1989\na 14000\n~ 400\n", "x.hea");
        Assert.Equal(
            ("x_-1", 3, 62.4725, 999.56, -100.5, 14_400L),
            (
                header.Name,
                header.SignalCount,
                header.FrameFrequencyHz,
                header.CounterFrequencyHz!.Value,
                header.BaseCounter,
                header.FrameCount!.Value));
        Assert.Equal(new WfdbStart(new TimeOnly(13, 5, 7, 250), new DateOnly(1989, 4, 25), null), header.Start);
        Assert.Equal([new WfdbSegmentLine("a", 14_000), new WfdbSegmentLine("~", 400)], header.Segments);
        Assert.True(header.Segments![1].IsNull);
    }

    [Theory]
    [InlineData("x.dat 16+24 1.052e+04(-55)/uV 16 7 -3 -1 0 Fp2-F4 left", 1, 0, 24, 10520, true, -55, "uV", 7, "Fp2-F4 left")]
    [InlineData("x.dat 16 6.5/degrees 12 5", 1, 0, 0, 6.5, true, 5, "degrees", 5, "record x, signal 0")]
    [InlineData("x.dat 16x4:3+24 0", 4, 3, 24, 200, false, 0, "mV", 0, "record x, signal 0")]
    [InlineData(
        "x.dat 212+8:2x3 -19.34(3064)/degC 11 2048 2461 27731 -512 DEV_Temperature",
        3,
        2,
        8,
        -19.34,
        true,
        3064,
        "degC",
        2048,
        "DEV_Temperature")]
    [InlineData("x.dat 8 200/mmHg/s", 1, 0, 0, 200, true, 0, "mmHg/s", 0, "record x, signal 0")]
    public void Reads_every_field_of_a_signal_line(
        string line, int perFrame, long skew, long offset, double gain, bool isCalibrated, int baseline, string unit, int adcZero,
        string description)
    {
        var signal = Assert.Single(WfdbHeaderParser.Parse($"x 1 250/24000(0.5) 825000 15:08:24 01/02/2006\n{line}\n", "x.hea").Signals);
        Assert.Equal(
            (perFrame, skew, offset, gain, isCalibrated, baseline, unit, adcZero, description),
            (
                signal.SamplesPerFrame,
                signal.Skew,
                signal.ByteOffset,
                signal.Gain,
                signal.IsCalibrated,
                signal.AdcBaseline,
                signal.Unit,
                signal.AdcZero,
                signal.Description));
    }

    [Theory]
    [InlineData(1, 0, -1, 0)]
    [InlineData(16, 0, -32768, 32767)]
    [InlineData(11, 1024, 0, 2047)]
    [InlineData(32, 0, int.MinValue, int.MaxValue)]
    public void Knows_the_converters_range(int resolution, int zero, int minimum, int maximum) =>
        Assert.Equal(
            (minimum, maximum), Assert.Single(WfdbHeaderParser.Parse($"x 1\nx.dat 16 200 {resolution} {zero}\n", "x").Signals).AdcRange);

    [Theory]
    [InlineData("0")]
    [InlineData("-3")]
    [InlineData("33")]
    [InlineData("32 1")]
    public void Knows_no_range_that_makes_no_sense(string fields) =>
        Assert.Null(Assert.Single(WfdbHeaderParser.Parse($"x 1\nx.dat 16 200 {fields}\n", "x").Signals).AdcRange);

    [Fact]
    public void Reads_units_of_another_age()
    {
        using var folder = new TemporaryFolder();
        // 0xB0 is ° in Latin-1 and no UTF-8; 0xC2 0xB5 is µ in UTF-8.
        var latin = folder.Write("a.hea", [.. "a 1\na.dat 16 200/"u8, 0xB0, (byte)'C', (byte)'\n']);
        var utf8 = folder.Write("b.hea", [.. "b 1\nb.dat 16 200/"u8, 0xC2, 0xB5, (byte)'V', (byte)'\n']);
        Assert.Equal("°C", WfdbHeaderParser.Read(latin).Signals[0].Unit);
        Assert.Equal("µV", WfdbHeaderParser.Read(utf8).Signals[0].Unit);
    }

    [Fact]
    public void Takes_control_characters_for_blanks_and_refuses_endless_names()
    {
        var signal = Assert.Single(WfdbHeaderParser.Parse("x\t1\nx.dat\t16 200\u001b 12 0 0 0 0 a\u0007b\r\n", "x.hea").Signals);
        Assert.Equal(("x.dat", 200.0, "a b"), (signal.FileName, signal.Gain, signal.Description));
        var longName = new string('x', 256);
        Assert.Equal(
            $"x.hea, line 1: '{longName[..40]}…' has more than 255 characters; expected a record's name.",
            Assert.Throws<InvalidDataException>(() => WfdbHeaderParser.Parse($"{longName} 1\n", "x.hea")).Message);
        Assert.Equal(
            $"x.hea, line 2: signal file '{longName[..40]}…' is not the name of a file in the header's folder.",
            Assert.Throws<InvalidDataException>(() => WfdbHeaderParser.Parse($"x 1\n{longName} 16\n", "x.hea")).Message);
    }

    private const string RecordLine = "expected NAME[/SEGMENTS] SIGNALS [FREQUENCY [SAMPLES [TIME [DATE]]]].";

    [Theory]
    [InlineData("", "x.hea is empty; expected a WFDB header.")]
    [InlineData("# only words\n", "x.hea is empty; expected a WFDB header.")]
    [InlineData("x\n", "x.hea, line 1: 'x' is no WFDB record line; " + RecordLine)]
    [InlineData("x -1\n", "x.hea, line 1: 'x -1' is no WFDB record line; " + RecordLine)]
    [InlineData("x 99999999999\n", "x.hea, line 1: 'x 99999999999' is no WFDB record line; " + RecordLine)]
    [InlineData("x/0 1\n", "x.hea, line 1: 'x/0' names no number of segments; expected NAME/SEGMENTS with at least 1.")]
    [InlineData("x 1 fast\n", "x.hea, line 1: 'fast' is no sampling frequency.")]
    [InlineData("x 1 0\n", "x.hea, line 1: '0' is no sampling frequency.")]
    [InlineData("x 1 -360\n", "x.hea, line 1: '-360' is no sampling frequency.")]
    [InlineData("x 1 NaN\n", "x.hea, line 1: 'NaN' is no sampling frequency.")]
    [InlineData("x 1 1e999\n", "x.hea, line 1: '1e999' is no sampling frequency.")]
    [InlineData("x 1 1e-300\n", "x.hea, line 1: '1e-300' is no sampling frequency of a recorder; expected 0.01 to 1000000000 Hz.")]
    [InlineData("x 1 1e-310\n", "x.hea, line 1: '1e-310' is no sampling frequency of a recorder; expected 0.01 to 1000000000 Hz.")]
    [InlineData("x 1 9e18\n", "x.hea, line 1: '9e18' is no sampling frequency of a recorder; expected 0.01 to 1000000000 Hz.")]
    [InlineData("x 1 360/fast\n", "x.hea, line 1: 'fast' is no counter frequency.")]
    [InlineData("x 1 360/360(one)\n", "x.hea, line 1: 'one' is no counter value.")]
    [InlineData("x 1 360 many\n", "x.hea, line 1: 'many' is no number of samples.")]
    [InlineData("x 1 360 -1\n", "x.hea, line 1: '-1' is no number of samples.")]
    [InlineData("x 2 360 10\nx.dat 16\n", "x.hea ends after 1 signal lines; its first line names 2.")]
    [InlineData("x/3 2 360 10\na 10\n", "x.hea ends after 1 segment lines; its first line names 3.")]
    [InlineData("x/1 2 360 10\na\n", "x.hea, line 2: 'a' is no WFDB segment line; expected NAME SAMPLES.")]
    [InlineData("x/1 2 360 10\na -10\n", "x.hea, line 2: 'a -10' is no WFDB segment line; expected NAME SAMPLES.")]
    [InlineData("x/1 2 360 10\n../a 10\n", "x.hea, line 2: segment '../a' is not the name of a file in the header's folder.")]
    [InlineData("x 1\nx.dat\n", "x.hea, line 2: 'x.dat' is no WFDB signal line; expected FILE FORMAT ….")]
    [InlineData("x 1\nx.dat 62\n", "x.hea, line 2: signal format 62 is not known; expected 8, 16, 24, 32, 61, 80, 160, 212, 310, 311.")]
    [InlineData(
        "x 1\nx.dat 508\n",
        "x.hea, line 2: signal format 508 is compressed with FLAC, which is not read; "
        + "formats 508, 516 and 524 become 80, 16 and 24 with WFDB's xform -O.")]
    [InlineData(
        "x 1\nx.dat 516x4\n",
        "x.hea, line 2: signal format 516 is compressed with FLAC, which is not read; "
        + "formats 508, 516 and 524 become 80, 16 and 24 with WFDB's xform -O.")]
    [InlineData(
        "x 1\nx.dat abc\n", "x.hea, line 2: 'abc' is no signal format; expected FORMAT[xSAMPLES][:SKEW][+OFFSET], as in 212 or 16x4:3+24.")]
    [InlineData(
        "x 1\nx.dat 212x\n",
        "x.hea, line 2: '212x' is no signal format; expected FORMAT[xSAMPLES][:SKEW][+OFFSET], as in 212 or 16x4:3+24.")]
    [InlineData(
        "x 1\nx.dat 212x2x3\n",
        "x.hea, line 2: '212x2x3' is no signal format; expected FORMAT[xSAMPLES][:SKEW][+OFFSET], as in 212 or 16x4:3+24.")]
    [InlineData(
        "x 1\nx.dat 212:-3\n",
        "x.hea, line 2: '212:-3' is no signal format; expected FORMAT[xSAMPLES][:SKEW][+OFFSET], as in 212 or 16x4:3+24.")]
    [InlineData(
        "x 1\nmy x.dat 16x\n",
        "x.hea, line 2: '16x' is no signal format; expected FORMAT[xSAMPLES][:SKEW][+OFFSET], as in 212 or 16x4:3+24.")]
    [InlineData("x 1\nx.dat 212x0\n", "x.hea, line 2: format '212x0' has no samples in a frame; expected at least 1.")]
    [InlineData("x 1\nx.dat 16 fat\n", "x.hea, line 2: 'fat' is no gain; expected GAIN[(BASELINE)][/UNIT], as in 200(1024)/mV.")]
    [InlineData("x 1\nx.dat 16 Infinity\n", "x.hea, line 2: 'Infinity' is no gain; expected GAIN[(BASELINE)][/UNIT], as in 200(1024)/mV.")]
    [InlineData("x 1\nx.dat 16 200(99999999999)\n", "x.hea, line 2: baseline '99999999999' does not fit 32 bits.")]
    [InlineData("x 1\nx.dat 16 200 high\n", "x.hea, line 2: ADC resolution 'high' is not a whole number of 32 bits.")]
    [InlineData("x 1\nx.dat 16 200 11 zero\n", "x.hea, line 2: ADC zero 'zero' is not a whole number of 32 bits.")]
    [InlineData("x 1\nx.dat 16 200 11 0 first\n", "x.hea, line 2: initial value 'first' is not a whole number of 32 bits.")]
    [InlineData("x 1\nx.dat 16 200 11 0 0 1.5\n", "x.hea, line 2: checksum '1.5' is not a whole number of 32 bits.")]
    [InlineData("x 1\nx.dat 16 200 11 0 0 1 4294967296\n", "x.hea, line 2: block size '4294967296' is not a whole number of 32 bits.")]
    [InlineData("x 1\n../x.dat 16\n", "x.hea, line 2: signal file '../x.dat' is not the name of a file in the header's folder.")]
    [InlineData("x 1\n- 16\n", "x.hea, line 2: signal file '-' is not the name of a file in the header's folder.")]
    [InlineData("x 1\n~ 16\n", "x.hea, line 2: signal file '~' is not the name of a file in the header's folder.")]
    public void Names_what_is_wrong_in_one_line(string text, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => WfdbHeaderParser.Parse(text, "x.hea")).Message);
}
