using EcgRecovery.Beats;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Evaluation.Splits;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>Protocol of the original notebook: samples of every row are set missing and recovered by every method.</summary>
/// <remarks>
/// A method whose output replaces the whole beat is scored on that output, as in the notebook; every other method after the observed
/// samples are copied back. Methods never see the truth: they get NaN in the gap.
/// </remarks>
internal static class BeatGapProtocol
{
    /// <summary>Rows passed to a method at a time: bounds memory and the delay of a cancellation.</summary>
    private const int ChunkRows = 4_096;

    /// <summary>Minimum height of a tall peak, in units of the beat's height.</summary>
    private const double MinimumTall = 0.8;

    /// <summary>Samples on each side of a tall peak that are searched for the recovered one: 42 ms.</summary>
    private const int SamplesAround = 5;

    /// <summary>Runs the protocol.</summary>
    /// <param name="model">The requested models: names, files, or <c>all</c>.</param>
    /// <param name="beats">Complete beats, at least one.</param>
    /// <param name="methods">In the order of the tables.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives a report after every chunk of rows.</param>
    /// <param name="cancellationToken">Cancels between chunks and resamples.</param>
    /// <exception cref="InvalidDataException">
    /// There is no beat, no beat with room for a random gap, a missing sample, or a method's output that is not finite.
    /// </exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
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

        // With one patient every resample would be the same.
        var unit = PatientOverlap.PatientsOf(beats) is { Count: > 1 } ? BootstrapUnit.Patient : BootstrapUnit.Row;
        var scores = MethodScores.Of(beats, methods, tests, unit, options, cancellationToken);
        var notes = BeatEvaluationNotes.Write(beats, methods, scores, unit, options);
        return new BeatEvaluation(model, beats.Count, options.Gaps, unit, scores, notes)
        {
            RowsTooShort = beats.Count - rows.Length,
            ComparedWith = scores.Any(score => score.Differences is not null) ? MethodDifferences.ComparedWith : null,
        };
    }

    /// <summary>Recovers chosen rows, for figures.</summary>
    /// <param name="beats">Complete beats.</param>
    /// <param name="rows">Rows of <paramref name="beats"/>, counted from 0.</param>
    /// <param name="methods">In the order of the figures.</param>
    /// <param name="gaps">The samples set missing, as in the evaluation.</param>
    /// <param name="cancellationToken">Cancels the recoveries.</param>
    /// <exception cref="ArgumentException">A random gap does not fit into one of the rows.</exception>
    /// <exception cref="InvalidDataException">A sample is missing, or a method's output is not finite.</exception>
    public static IReadOnlyList<BeatTrace> Trace(
        HeartbeatSet beats,
        IReadOnlyList<int> rows,
        IReadOnlyList<BeatRecoveryMethod> methods,
        BeatGapPlan gaps,
        CancellationToken cancellationToken = default)
    {
        if (rows.Count == 0)
            return [];
        Check(beats.Select(rows));
        var chosen = rows.Select(row => TestRow.Of(beats, row, gaps) ?? throw new ArgumentException(
            $"Row {row} has {beats.RealLength(row)} real samples: too few for a random gap of {gaps.Length}.", nameof(rows))).ToArray();
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
            var (number, source) = (row.Number, beats.Sources?[row.Number]);
            return new BeatTrace(number, beats.Classes[number], source, row.RealLength, row.Gap, original, [.. traces]);
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
                $"Row {at / HeartbeatSet.BeatLength}, sample {at % HeartbeatSet.BeatLength} is {beats.Samples[at]}; "
                + "evaluation needs complete beats, whose true values are known.");
        }
    }

    /// <summary>Returns the tested rows, ordered by gap: methods share work between rows of one pattern of missing samples.</summary>
    private static TestRow[] TestRows(HeartbeatSet beats, BeatGapPlan gaps)
    {
        var fitting = Enumerable.Range(0, beats.Count).Select(row => TestRow.Of(beats, row, gaps)).OfType<TestRow>();
        TestRow[] rows = [.. fitting.OrderBy(row => row.Gap.Start)];
        return rows.Length > 0 ? rows : throw new InvalidDataException(
            $"None of the {beats.Count} rows has the {gaps.MinimumRealLength} samples of real signal "
            + $"that a random gap of {gaps.Length} needs.");
    }

    private static MethodTest Test(
        HeartbeatSet beats,
        TestRow[] rows,
        BeatRecoveryMethod method,
        IProgress<BeatGapProgress>? progress,
        CancellationToken cancellationToken)
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

    /// <summary>Returns whether intervals are scored: those of a recovery, not of a raw output.</summary>
    private static bool GivesInterval(BeatRecoveryMethod method) => method.HasInterval && !method.ReplacesWholeBeat;

    private static Recovered Run(BeatRecoveryMethod method, float[] broken, TestRow[] rows, CancellationToken cancellationToken)
    {
        var output = new float[broken.Length];
        var recovered = GivesInterval(method)
            ? new Recovered(output, new float[broken.Length], new float[broken.Length])
            : new Recovered(output, null, null);
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
            var (row, sample) = (rows[at / HeartbeatSet.BeatLength].Number, at % HeartbeatSet.BeatLength);
            throw new InvalidDataException(
                $"{method.Name} recovers row {row}, sample {sample} as {output![at]}; expected a finite number.");
        }
    }

    private static ReadOnlySpan<float> Beat(float[] beats, int row) => beats.AsSpan(row * HeartbeatSet.BeatLength, HeartbeatSet.BeatLength);

    /// <summary>A method's output for some rows, [rows, 187] each; no bounds where it has no intervals.</summary>
    private sealed record Recovered(float[] Output, float[]? Lower, float[]? Upper);

    /// <summary>A tested row.</summary>
    private sealed record TestRow(int Number, SampleSpan Gap, int RealLength)
    {
        /// <summary>Returns the row, or null where a random gap does not fit into it.</summary>
        public static TestRow? Of(HeartbeatSet beats, int row, BeatGapPlan gaps) =>
            gaps.Of(beats, row) is { } gap ? new TestRow(row, gap, beats.RealLength(row)) : null;
    }
}
