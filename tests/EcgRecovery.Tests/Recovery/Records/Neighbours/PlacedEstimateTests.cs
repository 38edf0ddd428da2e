using EcgRecovery.Records;
using EcgRecovery.Recovery.Records;
using EcgRecovery.Recovery.Records.Neighbours;
using EcgRecovery.Tests.Beats;

namespace EcgRecovery.Tests.Recovery.Records.Neighbours;

public class PlacedEstimateTests
{
    private const double Hz = 250;

    // A beat every second, and a gap of 0.6 s from 0.3 s before one on.
    private static readonly SampleSpan s_gap = new(5025, 5175);
    private static readonly SyntheticLead s_lead = new(Hz, 60, [.. Enumerable.Range(0, 59).Select(i => 0.4 + i)]);

    // Half of the places have the beat 40 ms earlier and half 40 ms later: their mean has two low beats, the placed estimate one high one.
    [Fact]
    public void Beats_at_different_times_give_one_sharp_beat_between_them()
    {
        var (lead, truth) = Broken();
        WeightedPlace[] places = [.. Places(10, 0.5), .. Places(-10, 0.5)];
        var placed = PlacedEstimate.Of(lead, s_gap, places, Mean(lead, places))!.Samples;
        Assert.InRange(placed.Max(), 0.97 * truth.Max(), 1.03 * truth.Max());
        Assert.InRange(Array.IndexOf(placed, placed.Max()), Array.IndexOf(truth, truth.Max()) - 6, Array.IndexOf(truth, truth.Max()) + 6);
    }

    [Fact]
    public void Places_with_another_number_of_beats_do_not_count()
    {
        var (lead, _) = Broken();
        var mean = Array.ConvertAll(Mean(lead, Places(0, 1)), value => value / 2);
        WeightedPlace other = new(new ContextMatch(1000 + 125, 0, 1), 0.4, 0.4, 0.5);
        var with = PlacedEstimate.Of(lead, s_gap, [.. Places(0, 0.6), other], mean)!.Samples;
        var without = PlacedEstimate.Of(lead, s_gap, Places(0, 1), mean)!.Samples;
        for (var t = 0; t < with.Length; t++)
            Assert.Equal(without[t], with[t], 0.02);
    }

    // The lead wanders by 0.3 mV from side to side; the places do not. The mean is a blur of half the height.
    [Fact]
    public void It_meets_the_observed_samples_on_both_sides()
    {
        var (lead, truth) = Broken(t => t < s_gap.Start ? 0.3f : t >= s_gap.End && t < s_gap.End + 100 ? 0.6f : 0);
        float[] mean = [.. truth.Select((value, t) => 0.3f + (0.002f * t) + (value / 2))];
        var placed = PlacedEstimate.Of(lead, s_gap, Places(0, 1), mean)!.Samples;
        Assert.Equal(truth[0] + 0.3, placed[0], 0.05);
        Assert.Equal(truth[^1] + 0.6, placed[^1], 0.05);
        Assert.Equal(truth[75] + 0.45, placed[75], 0.05);
    }

    [Fact]
    public void Where_the_beats_are_known_they_are_put_there()
    {
        var (lead, truth) = Broken();
        var peak = Array.IndexOf(truth, truth.Max());
        var known = PlacedEstimate.At(lead, s_gap, [.. Places(10, 0.5), .. Places(-10, 0.5)], [peak])!;
        Assert.InRange(Array.IndexOf(known, known.Max()), peak - 1, peak + 1);
        Assert.Null(PlacedEstimate.At(lead, s_gap, Places(0, 1), []));
    }

    [Fact]
    public void Without_beats_it_is_the_sum_of_the_places()
    {
        var samples = Enumerable.Range(0, 3000).Select(t => (float)Math.Sin(t / 50.0)).ToArray();
        samples.AsSpan(1000, 20).Fill(float.NaN);
        var lead = new LeadSignal(samples, 50);
        var gap = new SampleSpan(1000, 1020);
        var placed = PlacedEstimate.Of(lead, gap, [new(new ContextMatch(314, 0, 1), 1, 1, 0)], samples.AsSpan(1314, 20))!.Samples;
        for (var t = 0; t < placed.Length; t++)
            Assert.Equal(Math.Sin((1000 + t) / 50.0), placed[t], 0.02);
    }

    private static (LeadSignal Lead, float[] Truth) Broken(Func<int, float>? wander = null)
    {
        var samples = (float[])s_lead.MilliVolts.Clone();
        if (wander is not null)
        {
            for (var t = 0; t < samples.Length; t++)
                samples[t] += wander(t);
        }

        samples.AsSpan(s_gap.ToRange()).Fill(float.NaN);
        return (new LeadSignal(samples, Hz), s_lead.MilliVolts[s_gap.ToRange()]);
    }

    private static float[] Mean(LeadSignal lead, WeightedPlace[] places) =>
    [
        .. Enumerable.Range((int)s_gap.Start, (int)s_gap.Length)
            .Select(t => (float)places.Sum(place => place.Coefficient * lead.Samples[t + place.Match.Shift])),
    ];

    /// <summary>Eight places, whole seconds from the gap, moved by some samples.</summary>
    private static WeightedPlace[] Places(int shift, double weight) =>
        [.. Enumerable.Range(2, 8).Select(i => new WeightedPlace(new ContextMatch((250 * i) + shift, 0, 1), weight / 8, weight / 8, 0))];
}
