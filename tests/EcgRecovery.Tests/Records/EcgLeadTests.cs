using EcgRecovery.Records;

namespace EcgRecovery.Tests.Records;

public class EcgLeadTests
{
    [Theory]
    [InlineData("mV", 200, -0.145f)]
    [InlineData("uV", 0.2, -0.145f)]
    [InlineData("V", 200_000, -0.145f)]
    public void Converts_to_millivolts_and_marks_the_missing(string unit, double gain, float expected)
    {
        var lead = new EcgLead
        {
            Name = "MLII",
            Unit = unit,
            Gain = gain,
            AdcBaseline = 1024,
            SamplingFrequencyHz = 360,
            AdcUnits = new MemorySamples<int>([995, 1024, EcgLead.MissingAdcUnits]),
        };
        Assert.Equal([expected, 0f, float.NaN], lead.ToMilliVolts());
    }

    [Theory]
    [InlineData(1, "mV", "mv", "MV", "millivolt", "Millivolts", " mV ", "mVolt")]
    [InlineData(1e-3, "V", "v", "volt", "Volts")]
    [InlineData(1e3, "uV", "UV", "uv", "\u00B5V", "\u03BCV", "\u00B5v", "microvolt", "Microvolts", "uVolts")]
    [InlineData(1e6, "nV", "NV", "nanovolts", "NanoVolt")]
    public void A_voltage_is_one_in_any_spelling_and_its_text_is_kept(double perMilliVolt, params string[] spellings)
    {
        foreach (var unit in spellings)
        {
            var lead = new EcgLead { Name = "II", Unit = unit, SamplingFrequencyHz = 250 };
            Assert.Equal((true, false, perMilliVolt, unit), (lead.IsVoltage, lead.IsInCounts, lead.UnitsPerMilliVolt, lead.Unit));
        }
    }

    [Theory]
    [InlineData(true, "ADC", "adu", "nu", "NU", "n.u.", "counts", "ADC_units", "raw", "")]
    [InlineData(false, "mmHg", "bpm", "%", "degC", "kV", "VA", "s", "l/min", "mV/s")]
    public void A_unit_that_is_no_voltage_is_never_called_one(bool isCount, params string[] units)
    {
        foreach (var unit in units)
        {
            var lead = new EcgLead { Name = "II", Unit = unit, SamplingFrequencyHz = 250 };
            Assert.Equal((false, isCount, unit), (lead.IsVoltage, lead.IsInCounts, lead.Unit));
        }
    }

    [Fact]
    public void Refuses_millivolts_of_what_is_no_voltage()
    {
        var lead = new EcgLead { Name = "ABP", Unit = "mmHg", SamplingFrequencyHz = 125, AdcUnits = new MemorySamples<int>([1]) };
        Assert.Equal("Lead ABP is in mmHg; expected V, mV, uV or nV.", Assert.Throws<InvalidOperationException>(lead.ToMilliVolts).Message);
    }
}
