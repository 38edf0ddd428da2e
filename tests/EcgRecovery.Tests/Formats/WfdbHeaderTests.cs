using EcgRecovery.Formats;

namespace EcgRecovery.Tests.Formats;

public class WfdbHeaderTests
{
    [Fact]
    public void Reads_a_header_of_the_MIT_BIH_database()
    {
        var header = WfdbHeader.Parse(
            "100 2 360 650000\n100.dat 212 200 11 1024 995 -22131 0 MLII\n100.dat 212 200 11 1024 1011 20052 0 V5\n# 69 M 1085 1629 x1\n# Aldomet, Inderal\n",
            "100.hea");
        Assert.Equal(("100", 360.0, 650_000L), (header.Name, header.SamplingFrequencyHz, header.SampleCount));
        Assert.Equal(
            [
                new WfdbSignalLine("100.dat", 212, 0, 200, true, 1024, "mV", 1024, 995, -22131, "MLII"),
                new WfdbSignalLine("100.dat", 212, 0, 200, true, 1024, "mV", 1024, 1011, 20052, "V5"),
            ],
            header.Signals);
        Assert.Equal(["69 M 1085 1629 x1", "Aldomet, Inderal"], header.Comments);
    }

    [Fact]
    public void Fills_in_the_defaults()
    {
        var header = WfdbHeader.Parse("# first\r\n\r\nx 1\r\nx.dat 16\r\n", "x.hea");
        Assert.Equal(250, header.SamplingFrequencyHz);
        Assert.Null(header.SampleCount);
        Assert.Equal(new WfdbSignalLine("x.dat", 16, 0, 200, false, 0, "mV", 0, null, null, "record x, signal 0"), Assert.Single(header.Signals));
    }

    [Theory]
    [InlineData("x.dat 16+24 1.052e+04(-55)/uV 16 7 -3 -1 0 Fp2-F4 left", 24, 10520, true, -55, "uV", 7, "Fp2-F4 left")]
    [InlineData("x.dat 16 6.5/degrees 12 5", 0, 6.5, true, 5, "degrees", 5, "record x, signal 0")]
    [InlineData("x.dat 16x1:0 0", 0, 200, false, 0, "mV", 0, "record x, signal 0")]
    public void Reads_every_field(string line, long offset, double gain, bool isCalibrated, int baseline, string unit, int adcZero, string description)
    {
        var signal = Assert.Single(WfdbHeader.Parse($"x 1 250/24000(0.5) 825000 15:08:24 01/02/2006\n{line}\n", "x.hea").Signals);
        Assert.Equal(
            (offset, gain, isCalibrated, baseline, unit, adcZero, description),
            (signal.ByteOffset, signal.Gain, signal.IsCalibrated, signal.AdcBaseline, signal.Unit, signal.AdcZero, signal.Description));
    }

    [Theory]
    [InlineData("", "x.hea is empty; expected a WFDB header.")]
    [InlineData("# only words\n", "x.hea is empty; expected a WFDB header.")]
    [InlineData("x\n", "x.hea, line 1: 'x' is no WFDB record line; expected NAME SIGNALS [FREQUENCY [SAMPLES]].")]
    [InlineData("x -1\n", "x.hea, line 1: 'x -1' is no WFDB record line; expected NAME SIGNALS [FREQUENCY [SAMPLES]].")]
    [InlineData("x 1 fast\n", "x.hea, line 1: 'fast' is no sampling frequency.")]
    [InlineData("x 1 NaN\n", "x.hea, line 1: 'NaN' is no sampling frequency.")]
    [InlineData("x 1 360 many\n", "x.hea, line 1: 'many' is no number of samples.")]
    [InlineData("x 2 360 10\nx.dat 16\n", "x.hea ends after 1 signal lines; its first line names 2.")]
    [InlineData("x/3 2 360 10\n", "x.hea, line 1: record 'x/3' has several segments; multi-segment records are not read.")]
    [InlineData("x 1\nx.dat\n", "x.hea, line 2: 'x.dat' is no WFDB signal line; expected FILE FORMAT ….")]
    [InlineData("x 1\nx.dat 61\n", "x.hea, line 2: signal format 61 is not read; expected 16 or 212.")]
    [InlineData("x 1\nx.dat 516\n", "x.hea, line 2: signal format 516 is not read; expected 16 or 212.")]
    [InlineData("x 1\nx.dat abc\n", "x.hea, line 2: 'abc' is no signal format; expected a number such as 212.")]
    [InlineData("x 1\nx.dat 212x4\n", "x.hea, line 2: format '212x4': several samples a frame are not read.")]
    [InlineData("x 1\nx.dat 212:4\n", "x.hea, line 2: format '212:4': skewed signals are not read.")]
    [InlineData("x 1\nx.dat 16 fat\n", "x.hea, line 2: 'fat' is no gain; expected GAIN[(BASELINE)][/UNIT], as in 200(1024)/mV.")]
    [InlineData("x 1\nx.dat 16 200(99999999999)\n", "x.hea, line 2: baseline '99999999999' does not fit 32 bits.")]
    [InlineData("x 1\nx.dat 16 200 11 zero\n", "x.hea, line 2: ADC zero 'zero' is not a whole number.")]
    [InlineData("x 1\nx.dat 16 200 11 0 0 1.5\n", "x.hea, line 2: checksum '1.5' is not a whole number.")]
    [InlineData("x 1\n../x.dat 16\n", "x.hea, line 2: signal file '../x.dat' is not the name of a file in the header's folder.")]
    [InlineData("x 1\n~ 0\n", "x.hea, line 2: signal file '~' is not the name of a file in the header's folder.")]
    public void Names_what_is_wrong_in_one_line(string text, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => WfdbHeader.Parse(text, "x.hea")).Message);
}
