using EcgRecovery.Beats;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Beats;

public class VentricularFibrillationTests
{
    private const double Seconds = 8;

    [Theory]
    [InlineData(100)]
    [InlineData(128)]
    [InlineData(360)]
    [InlineData(500)]
    [InlineData(2000)]
    public void A_wandering_sine_is_fibrillation_and_beats_are_not_at_any_sampling_frequency(double hz)
    {
        Assert.True(VentricularFibrillation.IsIn(SyntheticNoise.Fibrillation(Seconds, hz), hz));
        Assert.False(VentricularFibrillation.IsIn(new SyntheticLead(hz, Seconds, SyntheticLead.IrregularBeats(Seconds)).MilliVolts, hz));
        Assert.False(VentricularFibrillation.IsIn(SyntheticNoise.White(Seconds, hz), hz));
    }

    [Theory]
    [InlineData(-1f, 0f)]
    [InlineData(1000f, 0f)]
    [InlineData(0.001f, 5f)]
    public void Unit_sign_and_offset_do_not_matter(float gain, float offset)
    {
        var samples = Array.ConvertAll(SyntheticNoise.Fibrillation(Seconds, 360), sample => (gain * sample) + offset);
        Assert.True(VentricularFibrillation.IsIn(samples, 360));
    }

    [Fact]
    public void A_constant_is_no_fibrillation() => Assert.False(VentricularFibrillation.IsIn(new float[8 * 360], 360));

    [Fact]
    public void Short_runs_of_missing_samples_are_bridged()
    {
        var samples = SyntheticNoise.Fibrillation(Seconds, 360);
        for (var start = 100; start < samples.Length; start += 360)
            samples.AsSpan(start, 30).Fill(float.NaN);
        Assert.True(VentricularFibrillation.IsIn(samples, 360));
    }

    [Fact]
    public void Too_little_signal_is_not_judged()
    {
        var samples = SyntheticNoise.Fibrillation(Seconds, 360);
        Assert.Null(VentricularFibrillation.IsIn(samples.AsSpan(0, 3 * 360), 360));
        Assert.Null(VentricularFibrillation.IsIn([], 360));
        Assert.Null(VentricularFibrillation.IsIn(samples, 60));
        samples.AsSpan(3 * 360, 2 * 360).Fill(float.NaN);
        Assert.Null(VentricularFibrillation.IsIn(samples, 360));
    }

    // docs/quality.md has these figures.
    [Theory]
    [InlineData(4, 200, 238, 3, 17_958)]
    [InlineData(5, 200, 228, 4, 14_372)]
    [InlineData(8, 188, 202, 1, 8_956)]
    public void Finds_the_flutter_of_record_207_and_little_else(int seconds, int found, int positives, int falseAlarms, int negatives)
    {
        var counts = (Found: 0, Positives: 0, FalseAlarms: 0, Negatives: 0);
        foreach (var lead in RealLeads.DS1())
        {
            var length = (int)(seconds * lead.SamplingFrequencyHz);
            for (var start = 0; start + length <= lead.MilliVolts.Length; start += (int)lead.SamplingFrequencyHz)
            {
                var stretch = new SampleSpan(start, start + length);
                var isInside = lead.Flutter.Any(span => span.Intersect(stretch) == stretch);
                if (!isInside && (start % length != 0 || lead.Flutter.Any(span => !span.Intersect(stretch).IsEmpty)))
                    continue;
                var isIn = VentricularFibrillation.IsIn(lead.MilliVolts[stretch.ToRange()], lead.SamplingFrequencyHz) == true;
                if (isInside)
                    counts = counts with { Positives = counts.Positives + 1, Found = counts.Found + (isIn ? 1 : 0) };
                else
                    counts = counts with { Negatives = counts.Negatives + 1, FalseAlarms = counts.FalseAlarms + (isIn ? 1 : 0) };
            }
        }

        Assert.Equal((found, positives, falseAlarms, negatives), counts);
    }

    [Fact]
    public void No_lead_of_people_without_it_is_fibrillation() =>
        Assert.DoesNotContain(RealLeads.Ludb(), lead => VentricularFibrillation.IsIn(lead.MilliVolts, lead.SamplingFrequencyHz) == true);
}
