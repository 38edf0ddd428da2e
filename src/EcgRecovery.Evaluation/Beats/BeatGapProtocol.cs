using EcgRecovery.Beats;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Evaluation.Splits;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>The original's protocol: in every row samples are missing, every method recovers them, errors are counted per row.</summary>
/// <remarks>
/// A method whose output replaces the whole beat is scored on that output, as the original was; every other one after the observed samples
/// are copied back. Methods never see the truth: the gap's samples reach them as NaN.
/// </remarks>
internal static class BeatGapProtocol
{
    /// <summary>Rows handed to a method at a time: bounds memory and the wait for a cancellation.</summary>
    private const int ChunkRows = 4_096;

    /// <summary>Minimum height of a tall peak, in units of the beat's height.</summary>
    private const double MinimumTall = 0.8;

    /// <summary>Samples on each side of a tall peak that are searched for the recovered one: 42 ms.</summary>
    private const int SamplesAround = 5;

    /// <summary>Runs the protocol.</summary>
    /// <param name="model">What was asked for: a name, a file, or <c>all</c>.</param>
    /// <param name="beats">Complete beats, at least one.</param>
    /// <param name="methods">In the order of the tables.</param>
    /// <param name="options">How to test; null for the defaults.</param>
    /// <param name="progress">Hears of every chunk.</param>
    /// <param name="cancellationToken">Ends it with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InvalidDataException">
    /// There is no beat, or none with room for a random gap; a sample is missing, or a method gave something that is no finite number.
    /// </exception>
    public static BeatEvaluation Evaluate(
        string model,
        HeartbeatSet beats,
        IReadOnlyList<BeatRecoveryMethod> methods,
        BeatGapOptions? options = null,
        IProgress<BeatGapProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new BeatGapOptions();
        Check(beats);
        var rows = TestRows(beats, options.Gaps);
        var tests = methods.Select(method => Test(beats, rows, method, progress, cancellationToken)).ToList();

        // One patient leaves nothing to draw among patients.
        var unit = PatientOverlap.PatientsOf(beats) is { Count: > 1 } ? BootstrapUnit.Patient : BootstrapUnit.Row;
        var scores = MethodScores.Of(beats, methods, tests, unit, options, cancellationToken);
        return new BeatEvaluation(model, beats.Count, options.Gaps, unit, scores, BeatEvaluationNotes.Write(beats, methods, scores, unit, options))
        {
            RowsTooShort = beats.Count - rows.Length,
            ComparedWith = scores.Any(score => score.Differences is not null) ? MethodDifferences.ComparedWith : null,
        };
    }

    /// <summary>The recoveries of chosen rows, for figures.</summary>
    /// <param name="beats">Complete beats.</param>
    /// <param name="rows">Rows of <paramref name="beats"/>, counted from 0.</param>
    /// <param name="methods">In the order of the figures.</param>
    /// <param name="gaps">The samples set missing, as in the evaluation.</param>
    /// <param name="cancellationToken">Ends it with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">A random gap does not fit into one of the rows.</exception>
    /// <exception cref="InvalidDataException">A sample is missing, or a method gave something that is no finite number.</exception>
    public static IReadOnlyList<BeatTrace> Trace(
        HeartbeatSet beats, IReadOnlyList<int> rows, IReadOnlyList<BeatRecoveryMethod> methods, BeatGapPlan gaps, CancellationToken cancellationToken = default)
    {
        if (rows.Count == 0)
            return [];
        Check(beats.Select(rows));
        var chosen = rows.Select(row => TestRow.Of(beats, row, gaps)
            ?? throw new ArgumentException($"Row {row} has {beats.RealLength(row)} real samples: too few for a random gap of {gaps.Length}.", nameof(rows))).ToArray();
        var recovered = methods.Select(method => Run(method, Break(beats, chosen), chosen, cancellationToken)).ToList();
        return [.. chosen.Select((row, i) =>
        {
            var original = beats[row.Number].ToArray();
            var traces = methods.Select((method, m) =>
            {
                var output = Beat(recovered[m].Output, i).ToArray();
                var error = GapErrors.Of(original, output, row.Gap, row.RealLength);
                return new MethodTrace(method.Name, output, error.WholeBeatRmse, error.GapRmse, error.GapRmseRealSamples)
                {
                    Lower = recovered[m].Lower is { } lower ? Beat(lower, i).ToArray() : null,
                    Upper = recovered[m].Upper is { } upper ? Beat(upper, i).ToArray() : null,
                };
            });
            return new BeatTrace(row.Number, beats.Classes[row.Number], beats.Sources?[row.Number], row.RealLength, row.Gap, original, [.. traces]);
        })];
    }

    private static void Check(HeartbeatSet beats)
    {
        if (beats.Count == 0)
            throw new InvalidDataException("There is no beat to evaluate on; expected at least 1 row.");
        var at = beats.Samples.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (at >= 0)
        {
            throw new InvalidDataException(
                $"Row {at / HeartbeatSet.BeatLength}, sample {at % HeartbeatSet.BeatLength} is {beats.Samples[at]}; evaluation needs complete beats, to know the truth.");
        }
    }

    /// <summary>The rows that lose something, those with the same gap together: methods that work by pattern share more of their work so.</summary>
    private static TestRow[] TestRows(HeartbeatSet beats, BeatGapPlan gaps)
    {
        TestRow[] rows = [.. Enumerable.Range(0, beats.Count).Select(row => TestRow.Of(beats, row, gaps)).OfType<TestRow>().OrderBy(row => row.Gap.Start)];
        return rows.Length > 0 ? rows
            : throw new InvalidDataException($"None of the {beats.Count} rows has the {gaps.MinimumRealLength} samples of real signal that a random gap of {gaps.Length} needs.");
    }

    private static MethodTest Test(
        HeartbeatSet beats, TestRow[] rows, BeatRecoveryMethod method, IProgress<BeatGapProgress>? progress, CancellationToken cancellationToken)
    {
        var test = new MethodTest(
            RowErrors.None(beats.Count),
            new AmplitudeSum(MinimumTall, SamplesAround),
            GivesInterval(method) ? new IntervalSum(beats.Count) : null);
        progress?.Report(new BeatGapProgress(method.Name, 0, rows.Length));
        var done = 0;
        foreach (var chunk in rows.Chunk(ChunkRows))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var recovered = Run(method, Break(beats, chunk), chunk, cancellationToken);
            for (var i = 0; i < chunk.Length; i++)
            {
                var row = chunk[i];
                var output = Beat(recovered.Output, i);
                var error = GapErrors.Of(beats[row.Number], output, row.Gap, row.RealLength);
                test.Errors.WholeBeatRmse[row.Number] = (float)error.WholeBeatRmse;
                test.Errors.GapRmse[row.Number] = (float)error.GapRmse;
                test.Errors.GapRmseRealSamples[row.Number] = (float)error.GapRmseRealSamples;
                var lost = RealSamples.Of(row.Gap, row.RealLength).ToRange();
                test.Amplitude.Add(beats[row.Number][lost], output[lost]);
                if (recovered is { Lower: { } lower, Upper: { } upper })
                    test.Interval?.Add(row.Number, beats[row.Number][lost], Beat(lower, i)[lost], Beat(upper, i)[lost]);
            }

            progress?.Report(new BeatGapProgress(method.Name, done += chunk.Length, rows.Length));
        }

        return test;
    }

    private static float[] Break(HeartbeatSet beats, TestRow[] rows)
    {
        var broken = new float[rows.Length * HeartbeatSet.BeatLength];
        for (var i = 0; i < rows.Length; i++)
        {
            var row = broken.AsSpan(i * HeartbeatSet.BeatLength, HeartbeatSet.BeatLength);
            beats[rows[i].Number].CopyTo(row);
            row[rows[i].Gap.ToRange()].Fill(float.NaN);
        }

        return broken;
    }

    /// <summary>What is scored on the raw output is no recovery of which an interval could speak.</summary>
    private static bool GivesInterval(BeatRecoveryMethod method) => method.HasInterval && !method.ReplacesWholeBeat;

    private static Recovered Run(BeatRecoveryMethod method, float[] broken, TestRow[] rows, CancellationToken cancellationToken)
    {
        var output = new float[broken.Length];
        var recovered = GivesInterval(method) ? new Recovered(output, new float[broken.Length], new float[broken.Length]) : new Recovered(output, null, null);
        if (recovered is { Lower: { } lower, Upper: { } upper })
            method.Recover(broken, output, lower, upper, cancellationToken);
        else if (method.ReplacesWholeBeat)
            method.Estimate(broken, output, cancellationToken);
        else
            method.Recover(broken, output, cancellationToken);
        CheckFinite(method, output, rows);
        CheckFinite(method, recovered.Lower, rows);
        CheckFinite(method, recovered.Upper, rows);
        return recovered;
    }

    private static void CheckFinite(BeatRecoveryMethod method, float[]? output, TestRow[] rows)
    {
        var at = output.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (at >= 0)
        {
            throw new InvalidDataException(
                $"{method.Name} recovers row {rows[at / HeartbeatSet.BeatLength].Number}, sample {at % HeartbeatSet.BeatLength} as {output![at]}; expected a finite number.");
        }
    }

    private static ReadOnlySpan<float> Beat(float[] beats, int row) => beats.AsSpan(row * HeartbeatSet.BeatLength, HeartbeatSet.BeatLength);

    /// <summary>A method's values of some rows, [rows, 187] each; no bounds where it gives none.</summary>
    private sealed record Recovered(float[] Output, float[]? Lower, float[]? Upper);

    /// <summary>A row that lost samples.</summary>
    private sealed record TestRow(int Number, SampleSpan Gap, int RealLength)
    {
        /// <summary>The row, or null where a random gap does not fit into it.</summary>
        public static TestRow? Of(HeartbeatSet beats, int row, BeatGapPlan gaps) =>
            gaps.Of(beats, row) is { } gap ? new TestRow(row, gap, beats.RealLength(row)) : null;
    }
}
