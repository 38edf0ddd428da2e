using EcgRecovery.Evaluation.Diagnosis;

namespace EcgRecovery.Evaluation.Tests.Diagnosis;

public class ClassifierInputTests
{
    private static readonly float[] s_rhythm = [.. Enumerable.Range(1, BeatRhythm.Count).Select(value => (float)value)];

    [Fact]
    public void Waveforms_are_folded_into_steps_beside_the_rhythm()
    {
        // Half −1, half +1: median 0, root mean square 1.
        float[] typical = [.. Enumerable.Range(0, BeatWaveforms.Length).Select(t => t % 2 == 0 ? -1f : 1f)];
        float[] beat = [.. Enumerable.Range(0, BeatWaveforms.Length).Select(t => (t - 47.5f) / 10)];
        var input = Of(beat, typical);
        for (var step = 0; step < ClassifierInput.Steps; step++)
        {
            float[] samples = [.. Enumerable.Range(4 * step, 4).Select(t => (t - 47.5f) / 10)];
            float[] expected = [.. samples, -1, 1, -1, 1, .. s_rhythm];
            Assert.Equal(expected, input[(step * ClassifierInput.Channels)..((step + 1) * ClassifierInput.Channels)], Near);
        }
    }

    [Fact]
    public void Neither_gain_nor_offset_counts_but_the_height_among_the_neighbours_does()
    {
        var (beat, typical) = (Wave(3), Wave(1));
        var input = Of(beat, typical);
        Assert.Equal(input, Of(Array.ConvertAll(beat, x => (5 * x) - 2), Array.ConvertAll(typical, x => (5 * x) + 7)), Near);
        Assert.NotEqual(input, Of(Wave(2), typical), Near);
        // 3 · the typical beat.
        Assert.Equal(3 * input[9 * ClassifierInput.Channels + 4], input[9 * ClassifierInput.Channels], 1e-5f);
    }

    [Fact]
    public void Missing_samples_are_zero_and_artefacts_limited()
    {
        var beat = Wave(1);
        beat[36] = float.NaN;
        beat[40] = 1e30f;
        var input = Of(beat, Wave(1));
        Assert.Equal(0, input[9 * ClassifierInput.Channels]);
        Assert.Equal(10, input[10 * ClassifierInput.Channels]);
    }

    [Fact]
    public void Without_any_signal_the_waveforms_are_zero()
    {
        float[] missing = [.. Enumerable.Repeat(float.NaN, BeatWaveforms.Length)];
        foreach (var typical in new[] { missing, new float[BeatWaveforms.Length] })
        {
            var input = Of(Wave(1), typical);
            Assert.All(input.Chunk(ClassifierInput.Channels), step => Assert.Equal([.. new float[8], .. s_rhythm], step));
        }
    }

    private static float[] Wave(float height) =>
        [.. Enumerable.Range(0, BeatWaveforms.Length).Select(t => height * MathF.Exp(-(t - 36) * (t - 36) / 50f))];

    private static float[] Of(float[] beat, float[] typical)
    {
        var input = new float[ClassifierInput.Length];
        ClassifierInput.Write(beat, typical, s_rhythm, input);
        return input;
    }

    private static bool Near(float expected, float actual) => Math.Abs(expected - actual) < 1e-4f;
}
