using EcgRecovery.Beats;
using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats;

namespace EcgRecovery.Evaluation.Tests.Beats;

public class BeatGapProtocolTests
{
    private static readonly BeatGapOptions s_options = new() { BootstrapResamples = 100 };

    [Fact]
    public void Every_row_loses_the_gap_and_nothing_else()
    {
        var beats = Beats(5_000);
        using var method = new ConstantMethod("half", 0.5f, learnedFrom: []);
        Evaluate("half", beats, [method]);
        float[] shown = [.. method.Shown.SelectMany(part => part)];
        Assert.Equal(beats.Samples.Length, shown.Length);
        for (var i = 0; i < shown.Length; i++)
            Assert.Equal(new SampleSpan(100, 137).Contains(i % HeartbeatSet.BeatLength) ? float.NaN : beats.Samples[i], shown[i]);
    }

    // Beats of 1 up to their real length, then 0; every sample is recovered as 0.5: each error is 0.5.
    [Fact]
    public void Raw_output_is_scored_whole_and_other_output_in_the_gap()
    {
        using var filled = new ConstantMethod("filled", 0.5f, learnedFrom: []);
        using var raw = new ConstantMethod("raw", 0.5f, raw: true, learnedFrom: []);
        var result = Evaluate("all", Beats(10), [filled, raw]);

        Assert.Equal(["filled", "raw"], result.Methods.Select(method => method.Name));
        Assert.Equal(Math.Sqrt(37 * 0.25 / 187), result.Methods[0].WholeBeatRmse.Mean, 1e-7);
        Assert.Equal(0.5, result.Methods[1].WholeBeatRmse.Mean, 1e-7);
        foreach (var method in result.Methods)
        {
            Assert.Equal(0.5, method.GapRmse.Mean, 1e-7);
            Assert.Equal(0.5, method.GapRmseRealSamples.Median, 1e-7);
            Assert.Equal(method.Name == "raw", method.ScoredOnRawOutput);
        }

        Assert.Contains(
            result.Notes, note => note.StartsWith("raw: scored on the raw output for all 187 samples", StringComparison.Ordinal));
    }

    [Fact]
    public void Classes_and_rows_of_real_samples_are_counted()
    {
        // Rows 0, 2, 4 … are long (187, class N), rows 1, 3, 5 … end at sample 90 (class V).
        using var method = new ConstantMethod("zero", 0, learnedFrom: []);
        var score = Assert.Single(Evaluate("zero", Beats(11), [method]).Methods);
        Assert.Equal(6, score.RowsWithRealSamples);
        Assert.Equal([AamiClass.N, AamiClass.V], score.ByClass.Select(c => c.Class));
        Assert.Equal((6, 6, 1.0), (score.ByClass[0].Rows, score.ByClass[0].RowsWithRealSamples, score.ByClass[0].GapRmse));
        Assert.Equal((5, 0, 0.0), (score.ByClass[1].Rows, score.ByClass[1].RowsWithRealSamples, score.ByClass[1].GapRmse));
        Assert.True(double.IsNaN(score.ByClass[1].GapRmseRealSamples));
        Assert.Equal(6 / 11.0, score.GapRmse.Mean, 1e-7);
        Assert.Equal(1, score.GapRmseRealSamples.Mean);
    }

    [Fact]
    public void Patients_learned_from_are_marked_and_201_and_202_are_one()
    {
        var beats = Beats(6, "100", "202", "103");
        using var none = new ConstantMethod("none", 0, learnedFrom: []);
        using var other = new ConstantMethod("other", 0, learnedFrom: ["101", "208"]);
        using var same = new ConstantMethod("same", 0, learnedFrom: ["101", "201", "103"]);
        using var unknown = new ConstantMethod("unknown", 0, learnedFrom: null);
        BeatRecoveryMethod[] methods = [none, other, same, unknown];
        var result = Evaluate("all", beats, methods);

        Assert.Equal([false, false, true, null], result.Methods.Select(method => method.SawTestPatients));
        Assert.Equal(BootstrapUnit.Patient, result.Bootstrap);
        Assert.Contains(result.Notes, note => note.Contains("drawn by patient (3 patients"));
        Assert.Contains(
            result.Notes,
            note => note.StartsWith("same: 2 of the 3 patients tested also have beats in the data learned from", StringComparison.Ordinal));
        Assert.Contains("other: none of the 3 patients tested is among those learned from.", result.Notes);
        Assert.Contains(result.Notes, note => note.StartsWith("unknown: it is not known whether", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_sources_the_bootstrap_draws_rows_and_says_so()
    {
        using var none = new ConstantMethod("none", 0, learnedFrom: []);
        using var some = new ConstantMethod("some", 0, learnedFrom: ["101"]);
        var result = Evaluate("all", Beats(6), [none, some]);
        Assert.Equal(BootstrapUnit.Row, result.Bootstrap);
        Assert.Equal([false, null], result.Methods.Select(method => method.SawTestPatients));
        Assert.Contains(result.Notes, note => note.Contains("drawn by row, because it is not known which patient"));
        Assert.Contains(
            result.Notes, note => note.StartsWith("In 3 of 6 rows the whole gap lies in the zero padding", StringComparison.Ordinal));
    }

    [Fact]
    public void With_one_patient_the_bootstrap_draws_rows_and_says_so()
    {
        using var none = new ConstantMethod("none", 0, learnedFrom: []);
        var result = Evaluate("all", Beats(6, "201", "202"), [none]);
        Assert.Equal(BootstrapUnit.Row, result.Bootstrap);
        Assert.Contains(result.Notes, note => note.Contains("drawn by row, because all rows come from one patient"));
        Assert.True(result.Methods[0].WholeBeatRmse.Low < result.Methods[0].WholeBeatRmse.High);
    }

    [Fact]
    public void What_cannot_be_evaluated_is_refused()
    {
        using var method = new ConstantMethod("zero", 0, learnedFrom: []);
        using var broken = new ConstantMethod("broken", float.NaN, learnedFrom: []);
        var token = TestContext.Current.CancellationToken;
        Assert.Throws<InvalidDataException>(() => Evaluate("x", Beats(0), [method]));
        var missing = Beats(3);
        missing.Samples[187 + 9] = float.NaN;
        Assert.Contains("Row 1, sample 9 is NaN", Assert.Throws<InvalidDataException>(() => Evaluate("x", missing, [method])).Message);
        Assert.Contains(
            "broken recovers row 0, sample 100 as NaN",
            Assert.Throws<InvalidDataException>(() => Evaluate("x", Beats(2), [broken])).Message);
        var cancelled = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(
            () => BeatGapProtocol.Evaluate("x", Beats(2), [method], s_options, cancellationToken: cancelled));
    }

    // Ones recovered as a half, bounds a half wide on both sides: the odd rows' signal ends before the gap.
    [Fact]
    public void Intervals_amplitudes_and_patients_are_scored()
    {
        using var exact = new BoundedMethod("exact", 0.5f, 0.5f);
        using var narrow = new BoundedMethod("narrow", 0.5f, 0.25f);
        using var none = new ConstantMethod("none", 0.5f, learnedFrom: []);
        var beats = Beats(8, "100", "101");
        beats.Samples[120] = 0.9f; // row 0: the lost samples vary
        var result = Evaluate("all", beats, [exact, narrow, none]);

        Assert.Equal((1, 1), (result.Methods[0].Interval!.Coverage, result.Methods[0].Interval!.Width));
        Assert.Equal((0, 0.5), (result.Methods[1].Interval!.Coverage, result.Methods[1].Interval!.Width));
        Assert.Null(result.Methods[2].Interval);
        Assert.Equal([new GroupCoverage("N", 4 * 37, 0)], result.Methods[1].Interval!.ByClass);
        Assert.Equal(
            [("100", 2), ("101", 2)], result.Methods[2].ByPatient.Select(patient => (patient.Patient, patient.RowsWithRealSamples)));
        Assert.Equal(0.5, result.Methods[2].ByPatient[1].GapRmseRealSamples);
        Assert.Equal(0, result.Methods[2].Amplitude!.VarianceRatio);
        Assert.Equal(0, result.Methods[2].Amplitude!.TallPeaks);
        Assert.Contains(
            "exact: 100.0 % of the lost real samples lie within its 95 % interval; "
            + "mean over patients 100.0 %, worst 100.0 % (patient 100).",
            result.Notes);
        Assert.Contains(result.Notes, note => note.StartsWith("Tall peaks: ", StringComparison.Ordinal));
    }

    // Row 1 ends at sample 90, inside the gap: ten samples of the gap are real. The highest of them is the last one, so there is no peak
    // inside; with the padding counted there would be.
    [Fact]
    public void Amplitude_and_coverage_leave_out_the_padding()
    {
        using var method = new BoundedMethod("half", 0.5f, 0.5f);
        var beats = Beats(2);
        beats.Samples.AsSpan(187 + 80, 9).Fill(0.5f);
        var options = s_options with { Gaps = BeatGapPlan.Fixed(new SampleSpan(80, 100)) };
        var result = Evaluate("half", beats, [method], options);
        Assert.Equal([new GroupCoverage("N", 20, 1), new GroupCoverage("V", 10, 1)], result.Methods[0].Interval!.ByClass);
        Assert.Equal(0, result.Methods[0].Amplitude!.TallPeaks);
    }

    [Fact]
    public void Traces_hold_the_interval_of_a_method_that_gives_one()
    {
        using var bounded = new BoundedMethod("bounded", 0.5f, 0.25f);
        using var plain = new ConstantMethod("plain", 0.5f, learnedFrom: []);
        var token = TestContext.Current.CancellationToken;
        var trace = Assert.Single(BeatGapProtocol.Trace(
            Beats(3), [1], [bounded, plain], BeatGapPlan.Fixed(new SampleSpan(80, 100)), token));
        Assert.Null(trace.Methods[1].Lower);
        Assert.Null(trace.Methods[1].Upper);
        var (lower, upper) = (trace.Methods[0].Lower!, trace.Methods[0].Upper!);
        for (var t = 0; t < HeartbeatSet.BeatLength; t++)
            Assert.Equal(trace.Gap.Contains(t) ? (0.25f, 0.75f) : (trace.Original[t], trace.Original[t]), (lower[t], upper[t]));

        // The row ends at 90: half of the gap is signal, ones recovered as a half; the padding is recovered as a half too.
        Assert.Equal((0.5, 0.5), (trace.Methods[0].GapRmse, trace.Methods[0].GapRmseRealSamples));
        using var endless = new BoundedMethod("endless", 0.5f, float.PositiveInfinity);
        var error = Assert.Throws<InvalidDataException>(() => BeatGapProtocol.Trace(
            Beats(3), [2], [endless], BeatGapPlan.Fixed(new SampleSpan(80, 100)), token));
        Assert.StartsWith("endless recovers row 2, sample 80 as", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Traces_show_the_chosen_rows_as_they_were_scored()
    {
        var beats = Beats(6, "100", "101");
        using var filled = new ConstantMethod("filled", 0.5f, learnedFrom: []);
        using var raw = new ConstantMethod("raw", 0.25f, raw: true, learnedFrom: []);
        BeatRecoveryMethod[] methods = [filled, raw];
        var scores = Evaluate("all", beats, methods).Methods;
        var traces = BeatGapProtocol.Trace(beats, [5, 2], methods, s_options.Gaps, TestContext.Current.CancellationToken);

        Assert.Equal(
            [(5, "101", 90, AamiClass.V), (2, "100", 187, AamiClass.N)],
            traces.Select(t => (t.Row, t.Source!.Value.Record, t.RealLength, t.Class)));
        foreach (var trace in traces)
        {
            Assert.Equal(beats[trace.Row], trace.Original);
            for (var m = 0; m < 2; m++)
            {
                Assert.Equal(scores[m].Rows.WholeBeatRmse[trace.Row], trace.Methods[m].WholeBeatRmse, 1e-7);
                Assert.Equal(scores[m].Rows.GapRmse[trace.Row], trace.Methods[m].GapRmse, 1e-7);
            }

            Assert.Equal(trace.Original[0], trace.Methods[0].Recovered[0]);
            Assert.Equal(0.25f, trace.Methods[1].Recovered[0]);
            Assert.Equal(0.5f, trace.Methods[0].Recovered[100]);
        }
    }

    [Fact]
    public void A_random_gap_lies_in_the_signal_and_short_rows_are_left_out()
    {
        // Even rows have 187 samples and room for a gap of 100, odd rows have 90.
        var beats = Beats(2_000);
        using var method = new ConstantMethod("half", 0.5f, learnedFrom: []);
        var options = s_options with { Gaps = BeatGapPlan.Random(100, seed: 7) };
        var result = Evaluate("half", beats, [method], options);

        Assert.Equal((2_000, 1_000), (result.RowCount, result.RowsTooShort));
        var score = result.Methods[0];
        Assert.Equal(1_000, score.RowsWithRealSamples);
        Assert.Equal((AamiClass.N, 1_000), Assert.Single(score.ByClass.Select(c => (c.Class, c.Rows))));
        Assert.Equal(0.5, score.GapRmse.Mean);
        Assert.Equal(Math.Sqrt(100 * 0.25 / 187), score.WholeBeatRmse.Median, 1e-7);
        Assert.True(score.Rows.WholeBeatRmse.Where((_, row) => row % 2 == 1).All(float.IsNaN));
        Assert.Contains(
            result.Notes,
            note => note.StartsWith("1,000 of 2,000 rows have fewer than 102 samples of real signal", StringComparison.Ordinal));

        // Input of the method: rows sorted by their gaps.
        float[] shown = [.. method.Shown.SelectMany(part => part)];
        var starts = Enumerable.Range(0, 1_000).Select(i => Array.FindIndex(shown[(i * 187)..((i + 1) * 187)], float.IsNaN)).ToList();
        Assert.Equal(starts.Order(), starts);
        Assert.Equal(Enumerable.Range(0, 2_000).Select(row => (int?)options.Gaps.Of(beats, row)?.Start).OfType<int>().Order(), starts);
        Assert.All(Enumerable.Range(0, 1_000), i => Assert.Equal(100, shown.AsSpan(i * 187, 187).Count(float.NaN)));
    }

    [Fact]
    public void Where_no_row_has_room_for_a_random_gap_there_is_nothing_to_evaluate()
    {
        using var method = new ConstantMethod("half", 0.5f, learnedFrom: []);
        var beats = Beats(4).Select([1, 3]);
        var options = s_options with { Gaps = BeatGapPlan.Random(89, 1) };
        var error = Assert.Throws<InvalidDataException>(() => Evaluate("half", beats, [method], options));
        Assert.Equal("None of the 2 rows has the 91 samples of real signal that a random gap of 89 needs.", error.Message);
        Assert.Throws<ArgumentException>(() => BeatGapProtocol.Trace(
            beats, [1], [method], BeatGapPlan.Random(89, 1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Traces_have_the_gaps_of_the_evaluation()
    {
        var beats = Beats(60);
        using var method = new ConstantMethod("half", 0.5f, learnedFrom: []);
        var gaps = BeatGapPlan.Random(20, seed: 3);
        var score = Evaluate("half", beats, [method], s_options with { Gaps = gaps }).Methods[0];
        foreach (var trace in BeatGapProtocol.Trace(beats, [51, 4, 33], [method], gaps, TestContext.Current.CancellationToken))
        {
            Assert.Equal(gaps.Of(beats, trace.Row), trace.Gap);
            Assert.Equal(score.Rows.GapRmse[trace.Row], trace.Methods[0].GapRmse, 1e-7);
            Assert.Equal(0.5f, trace.Methods[0].Recovered[trace.Gap.Start]);
            Assert.Equal(1f, trace.Methods[0].Recovered[trace.Gap.Start - 1]);
        }
    }

    private static BeatEvaluation Evaluate(
        string model, HeartbeatSet beats, IReadOnlyList<BeatRecoveryMethod> methods, BeatGapOptions? options = null) =>
        BeatGapProtocol.Evaluate(
            model, beats, methods, options ?? s_options, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Even rows: 187 samples of 1, class N. Odd rows: 90 samples of 1, then padding, class V. Records in equal runs.</summary>
    internal static HeartbeatSet Beats(int count, params string[] records)
    {
        var samples = new float[count * HeartbeatSet.BeatLength];
        var classes = new AamiClass[count];
        for (var row = 0; row < count; row++)
        {
            samples.AsSpan(row * HeartbeatSet.BeatLength, row % 2 == 0 ? HeartbeatSet.BeatLength : 90).Fill(1);
            classes[row] = row % 2 == 0 ? AamiClass.N : AamiClass.V;
        }

        var sources = records.Length == 0 ? null
            : Enumerable.Range(0, count).Select(row => new HeartbeatSource(records[row * records.Length / count], row, "N")).ToList();
        return new HeartbeatSet(samples, classes, sources);
    }
}
