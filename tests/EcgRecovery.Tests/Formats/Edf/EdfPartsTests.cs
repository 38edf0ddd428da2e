using System.Text;
using EcgRecovery.Formats.Edf;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Formats.Edf;

/// <summary>The parts of the EDF reader and writer by themselves.</summary>
public class EdfPartsTests
{
    // gain = (2047 + 1024) / (10.235 + 5.12), worked by hand
    [Theory]
    [InlineData("-5.12", "5.115", -1024, 1023, 200, 0)]
    [InlineData("-10.24", "10.235", 0, 4095, 200, 2048)]
    [InlineData("-1000", "1000", -32768, 32767, 32.7675, -0.5)]
    [InlineData("8711", "-8711", -32768, 32767, -65535 / 17422.0, -0.5)]
    [InlineData("0", "1e-30", 0, 1000, 1e33, 0)]
    [InlineData("-0,5", "0,5", -500, 500, 1000, 0)]
    public void A_range_gives_gain_and_baseline_exactly(
        string low, string high, int digitalLow, int digitalHigh, double gain, double baseline) =>
        Assert.Equal((gain, baseline), EdfScale.FromRange(low, high, digitalLow, digitalHigh));

    [Theory]
    [InlineData("1", "1")]
    [InlineData("", "1")]
    [InlineData("NaN", "1")]
    [InlineData("1e999", "1")]
    [InlineData("0", "1e-300")]
    public void A_range_that_is_none_gives_none(string low, string high) => Assert.Null(EdfScale.FromRange(low, high, 0, 100));

    [Theory]
    [InlineData(200, 0)]
    [InlineData(200, 1024)]
    [InlineData(204.8, 0)]
    [InlineData(306, -17)]
    [InlineData(5743, 12)]
    [InlineData(1000, 0)]
    [InlineData(0.001, 0)]
    [InlineData(16000, 0)]
    [InlineData(-3276.7, 0.5)]
    [InlineData(32.7675, -0.5)]
    public void A_scale_comes_back_from_8_characters(double gain, double baseline)
    {
        var (range, isExact) = EdfScale.ToRange(gain, baseline, null, (-1000, 1000), (-32768, 32767))!.Value;
        Assert.True(isExact);
        Assert.Equal(
            (gain, baseline), EdfScale.FromRange(range.PhysicalMinimum, range.PhysicalMaximum, range.DigitalMinimum, range.DigitalMaximum));
        Assert.True(range.PhysicalMinimum.Length <= 8 && range.PhysicalMaximum.Length <= 8);
        // Room below the least sample for what is missing.
        Assert.True(
            range.DigitalMinimum < -1000 && range.DigitalMaximum >= 1000 && range.DigitalMinimum >= -32768
                && range.DigitalMaximum <= 32767);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0000001, "0")]
    [InlineData(163.835, "163.835")]
    [InlineData(-0.12345678, "-0.12346")]
    [InlineData(99999999, "99999999")]
    [InlineData(-1234567.4, "-1234567")]
    [InlineData(100000000, null)]
    public void Numbers_have_8_characters(double value, string? text) => Assert.Equal(text, EdfScale.Format(value));

    [Theory]
    [InlineData("+0⊐⊐⊙", 1, "", 0)]
    [InlineData("+0⊐⊐⊙⊙+1.5⊏2⊐a⊐b⊐⊙", 1, "1.5/2/a 1.5/2/b", 0)]
    [InlineData("+0⊐⊐event⊐⊙", 1, "0//event", 0)]
    [InlineData("-0.5⊐x⊐⊙", 0, "-0.5//x", 0)]
    [InlineData("7⊐x⊐⊙", 0, "7//x", 0)]
    [InlineData("+0⊐⊐⊙+1⊐cut", 1, "1//cut", 1)]
    [InlineData("+0⊐⊐⊙+1", 1, "", 1)]
    [InlineData("+0⊐⊐⊙+1⊏x⊐a⊐⊙", 1, "1//a", 1)]
    [InlineData("+0⊐⊐⊙+1⊏-1⊐a⊐⊙", 1, "1//a", 1)]
    [InlineData("+1e300⊐x⊐⊙", 0, "", 1)]
    [InlineData("+99999999999999999999999999999999⊐x⊐⊙", 0, "", 1)]
    [InlineData("+999999999999⊐x⊐⊙", 0, "", 1)]
    [InlineData("⊐⊐⊐⊙junk", 0, "", 2)]
    [InlineData("", 0, "", 0)]
    public void Lists_are_read(string lists, int times, string annotations, int broken)
    {
        var bytes = Encoding.UTF8.GetBytes(lists.Replace('⊐', '\u0014').Replace('⊏', '\u0015').Replace('⊙', '\0'));
        var (onsets, found) = (new List<decimal>(), new List<EdfTal>());
        Assert.Equal(broken, EdfTal.Read(bytes, onsets, found, FileText.Decode));
        Assert.Equal(times, onsets.Count);
        Assert.Equal(
            annotations, string.Join(' ', found.Select(tal => FormattableString.Invariant($"{tal.Onset}/{tal.Duration}/{tal.Text}"))));
    }

    [Fact]
    public void Lists_are_written_as_the_specification_shows()
    {
        // The examples of EDF+, 2.2.2 and 2.2.4.
        Assert.Equal("+180\u0014Lights off\u0014\0", Encoding.UTF8.GetString(new EdfTal(180, null, "Lights off").ToBytes()));
        Assert.Equal("+1800.2\u001525.5\u0014Apnea\u0014\0", Encoding.UTF8.GetString(new EdfTal(1800.2m, 25.5m, "Apnea").ToBytes()));
        Assert.Equal("+567\u0014\u0014\0", Encoding.UTF8.GetString(EdfTal.TimeKeeping(567.000m)));
        Assert.Equal("-0.0000001\u0014ü\u0014\0", Encoding.UTF8.GetString(new EdfTal(-0.0000001m, null, "ü").ToBytes()));
    }

    [Theory]
    [InlineData("N", 1, "")]
    [InlineData("\"", 22, "")]
    [InlineData("[", 32, "")]
    [InlineData("[42]", 42, "")]
    [InlineData("[+] (AFIB", 28, "(AFIB")]
    [InlineData("[[] x", 32, "x")]
    [InlineData("[]] x", 33, "x")]
    [InlineData("[42] x", 42, "x")]
    [InlineData("[\"] N", 22, "N")]
    [InlineData("[5] x", 22, "[5] x")]
    [InlineData("[50] x", 22, "[50] x")]
    [InlineData("[N]", 22, "[N]")]
    [InlineData("[N] ", 22, "[N] ")]
    [InlineData("A lovely day", 22, "A lovely day")]
    [InlineData("(AFIB", 22, "(AFIB")]
    public void Words_are_a_code_and_a_text_and_back(string words, int code, string aux)
    {
        Assert.Equal((code, aux), EdfText.Parse(words));
        Assert.Equal(words, EdfText.Write(new Annotation(0, code, Aux: aux)));
    }

    [Fact]
    public void Every_code_comes_back_with_and_without_a_text()
    {
        for (var code = 0; code < BeatCode.Count; code++)
        {
            foreach (var aux in new[] { "", "x", "N", "[N] y", " ", "[42]" })
                Assert.Equal((code, aux), EdfText.Parse(EdfText.Write(new Annotation(0, code, Aux: aux))));
        }
    }

    [Theory]
    [InlineData(new[] { 360.0 }, "1", new[] { 360 })]
    [InlineData(new[] { 257.5 }, "2", new[] { 515 })]
    [InlineData(new[] { 1000 / 3.0 }, "3", new[] { 1000 })]
    [InlineData(new[] { 128.0, 0.25 }, "4", new[] { 512, 1 })]
    [InlineData(new[] { 999.9 }, "10", new[] { 9999 })]
    [InlineData(new[] { 50000.0 }, "0.25", new[] { 12500 })]
    [InlineData(new[] { 1e6 }, "0.0125", new[] { 12500 })]
    public void A_data_record_has_whole_numbers_of_samples(double[] frequencies, string duration, int[] samples)
    {
        var lost = new List<string>();
        var grid = EdfGrid.Choose(frequencies, 2, lost);
        Assert.Equal((duration, samples.Length), (grid.DurationText, grid.SamplesPerRecord.Length));
        Assert.Equal(samples, grid.SamplesPerRecord);
        Assert.Empty(lost);
    }
}
