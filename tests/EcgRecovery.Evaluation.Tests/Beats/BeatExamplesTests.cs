using EcgRecovery.Beats;
using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats;

namespace EcgRecovery.Evaluation.Tests.Beats;

public class BeatExamplesTests
{
    private static readonly BeatGapPlan s_gaps = BeatGapPlan.Fixed(new SampleSpan(100, 137));

    [Fact]
    public void Best_median_and_worst_of_every_class_are_ranked_by_the_subject_in_the_order_of_classes()
    {
        // The error of zeros is the beat's height. Class V: rows 0…4 of heights 0.5, 0.1, 0.4, 0.2, 0.3. Class N: rows 5 and 6.
        float[] heights = [0.5f, 0.1f, 0.4f, 0.2f, 0.3f, 0.75f, 0.25f];
        var beats = Beats(heights, row => row < 5 ? AamiClass.V : AamiClass.N);
        var examples = Find(beats, Method("mine", 0), Method("linear", 0.25f))!;
        Assert.Equal(("mine", "linear", 10), (examples.Subject, examples.Reference, examples.MinimumRealSamples));
        Assert.Equal(
            [
                (AamiClass.N, ExampleRank.Best, 2, 6),
                (AamiClass.N, ExampleRank.Worst, 2, 5),
                (AamiClass.V, ExampleRank.Best, 5, 1),
                (AamiClass.V, ExampleRank.Median, 5, 4),
                (AamiClass.V, ExampleRank.Worst, 5, 0),
            ],
            examples.Beats.Select(example => (example.Beat.Class, example.Rank, example.RowsRanked, example.Beat.Row)));
        var worst = examples.Beats[^1].Beat;
        Assert.Equal(["mine", "linear"], worst.Methods.Select(method => method.Name));
        Assert.Equal(0.5, worst.Methods[0].GapRmseRealSamples, 1e-7);
        Assert.Equal(0.25, worst.Methods[1].GapRmseRealSamples, 1e-7);
    }

    [Fact]
    public void Of_an_even_number_the_lower_middle_is_the_median_and_of_equal_errors_the_earlier_row_comes_first()
    {
        var examples = Find(Beats([0.4f, 0.2f, 0.2f, 0.2f], _ => AamiClass.S), Method("mine", 0))!;
        Assert.Equal([1, 2, 0], examples.Beats.Select(example => example.Beat.Row));
        Assert.Null(examples.Reference);
        Assert.Equal(
            [(ExampleRank.Best, 1)],
            Find(Beats([0.4f], _ => AamiClass.S), Method("mine", 0))!.Beats.Select(example => (example.Rank, example.RowsRanked)));
    }

    [Fact]
    public void Rows_with_less_than_ten_real_samples_in_the_gap_are_not_ranked_and_a_shorter_gap_must_be_real_as_a_whole()
    {
        var beats = Beats([0.5f, 0.5f, 0.5f], _ => AamiClass.N, row => 109 + row);
        Assert.Equal([1, 2], Find(beats, Method("mine", 0))!.Beats.Select(example => example.Beat.Row));

        var shortGap = BeatGapPlan.Fixed(new SampleSpan(106, 110));
        var examples = Find(beats, shortGap, Method("mine", 0))!;
        Assert.Equal(4, examples.MinimumRealSamples);
        Assert.Equal([1, 2], examples.Beats.Select(example => example.Beat.Row));
        Assert.Empty(Find(beats, BeatGapPlan.Fixed(new SampleSpan(150, 180)), Method("mine", 0))!.Beats);
    }

    [Fact]
    public void A_random_gap_is_each_rows_own()
    {
        var beats = Beats([0.5f, 0.25f, 0.75f], _ => AamiClass.N, row => row == 0 ? 12 : 150);
        var gaps = BeatGapPlan.Random(20, seed: 1);
        var examples = Find(beats, gaps, Method("mine", 0))!;
        Assert.Equal([1, 2], examples.Beats.Select(example => example.Beat.Row)); // row 0 has no room
        Assert.All(examples.Beats, example => Assert.Equal(gaps.Of(beats, example.Beat.Row), example.Beat.Gap));
    }

    [Fact]
    public void The_subject_is_the_most_important_model_and_the_reference_the_best_other_method()
    {
        var beats = Beats([0.5f, 0.25f], _ => AamiClass.N);
        BeatRecoveryMethod[] references = [Method("zeros", 0), Method("linear", 0.6f), Method("locally-linear", 0.4f)];
        Check("beat", "locally-linear", [.. references, Method("clean", 0, raw: true), Method("masked", 0), Method("beat", 0)]);
        Check("masked", "locally-linear", [.. references, Method("clean", 0, raw: true), Method("masked", 0), Method("other", 0)]);
        Check("clean", "linear", [references[0], references[1], Method("clean", 0, raw: true)]);
        Check("locally-linear", "linear", references); // nothing trained: mean errors 0.375, 0.225, 0.125
        Check("zeros", null, [references[0]]);
        Assert.Null(Find(beats));

        void Check(string subject, string? reference, BeatRecoveryMethod[] methods)
        {
            var examples = Find(beats, methods)!;
            Assert.Equal((subject, reference), (examples.Subject, examples.Reference));
        }
    }

    private static BeatExamples? Find(HeartbeatSet beats, params BeatRecoveryMethod[] methods) => Find(beats, s_gaps, methods);

    private static BeatExamples? Find(HeartbeatSet beats, BeatGapPlan gaps, params BeatRecoveryMethod[] methods)
    {
        var token = TestContext.Current.CancellationToken;
        var evaluation = BeatGapProtocol.Evaluate(
            "all", beats, methods, new BeatGapOptions { Gaps = gaps, BootstrapResamples = 10 }, cancellationToken: token);
        return BeatExamples.Find(beats, evaluation, methods, token);
    }

    private static ConstantMethod Method(string name, float value, bool raw = false) => new(name, value, raw, learnedFrom: []);

    /// <summary>Creates rows of one height each, without padding unless a real length is given.</summary>
    private static HeartbeatSet Beats(float[] heights, Func<int, AamiClass> classOf, Func<int, int>? realLength = null)
    {
        var samples = new float[heights.Length * HeartbeatSet.BeatLength];
        for (var row = 0; row < heights.Length; row++)
            samples.AsSpan(row * HeartbeatSet.BeatLength, realLength?.Invoke(row) ?? HeartbeatSet.BeatLength).Fill(heights[row]);
        return new HeartbeatSet(samples, [.. Enumerable.Range(0, heights.Length).Select(classOf)]);
    }
}
