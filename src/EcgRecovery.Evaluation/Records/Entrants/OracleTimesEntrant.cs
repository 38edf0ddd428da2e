using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Recovery.Records;
using EcgRecovery.Recovery.Records.Methods;
using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Evaluation.Records.Entrants;

/// <summary>
/// What the method similar could do if it knew the beats under a gap: its places are ranked by the annotated R peaks and moved to them. No
/// method, since it sees the truth, and no bound, since it knows only times.
/// </summary>
/// <remarks>
/// <code>
/// y[t] = Σ wᵢ·pᵢ[t],  wᵢ = eᵢ⁻⁶/Σ eᵢ⁻⁶      pᵢ: the places of estimate i with as many beats, moved (<see cref="PlacedEstimate.At"/>)
/// </code>
/// Only the lead itself is used, whatever survives.
/// </remarks>
/// <param name="options">The window.</param>
internal sealed class OracleTimesEntrant(RecoveryOptions options) : Entrant
{
    /// <summary>The name in tables and on the command line.</summary>
    public const string EntrantName = "oracle-times";

    // Expected beats count in gaps of all lengths.
    private static readonly ContextSettings s_settings = SimilarMethod.Settings with { BeatsFromSeconds = 0 };

    /// <inheritdoc/>
    public override string Name => EntrantName;

    /// <inheritdoc/>
    public override bool? SawAny(IReadOnlySet<string> patients) => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Estimate> Fill(
        TestedRecord record, GapCut cut, CutPlace place, int threads, CancellationToken cancellationToken)
    {
        var gaps = cut.ByLead(record.Leads.Count);
        var estimates = new List<Estimate>();
        foreach (var lost in cut.Lost.Where(lost => lost.Scored.Count > 0))
        {
            var source = record.Plan(record.Leads[lost.Lead], gaps).Source with { Others = [] };
            var lead = source.Read(new SampleSpan(0, record.SampleCount), options with { Threads = threads });
            var peaks = record.Leads[lost.Lead].RPeaks ?? [];
            var neighbours = new ContextNeighbours(s_settings, (_, gap) => Known(peaks, gap));
            var found = neighbours.Estimate(lead, [.. lost.Scored], cancellationToken);
            estimates.AddRange(lost.Scored.Select((gap, i) => new Estimate(lost.Lead, gap, Samples(lead, gap, found[i]))));
        }

        return estimates;
    }

    private static BeatForecast Known(int[] peaks, SampleSpan gap)
    {
        double[] times = [.. peaks.Where(peak => gap.Contains(peak)).Select(peak => (double)(peak - gap.Start))];
        return new BeatForecast(times, Spread: 0, Share: 1, [new BeatVote(1, times)]);
    }

    private static float[] Samples(LeadSignal lead, SampleSpan gap, ContextEstimates found)
    {
        var ranked = found.All.FindAll(estimate => estimate.Ranking == BeatRanking.Narrow);
        var estimates = ranked.Count > 0 ? ranked : found.All;
        if (estimates.Count == 0)
            return [];
        var moved = estimates.ConvertAll(
            estimate => PlacedEstimate.At(lead, gap, estimate.Places, found.Forecast!.Times) is { } samples
                ? estimate with { Samples = samples }
                : estimate);
        var mean = new float[gap.Length];
        EstimateWriter.Combine(moved, EstimateWriter.Weights(moved, s_settings.ErrorPower), mean);
        return mean;
    }
}
