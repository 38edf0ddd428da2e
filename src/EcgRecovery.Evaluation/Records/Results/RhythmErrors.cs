using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Scores;

namespace EcgRecovery.Evaluation.Records.Results;

/// <summary>How far heart-rate variability is from the true one: mean absolute errors over leads.</summary>
/// <param name="Leads">Number of leads in which SDNN is known.</param>
/// <param name="Sdnn">In ms; NaN where it is known in none.</param>
/// <param name="Rmssd">In ms.</param>
/// <param name="LowToHigh">Of the ratio LF/HF.</param>
/// <param name="BetterThanDropped">Number of the leads in which RMSSD is nearer to the true one than with the gaps dropped.</param>
internal sealed record RhythmErrors(int Leads, double Sdnn, double Rmssd, double LowToHigh, int BetterThanDropped)
{
    /// <summary>Summarises leads; null where there is none.</summary>
    /// <param name="rhythms">The leads.</param>
    /// <param name="choose">Returns the variability in question; null where it is not known.</param>
    public static RhythmErrors? Of(IReadOnlyList<RhythmScore> rhythms, Func<RhythmScore, HeartRateVariability?> choose)
    {
        var known = rhythms.Where(rhythm => choose(rhythm) is not null).ToList();
        return known.Count == 0
            ? null
            : new RhythmErrors(
                known.Count(rhythm => !double.IsNaN(Error(rhythm, choose, figures => figures.Sdnn))),
                Mean(figures => figures.Sdnn),
                Mean(figures => figures.Rmssd),
                Mean(figures => figures.LowToHigh),
                known.Count(rhythm => Error(rhythm, choose, figures => figures.Rmssd)
                    < Error(rhythm, other => other.Dropped, figures => figures.Rmssd)));

        double Mean(Func<HeartRateVariability, double> figure) =>
            Statistics.Mean(known.Select(rhythm => (float)Error(rhythm, choose, figure)));
    }

    private static double Error(
        RhythmScore rhythm, Func<RhythmScore, HeartRateVariability?> choose, Func<HeartRateVariability, double> figure) =>
        Math.Abs(figure(choose(rhythm)!) - figure(rhythm.Truth));
}
