using EcgRecovery.Records;
using EcgRecovery.Recovery.Records;
using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Tests.Recovery.Records.Neighbours;

public class BeatForecastTests
{
    private const double Hz = 250;

    // A steady rhythm, a beat every 0.8 s: every place votes for the same.
    [Fact]
    public void A_steady_rhythm_goes_on_in_the_gap()
    {
        var gap = new SampleSpan(10_050, 10_300);
        var forecast = BeatForecast.Of(Lead(gap), gap)!;
        Assert.Equal(150, Assert.Single(forecast.Times), 3.0); // the beat at 10,200
        Assert.InRange(forecast.Spread, 0, 3);
        Assert.Equal(1, forecast.Share, 0.01);
    }

    [Fact]
    public void A_gap_between_two_beats_holds_none()
    {
        var gap = new SampleSpan(10_050, 10_150);
        var forecast = BeatForecast.Of(Lead(gap), gap)!;
        Assert.Empty(forecast.Times);
    }

    [Fact]
    public void Too_few_beats_around_give_no_forecast()
    {
        var gap = new SampleSpan(500, 700);
        Assert.Null(BeatForecast.Of(Lead(gap), gap));
        Assert.Null(BeatForecast.Of(new LeadSignal(new float[20_000], Hz), gap));
    }

    [Fact]
    public void A_match_agrees_by_the_times_of_its_beats()
    {
        var gap = new SampleSpan(10_050, 10_300);
        var lead = Lead(gap);
        var forecast = new BeatForecast([150], 2, 1, []);
        Assert.Equal(1, forecast.Agreement(lead, gap, new ContextMatch(-2000, 0, 0), sigma: 5, floor: 0.02), 0.2);
        Assert.Equal(Math.Exp(-2), forecast.Agreement(lead, gap, new ContextMatch(-2010, 0, 0), sigma: 5, floor: 0.02), 0.15);
        // No beat within it.
        Assert.Equal(0.02, forecast.Agreement(lead, gap, new ContextMatch(-1820, -150, 0), sigma: 5, floor: 0.02));
    }

    // Beats at 200, 400, …
    private static LeadSignal Lead(SampleSpan gap)
    {
        var samples = new float[20_000];
        for (var t = 0; t < samples.Length; t++)
        {
            var fromBeat = (t + 100) % 200 - 100;
            samples[t] = (float)(Math.Exp(-fromBeat * fromBeat / 12.0) + (0.2 * Math.Exp(-Math.Pow(fromBeat - 60, 2) / 300)));
        }

        samples.AsSpan(gap.ToRange()).Fill(float.NaN);
        return new LeadSignal(samples, Hz);
    }
}
