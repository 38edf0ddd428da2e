using EcgRecovery.Beats;

namespace EcgRecovery.Tests.Beats;

public class SignalQualityTests
{
    private const double Seconds = 10;

    [Theory]
    [InlineData(100)]
    [InlineData(128)]
    [InlineData(360)]
    [InlineData(500)]
    [InlineData(2000)]
    public void Beats_are_no_noise_and_noise_is_at_any_sampling_frequency(double hz)
    {
        var beats = SignalQuality.Of(Beats(hz), hz)!.Value;
        Assert.False(beats.IsNoise);
        Assert.InRange(beats.Value, 0.9, 1);
        Assert.True(SignalQuality.Of(SyntheticNoise.White(Seconds, hz), hz)!.Value.IsNoise);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(60)]
    public void Hum_is_noise_though_its_periods_are_alike(double humHz)
    {
        var hum = SyntheticNoise.Samples(Seconds, 360, t => Math.Sin(2 * Math.PI * humHz * t));
        var quality = SignalQuality.Of(hum, 360)!.Value;
        Assert.True(quality.IsNoise);
        Assert.InRange(quality.Value, 0, 0.5);
    }

    [Fact]
    public void A_constant_with_or_without_the_steps_of_a_converter_is_noise()
    {
        var random = new Random(1);
        Assert.True(SignalQuality.Of(new float[3600], 360)!.Value.IsNoise);
        Assert.True(SignalQuality.Of(SyntheticNoise.Samples(Seconds, 360, _ => random.Next(2)), 360)!.Value.IsNoise);
    }

    [Theory]
    [InlineData(-1f, 0f)]
    [InlineData(1000f, 0f)]
    [InlineData(0.001f, 5f)]
    public void Unit_sign_and_offset_do_not_matter(float gain, float offset)
    {
        var quality = SignalQuality.Of(Array.ConvertAll(Beats(360), sample => (gain * sample) + offset), 360)!.Value;
        Assert.Equal(SignalQuality.Of(Beats(360), 360)!.Value.Value, quality.Value, 0.01);
    }

    [Fact]
    public void Missing_samples_do_not_lower_the_quality_of_the_rest()
    {
        var samples = Beats(360);
        for (var start = 200; start < samples.Length; start += 900)
            samples.AsSpan(start, 100).Fill(float.NaN);
        Assert.InRange(SignalQuality.Of(samples, 360)!.Value.Value, 0.9, 1);
    }

    [Fact]
    public void Too_little_signal_is_not_measured()
    {
        Assert.Null(SignalQuality.Of(Beats(360).AsSpan(0, 7 * 360), 360));
        Assert.Null(SignalQuality.Of([], 360));
        Assert.Null(SignalQuality.Of(Beats(360), 60));
    }

    // docs/quality.md has these figures.
    [Fact]
    public void Hardly_any_stretch_of_real_leads_is_noise()
    {
        Assert.Equal((8, 7_200), Noisy(RealLeads.DS1()));
        Assert.Equal((0, 1_920), Noisy(RealLeads.Ludb()));
    }

    [Fact]
    public void Recorded_muscle_artefact_is_noise() => Assert.Equal((353, 360), Noisy(RealLeads.MuscleArtefact()));

    private static float[] Beats(double hz) => new SyntheticLead(hz, Seconds, SyntheticLead.IrregularBeats(Seconds)).MilliVolts;

    private static (int Noisy, int Stretches) Noisy(IEnumerable<RealLead> leads)
    {
        int noisy = 0, stretches = 0;
        foreach (var lead in leads)
        {
            var length = (int)(Seconds * lead.SamplingFrequencyHz);
            for (var start = 0; start + length <= lead.MilliVolts.Length; start += length)
            {
                stretches++;
                noisy += SignalQuality.Of(lead.MilliVolts.AsSpan(start, length), lead.SamplingFrequencyHz)!.Value.IsNoise ? 1 : 0;
            }
        }

        return (noisy, stretches);
    }
}
