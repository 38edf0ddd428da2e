using EcgRecovery.Evaluation.Splits;
using EcgRecovery.Neural;
using EcgRecovery.Records;
using EcgRecovery.Recovery;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>The original's protocol: in every row the same samples are missing, every method recovers them, errors are counted per row.</summary>
/// <remarks>
/// A method whose output replaces the whole beat is scored on that output, as the original was; every other one after the observed samples
/// are copied back. Methods never see the truth: the gap's samples reach them as NaN.
/// </remarks>
public static class BeatGapProtocol
{
    /// <summary>Rows handed to a method at a time: bounds memory and the wait for a cancellation.</summary>
    private const int ChunkRows = 4_096;

    /// <summary>Runs the protocol.</summary>
    /// <param name="model">What was asked for: a name, a file, or <c>all</c>.</param>
    /// <param name="beats">Complete beats, at least one.</param>
    /// <param name="methods">In the order of the tables.</param>
    /// <param name="options">How to test; null for the defaults.</param>
    /// <param name="progress">Hears of every chunk.</param>
    /// <param name="cancellation">Ends it with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The gap lies outside the beat, or is empty.</exception>
    /// <exception cref="InvalidDataException">There is no beat, a sample is missing, or a method gave something that is no finite number.</exception>
    public static BeatEvaluation Evaluate(
        string model,
        HeartbeatSet beats,
        IReadOnlyList<BeatRecoveryMethod> methods,
        BeatGapOptions? options = null,
        IProgress<BeatGapProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        options ??= new BeatGapOptions();
        Check(beats, options.Gap);
        var realLengths = Enumerable.Range(0, beats.Count).Select(beats.RealLength).ToArray();
        var errors = methods.Select(method => Test(beats, realLengths, method, options.Gap, progress, cancellation)).ToList();

        // One patient leaves nothing to draw among patients.
        var unit = PatientOverlap.PatientsOf(beats) is { Count: > 1 } ? BootstrapUnit.Patient : BootstrapUnit.Row;
        var columns = errors.SelectMany(rows => new[] { rows.WholeBeatRmse, rows.GapRmse, rows.GapRmseRealSamples }).ToList();
        var intervals = Bootstrap.Intervals(columns, UnitOfRow(beats, unit), options.BootstrapResamples, options.Seed, options.Threads, cancellation);
        var scores = methods.Select((method, m) => Score(beats, method, errors[m], [.. intervals.Skip(3 * m).Take(3)])).ToList();
        var notes = BeatEvaluationNotes.Write(beats, methods, scores, unit, options);
        return new BeatEvaluation(model, beats.Count, options.Gap, unit, scores, notes);
    }

    /// <summary>The recoveries of chosen rows, for figures.</summary>
    /// <param name="beats">Complete beats.</param>
    /// <param name="rows">Rows of <paramref name="beats"/>, counted from 0.</param>
    /// <param name="methods">In the order of the figures.</param>
    /// <param name="gap">The samples set missing.</param>
    /// <param name="cancellation">Ends it with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The gap lies outside the beat, or is empty.</exception>
    /// <exception cref="InvalidDataException">A sample is missing, or a method gave something that is no finite number.</exception>
    public static IReadOnlyList<BeatTrace> Trace(
        HeartbeatSet beats, IReadOnlyList<int> rows, IReadOnlyList<BeatRecoveryMethod> methods, Gap gap, CancellationToken cancellation = default)
    {
        var chosen = beats.Select(rows);
        if (chosen.Count == 0)
            return [];
        Check(chosen, gap);
        var recovered = methods.Select(method => Run(method, Break(chosen.Samples, gap), 0, cancellation)).ToList();
        return [.. rows.Select((row, i) =>
        {
            var original = chosen[i].ToArray();
            var traces = methods.Select((method, m) =>
            {
                var output = recovered[m].AsSpan(i * HeartbeatSet.BeatLength, HeartbeatSet.BeatLength).ToArray();
                var error = GapErrors.Of(original, output, gap, chosen.RealLength(i));
                return new MethodTrace(method.Name, output, error.WholeBeatRmse, error.GapRmse);
            });
            return new BeatTrace(row, chosen.Classes[i], chosen.Sources?[i], chosen.RealLength(i), original, [.. traces]);
        })];
    }

    /// <summary>A few different rows at random, ascending: the same ones for the same seed.</summary>
    /// <param name="rowCount">N.</param>
    /// <param name="count">How many; all where there are fewer.</param>
    /// <param name="seed">Draws.</param>
    public static IReadOnlyList<int> RandomRows(int rowCount, int count, int seed)
    {
        var random = new SeededRandom((ulong)seed);
        var rows = new SortedSet<int>();
        while (rows.Count < Math.Min(count, rowCount))
            rows.Add(random.NextInt(rowCount));
        return [.. rows];
    }

    private static void Check(HeartbeatSet beats, Gap gap)
    {
        if (gap.StartSample < 0 || gap.EndSample > HeartbeatSet.BeatLength || gap.Length <= 0)
            throw new ArgumentOutOfRangeException(nameof(gap), $"Gap {gap} lies outside the beat; expected 0..{HeartbeatSet.BeatLength}.");
        if (beats.Count == 0)
            throw new InvalidDataException("There is no beat to evaluate on; expected at least 1 row.");
        var at = beats.Samples.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (at >= 0)
        {
            throw new InvalidDataException(
                $"Row {at / HeartbeatSet.BeatLength}, sample {at % HeartbeatSet.BeatLength} is {beats.Samples[at]}; evaluation needs complete beats, to know the truth.");
        }
    }

    private static RowErrors Test(
        HeartbeatSet beats, int[] realLengths, BeatRecoveryMethod method, Gap gap, IProgress<BeatGapProgress>? progress, CancellationToken cancellation)
    {
        var errors = new RowErrors(new float[beats.Count], new float[beats.Count], new float[beats.Count]);
        progress?.Report(new BeatGapProgress(method.Name, 0, beats.Count));
        for (var start = 0; start < beats.Count; start += ChunkRows)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(ChunkRows, beats.Count - start);
            var samples = beats.Samples.AsSpan(start * HeartbeatSet.BeatLength, count * HeartbeatSet.BeatLength);
            var recovered = Run(method, Break(samples, gap), start, cancellation);
            for (var i = 0; i < count; i++)
            {
                var output = recovered.AsSpan(i * HeartbeatSet.BeatLength, HeartbeatSet.BeatLength);
                var error = GapErrors.Of(beats[start + i], output, gap, realLengths[start + i]);
                errors.WholeBeatRmse[start + i] = (float)error.WholeBeatRmse;
                errors.GapRmse[start + i] = (float)error.GapRmse;
                errors.GapRmseRealSamples[start + i] = (float)error.GapRmseRealSamples;
            }

            progress?.Report(new BeatGapProgress(method.Name, start + count, beats.Count));
        }

        return errors;
    }

    private static float[] Break(ReadOnlySpan<float> samples, Gap gap)
    {
        var broken = samples.ToArray();
        for (var start = 0; start < broken.Length; start += HeartbeatSet.BeatLength)
            broken.AsSpan(start + gap.StartSample, gap.Length).Fill(float.NaN);
        return broken;
    }

    private static float[] Run(BeatRecoveryMethod method, float[] broken, int firstRow, CancellationToken cancellation)
    {
        var output = new float[broken.Length];
        if (method.ReplacesWholeBeat)
            method.Estimate(broken, output, cancellation);
        else
            method.Recover(broken, output, cancellation);
        var at = output.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (at >= 0)
        {
            throw new InvalidDataException(
                $"{method.Name} recovers row {firstRow + (at / HeartbeatSet.BeatLength)}, sample {at % HeartbeatSet.BeatLength} as {output[at]}; expected a finite number.");
        }

        return output;
    }

    private static int[] UnitOfRow(HeartbeatSet beats, BootstrapUnit unit)
    {
        if (unit == BootstrapUnit.Row || beats.Sources is not { } sources)
            return [.. Enumerable.Range(0, beats.Count)];
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. sources.Select(source =>
        {
            var patient = InterPatientSplit.Patient(source.Record);
            if (!numbers.TryGetValue(patient, out var number))
                numbers.Add(patient, number = numbers.Count);
            return number;
        })];
    }

    private static MethodScore Score(HeartbeatSet beats, BeatRecoveryMethod method, RowErrors errors, (double Low, double High)[] intervals)
    {
        var overlap = PatientOverlap.Count(beats, method.LearnedFromRecords);
        return new MethodScore(
            method.Name,
            Summarise(errors.WholeBeatRmse, intervals[0]),
            Summarise(errors.GapRmse, intervals[1]),
            Summarise(errors.GapRmseRealSamples, intervals[2]),
            errors.GapRmseRealSamples.Count(error => !float.IsNaN(error)),
            [.. Enum.GetValues<AamiClass>().Select(c => ScoreClass(c, beats, errors)).Where(score => score.Rows > 0)],
            errors,
            SawTestPatients: overlap is { } patients ? patients > 0 : null,
            ScoredOnRawOutput: method.ReplacesWholeBeat);
    }

    private static ErrorSummary Summarise(float[] errors, (double Low, double High) interval) =>
        new(Statistics.Mean(errors), Statistics.Median(errors), interval.Low, interval.High);

    private static ClassScore ScoreClass(AamiClass aamiClass, HeartbeatSet beats, RowErrors errors)
    {
        var rows = Enumerable.Range(0, beats.Count).Where(row => beats.Classes[row] == aamiClass).ToList();
        return new ClassScore(
            aamiClass,
            rows.Count,
            Statistics.Mean(rows.Select(row => errors.WholeBeatRmse[row])),
            Statistics.Mean(rows.Select(row => errors.GapRmse[row])),
            Statistics.Mean(rows.Select(row => errors.GapRmseRealSamples[row])),
            rows.Count(row => !float.IsNaN(errors.GapRmseRealSamples[row])));
    }
}
