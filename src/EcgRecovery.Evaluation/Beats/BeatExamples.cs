using EcgRecovery.Beats;
using EcgRecovery.Recovery.Beats;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>Rank of a beat within its class, by error.</summary>
internal enum ExampleRank
{
    /// <summary>The smallest error.</summary>
    Best,

    /// <summary>The median error; the lower of the two in the middle for an even number of rows.</summary>
    Median,

    /// <summary>The largest error.</summary>
    Worst,
}

/// <summary>A beat with its rank within its class.</summary>
/// <param name="Rank">Its rank by the subject's error.</param>
/// <param name="RowsRanked">Number of ranked rows of its class.</param>
/// <param name="Beat">The beat with the recoveries of the subject and, where there is one, of the reference method.</param>
internal sealed record RankedBeat(ExampleRank Rank, int RowsRanked, BeatTrace Beat);

/// <summary>Best, median and worst beat of every class, chosen by the error of one method.</summary>
/// <param name="Subject">
/// The method whose error ranks the rows: the shipped <c>beat</c>, else the first model trained with gaps, else the first model, else the
/// method with the lowest mean error.
/// </param>
/// <param name="Reference">
/// The reference method drawn beside it: <c>locally-linear</c>, else <c>linear</c>; null where neither was tested beside the subject.
/// </param>
/// <param name="MinimumRealSamples">Rows with fewer real samples in the gap are not ranked: a gap of padding is easy.</param>
/// <param name="Beats">By class, then by rank: up to three a class; empty where no row has enough real samples in the gap.</param>
internal sealed record BeatExamples(string Subject, string? Reference, int MinimumRealSamples, IReadOnlyList<RankedBeat> Beats)
{
    private const string Flagship = "beat";
    private const int EnoughRealSamples = 10;
    private static readonly string[] s_references = ["locally-linear", "linear"];

    /// <summary>Ranks the rows of every class by the subject's error over the gap's real samples; rows of equal error by number.</summary>
    /// <param name="beats">The evaluated beats.</param>
    /// <param name="evaluation">Their errors.</param>
    /// <param name="methods">The evaluated methods.</param>
    /// <param name="cancellationToken">Cancels the recoveries.</param>
    /// <returns>Null where no method was tested.</returns>
    public static BeatExamples? Find(
        HeartbeatSet beats,
        BeatEvaluation evaluation,
        IReadOnlyList<BeatRecoveryMethod> methods,
        CancellationToken cancellationToken = default)
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
        var traces = BeatGapProtocol.Trace(beats, [.. ranked.Select(beat => beat.Row)], traced, evaluation.Gaps, cancellationToken);
        var shownBeats = ranked.Zip(traces, (beat, trace) => new RankedBeat(beat.Rank, beat.RowsRanked, trace));
        return new BeatExamples(subject.Name, reference, minimum, [.. shownBeats]);
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
