using EcgRecovery.Beats;
using EcgRecovery.Recovery.Beats;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>Where a beat stands among those of its class.</summary>
internal enum ExampleRank
{
    /// <summary>The smallest error.</summary>
    Best,

    /// <summary>The median error; of an even number of rows the lower one in the middle.</summary>
    Median,

    /// <summary>The largest error.</summary>
    Worst,
}

/// <summary>A beat that stands for its class.</summary>
/// <param name="Rank">Where it stands, by the subject's error.</param>
/// <param name="RowsRanked">How many rows of its class were ranked.</param>
/// <param name="Beat">The beat with the recoveries of the subject and then, where there is one, of the reference method.</param>
internal sealed record RankedBeat(ExampleRank Rank, int RowsRanked, BeatTrace Beat);

/// <summary>For every class the beats that one method recovers best, as the median and worst: chosen by their errors, not by eye.</summary>
/// <param name="Subject">
/// The method that ranks them: the shipped <c>beat</c>, else the first model trained with gaps, else the first model, else the method with
/// the lowest mean error.
/// </param>
/// <param name="Reference">The reference method beside it: <c>locally-linear</c>, else <c>linear</c>; null where neither was tested, or is the subject.</param>
/// <param name="MinimumRealSamples">Rows with fewer samples of real signal in the gap were not ranked: a gap of padding is easy.</param>
/// <param name="Beats">By class, then by rank; three a class, fewer where it has fewer rows; empty where no row loses enough.</param>
internal sealed record BeatExamples(string Subject, string? Reference, int MinimumRealSamples, IReadOnlyList<RankedBeat> Beats)
{
    private const string Flagship = "beat";
    private const int EnoughRealSamples = 10;
    private static readonly string[] s_references = ["locally-linear", "linear"];

    /// <summary>Ranks the rows of every class by the subject's error over the gap's real samples, the earlier row first where they are equal.</summary>
    /// <param name="beats">The beats that were evaluated.</param>
    /// <param name="evaluation">Their errors.</param>
    /// <param name="methods">The methods that were evaluated.</param>
    /// <param name="cancellationToken">Ends it with <see cref="OperationCanceledException"/>.</param>
    /// <returns>Null where no method was tested.</returns>
    public static BeatExamples? Find(
        HeartbeatSet beats, BeatEvaluation evaluation, IReadOnlyList<BeatRecoveryMethod> methods, CancellationToken cancellationToken = default)
    {
        if (SubjectOf(evaluation.Methods) is not { } subject)
            return null;
        var reference = s_references.FirstOrDefault(name => name != subject.Name && evaluation.Methods.Any(method => method.Name == name));
        var minimum = Math.Min(EnoughRealSamples, evaluation.Gaps.Length);
        var ranked = Enumerable.Range(0, beats.Count)
            .Where(row => evaluation.Gaps.Of(beats, row) is { } gap && RealSamples.Of(gap, beats.RealLength(row)).Length >= minimum)
            .GroupBy(row => beats.Classes[row])
            .OrderBy(rows => rows.Key)
            .SelectMany(rows => Choose([.. rows.OrderBy(row => subject.Rows.GapRmseRealSamples[row]).ThenBy(row => row)]))
            .ToList();
        string?[] shown = [subject.Name, reference];
        var traced = shown.OfType<string>().Select(name => methods.First(method => method.Name == name)).ToList();
        var traces = BeatGapProtocol.Trace(beats, [.. ranked.Select(example => example.Row)], traced, evaluation.Gaps, cancellationToken);
        return new BeatExamples(subject.Name, reference, minimum, [.. ranked.Zip(traces, (example, trace) => new RankedBeat(example.Rank, example.RowsRanked, trace))]);
    }

    private static MethodScore? SubjectOf(IReadOnlyList<MethodScore> methods)
    {
        var trained = methods.Where(method => !RecoveryMethods.IsReference(method.Name)).ToList();
        return trained.Find(method => method.Name == Flagship)
            ?? trained.Find(method => !method.ScoredOnRawOutput)
            ?? trained.FirstOrDefault()
            ?? methods.MinBy(method => method.GapRmseRealSamples.Mean);
    }

    private static IEnumerable<(ExampleRank Rank, int RowsRanked, int Row)> Choose(int[] rows)
    {
        yield return (ExampleRank.Best, rows.Length, rows[0]);
        if (rows.Length > 2)
            yield return (ExampleRank.Median, rows.Length, rows[(rows.Length - 1) / 2]);
        if (rows.Length > 1)
            yield return (ExampleRank.Worst, rows.Length, rows[^1]);
    }
}
