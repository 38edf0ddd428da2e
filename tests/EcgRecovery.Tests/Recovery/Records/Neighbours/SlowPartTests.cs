using EcgRecovery.Recovery.Records;
using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Tests.Recovery.Records.Neighbours;

public class SlowPartTests
{
    private const double Frequency = 250;

    // Three moving averages of T seconds keep (sin πfT/πfT)³: 0.451 s are 113 samples.
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.6)]
    [InlineData(3)]
    public void Keeps_of_a_sine_what_three_moving_averages_keep(double hz)
    {
        var slow = SlowPart.Of(Lead(t => Math.Sin(2 * Math.PI * hz * t / Frequency)));
        var x = Math.PI * hz * 113 / Frequency;
        var kept = Math.Pow(Math.Sin(x) / x, 3);
        for (var t = 1000; t < 2000; t++)
            Assert.Equal(kept * Math.Sin(2 * Math.PI * hz * t / Frequency), slow.Samples[t], 2e-3);
    }

    [Fact]
    public void A_constant_is_slow_up_to_the_ends_and_beside_missing_samples()
    {
        var lead = Lead(t => t is > 1000 and < 1500 ? double.NaN : 4);
        var slow = SlowPart.Of(lead);
        for (var t = 0; t < lead.Length; t++)
            Assert.Equal(lead.Samples[t], slow.Samples[t], 1e-5f);
        Assert.All(SlowPart.Remove(lead, slow).Samples[..1000].ToArray(), value => Assert.Equal(0, value, 1e-5f));
    }

    private static LeadSignal Lead(Func<int, double> value) =>
        new(Enumerable.Range(0, 3000).Select(t => (float)value(t)).ToArray(), Frequency);
}
