using EcgRecovery.Beats;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats.Model;

namespace EcgRecovery.Tests.Recovery.Beats.Model;

public sealed class BeatChannelsTests
{
    private const int Length = HeartbeatSet.BeatLength;

    [Fact]
    public void A_network_without_a_library_sees_a_line_across_the_gap_missing_samples_and_padding()
    {
        // 1 at sample 9, 4 missing, 6 at sample 14; padding from 100 on; the gap 150..160 lies in it.
        var beat = Beat(t => t < 10 ? 1 : t < 100 ? 6 : 0, new SampleSpan(10, 14), new SampleSpan(150, 160));
        var input = new float[Length * 3];
        BeatChannels.Write(beat, seesLibrary: false, input);
        Assert.Equal([1, 2, 3, 4, 5, 6], Enumerable.Range(9, 6).Select(t => input[3 * t]));
        Assert.Equal(Enumerable.Range(0, Length).Select(t => t is (>= 10 and < 14) or (>= 150 and < 160) ? 1f : 0f), Channel(input, 3, 1));
        Assert.Equal(Enumerable.Range(0, Length).Select(t => t >= 160 ? 1f : 0f), Channel(input, 3, 2));   // before the gap it is not known
    }

    [Fact]
    public void A_network_that_sees_the_library_sees_its_evidence_too()
    {
        var beat = Beat(t => 0.5f, new SampleSpan(20, 30));
        Array.Fill(beat.Estimate, 0.25f);
        Array.Fill(beat.Spread, 0.125f);
        for (var k = 0; k < 4; k++)
            Array.Fill(beat.Nearest[k], k);
        var input = new float[Length * 9];
        BeatChannels.Write(beat, seesLibrary: true, input);
        Assert.Equal([0.5f, 0, 0, 0.5f, 0, 0, 1, 2, 3], input.AsSpan(9 * 19, 9).ToArray());
        Assert.Equal([0.5f, 1, 0, 0.25f, 0.5f, 0, 1, 2, 3], input.AsSpan(9 * 20, 9).ToArray());
    }

    [Theory]
    [InlineData(100, 137, 90, true)]      // zeros on both sides
    [InlineData(100, 137, 100, false)]    // signal before
    [InlineData(100, 137, 120, false)]    // as before: its end is in the gap
    [InlineData(100, 137, 150, false)]    // signal on both sides
    [InlineData(100, 187, 90, false)]     // nothing after: it may be a new wave
    [InlineData(0, 37, 0, false)]         // nothing before
    public void A_gap_between_zeros_lies_in_the_padding(int start, int end, int realLength, bool expected)
    {
        var broken = Enumerable.Range(0, Length).Select(t => t >= start && t < end ? float.NaN : t < realLength ? 0.5f : 0f).ToArray();
        Assert.Equal(expected, BeatChannels.LiesInPadding(broken));
    }

    [Fact]
    public void Two_gaps_lie_in_the_padding_only_together()
    {
        var broken = Enumerable.Range(0, Length).Select(t => t < 80 ? 0.5f : 0f).ToArray();
        broken.AsSpan(100, 5).Fill(float.NaN);
        broken.AsSpan(150, 5).Fill(float.NaN);
        Assert.True(BeatChannels.LiesInPadding(broken));
        broken.AsSpan(40, 5).Fill(float.NaN);
        Assert.False(BeatChannels.LiesInPadding(broken));
    }

    internal static BeatExample Beat(Func<int, float> value, params SampleSpan[] gaps)
    {
        var beat = new BeatExample();
        float[] samples = [.. Enumerable.Range(0, Length).Select(value)];
        var broken = (float[])samples.Clone();
        foreach (var gap in gaps)
            broken.AsSpan(gap.ToRange()).Fill(float.NaN);
        beat.Load(broken, samples, evidence: null, row: 0);
        return beat;
    }

    private static IEnumerable<float> Channel(float[] input, int channels, int channel) =>
        Enumerable.Range(0, Length).Select(t => input[(t * channels) + channel]);
}
