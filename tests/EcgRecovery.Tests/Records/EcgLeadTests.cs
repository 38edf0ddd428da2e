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

    [Fact]
    public void Refuses_millivolts_of_what_is_no_voltage()
    {
        var lead = new EcgLead { Name = "ABP", Unit = "mmHg", SamplingFrequencyHz = 125, AdcUnits = new MemorySamples<int>([1]) };
        Assert.Equal("Lead ABP is in mmHg; expected V, mV, uV or nV.", Assert.Throws<InvalidOperationException>(lead.ToMilliVolts).Message);
    }
}
