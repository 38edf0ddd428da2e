using EcgRecovery.BeatDesigns.Beats;
using EcgRecovery.BeatDesigns.Designs;
using EcgRecovery.BeatDesigns.Estimates;
using EcgRecovery.BeatDesigns.Training;
using EcgRecovery.Neural;
using EcgRecovery.Records;

namespace EcgRecovery.BeatDesigns.Tests.Training;

public class NetworkInputsTests
{
    private const int Length = HeartbeatSet.BeatLength;
    private static readonly HeartbeatSet s_set = TestBeats.Of(300);

    [Fact]
    public void The_bases_inputs_are_the_signal_what_is_missing_and_what_is_padding()
    {
        // The gap reaches beyond the signal's end at 120, into the padding: there is nothing of which it is known to be padding but what follows.
        var set = TestBeats.Of(1, realLength: 120);
        var (input, target, weights, residualBase) = Write("x padding-weight=0.25", set, new BrokenBeat(0, new Gap(110, 130)));
        for (var t = 0; t < Length; t++)
        {
            var isMissing = t is >= 110 and < 130;
            var line = set[0][109] * (130 - t) / 21;
            Assert.Equal(isMissing ? line : set[0][t], input[3 * t], 1e-6f);
            Assert.Equal(isMissing ? 1 : 0, input[(3 * t) + 1]);
            Assert.Equal(t >= 130 ? 1 : 0, input[(3 * t) + 2]);
            Assert.Equal(set[0][t], target[t]);
            Assert.Equal(!isMissing ? 0 : t < 120 ? 1 : 0.25f, weights[t]);
            Assert.Equal(0, residualBase[t]);
        }
    }

    [Fact]
    public void The_true_values_in_a_gap_reach_no_input()
    {
        const string all = "x inputs=estimate,spread,local,local-spread neighbours=4 residual=both-estimates fill=locally-linear";
        var (input, target, _, residualBase) = Write(all, s_set, new BrokenBeat(7, new Gap(20, 50)));
        var samples = s_set.Samples.ToArray();
        samples.AsSpan((7 * Length) + 20, 30).Fill(0.77f);
        var (blindInput, blindTarget, _, blindBase) = Write(all, new HeartbeatSet(samples, s_set.Classes, s_set.Sources), new BrokenBeat(7, new Gap(20, 50)));
        Assert.Equal(11 * Length, input.Length);
        Assert.Equal(input, blindInput);
        Assert.Equal(residualBase, blindBase);
        Assert.NotEqual(target, blindTarget);
    }

    [Theory]
    [InlineData("residual=linear")]
    [InlineData("residual=locally-linear")]
    [InlineData("residual=both-estimates loss=quantiles")]
    [InlineData("residual=locally-linear augment=stretch,amplitude,wander")]
    public void Target_and_base_add_up_to_the_signal_everywhere(string settings)
    {
        var design = Of($"x {settings}");
        var (_, target, _, residualBase) = Write($"x {settings}", s_set, new BrokenBeat(4, new Gap(20, 50)), augmented: true);
        // The same draws, nothing to add to.
        var (_, plain, _, _) = Write($"x {settings} residual=none", s_set, new BrokenBeat(4, new Gap(20, 50)), augmented: true);
        for (var i = 0; i < target.Length; i++)
            Assert.Equal(plain[i], target[i] + residualBase[i / design.OutputCount], 1e-6f);
    }

    [Fact]
    public void A_stretched_beat_keeps_its_gap_over_the_same_part_of_the_signal()
    {
        // A ramp: the value says which part of the signal a sample is.
        var samples = new float[Length];
        for (var t = 0; t < 120; t++)
            samples[t] = (t + 1) / 200f;
        var set = new HeartbeatSet(samples, new AamiClass[1], [new HeartbeatSource("101", 0, "N")]);
        var beats = new BrokenBeats(set, [new BrokenBeat(0, new Gap(40, 60))], set, null, null);
        var random = new SeededRandom(5);
        for (var draw = 0; draw < 20; draw++)
        {
            var view = new BeatView(neighbours: 0);
            view.Load(beats, 0);
            Assert.Equal(0, new Augmenter(Augmentations.Stretch).Apply(view, random));
            var factor = view.RealLength / 120.0;
            Assert.InRange(factor, 0.81, 1.23);
            for (var t = 0; t < view.RealLength - 2; t++)
                Assert.Equal(((t / factor) + 1) / 200, view.Signal[t], 4e-3);
            var gap = Enumerable.Range(0, Length).Where(t => view.IsMissing[t]).ToList();
            Assert.InRange(view.Signal[gap[0]], 40 / 200f, 42.5f / 200);
            Assert.InRange(view.Signal[gap[^1]], 58.5f / 200, 61.5f / 200);
            Assert.All(view.Signal[view.RealLength..], value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void Amplitude_moves_beat_and_estimates_alike_and_leaves_padding()
    {
        var beats = Beats(Of("x inputs=estimate neighbours=2"), s_set, new BrokenBeat(4, new Gap(20, 50)));
        var (before, after) = (new BeatView(2), new BeatView(2));
        before.Load(beats, 0);
        after.Load(beats, 0);
        new Augmenter(Augmentations.Amplitude).Apply(after, new SeededRandom(2));
        var factor = (after.Signal[10] - after.Signal[0]) / (before.Signal[10] - before.Signal[0]);
        var shift = after.Signal[0] - (factor * before.Signal[0]);
        Assert.NotEqual(1, factor, 1e-3f);
        foreach (var (from, to) in new[] { (before.Signal, after.Signal), (before.Estimate, after.Estimate), (before.Nearest[1], after.Nearest[1]) })
        {
            var end = from.AsSpan().LastIndexOfAnyExcept(0f) + 1;
            for (var t = 0; t < Length; t++)
                Assert.Equal(t < end ? (factor * from[t]) + shift : 0, to[t], 1e-5f);
        }
    }

    private static Design Of(string line) => ((DesignEntry)DesignList.Parse(line, "list")[0]).Design;

    private static BrokenBeats Beats(Design design, HeartbeatSet set, BrokenBeat beat) => new(
        set,
        [beat],
        s_set,
        design.UsesEstimates ? LocallyLinearEstimates.Of(set, [beat], s_set, EstimateView.AllVisible, 1) : null,
        design.UsesLocalEstimates ? LocallyLinearEstimates.Of(set, [beat], s_set, EstimateView.Local, 1) : null);

    private static (float[] Input, float[] Target, float[] Weights, float[] Base) Write(string line, HeartbeatSet set, BrokenBeat beat, bool augmented = false)
    {
        var design = Of(line);
        float[] input = new float[Length * design.InputCount], target = new float[Length * design.OutputCount];
        float[] weights = new float[target.Length], residualBase = new float[Length];
        new NetworkInputs(design, Beats(design, set, beat)).Write(0, augmented ? new SeededRandom(1) : null, input, target, weights, residualBase);
        return (input, target, weights, residualBase);
    }
}
