using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>The R peaks that the beats around a gap let expect inside it.</summary>
/// <remarks>
/// The three RR intervals before the last beat before the gap, the three after the first beat after it, and the time T between the two are
/// compared with every other place of the window that has n beats between two others:
/// <code>d = Σ (RRᵢ − rrᵢ)²/2 + 2·(T − t)²   in samples of 1/120 s,   weight exp(−d/h), h = the 16th smallest d</code>
/// The 60 nearest places vote for n; of those that voted with the majority, the times of the beats, stretched to T, are averaged.
/// </remarks>
/// <param name="Times">Expected R peaks, in samples of the lead from the gap's start; empty where no beat is expected.</param>
/// <param name="Spread">Mean standard deviation of the times among the places, in samples of the lead.</param>
/// <param name="Share">The majority's share of the votes, 0…1.</param>
/// <param name="Votes">What the nearest places vote for, by weight; the weights add up to 1.</param>
internal sealed record BeatForecast(double[] Times, double Spread, double Share, IReadOnlyList<BeatVote> Votes)
{
    private const int Intervals = 3;
    private const int Voters = 60;
    private const int MinimumVoters = 8;
    private const int BandwidthRank = 15;
    private const int MaximumBeats = 6;
    private const double UnitsPerSecond = 120;
    private const double ShortestInterval = 0.25 * UnitsPerSecond;

    /// <summary>Forecasts the beats inside a gap.</summary>
    /// <param name="lead">The lead with its R peaks.</param>
    /// <param name="gap">The gap.</param>
    /// <returns>Null where there are too few beats around.</returns>
    public static BeatForecast? Of(LeadSignal lead, SampleSpan gap)
    {
        var window = lead.Around(gap);
        var scale = UnitsPerSecond / lead.SamplingFrequencyHz;
        double[] beats = [.. lead.RPeaks.Where(peak => window.Contains(peak)).Select(peak => peak * scale)];
        var (start, end) = (gap.Start * scale, gap.End * scale);
        var before = beats.Count(beat => beat < start) - 1;
        var after = beats.Count(beat => beat < end);
        if (before < Intervals || after + Intervals >= beats.Length)
            return null;
        var votes = Vote(beats, before, after, start, end);
        return votes.Count < MinimumVoters ? null : Elect(votes, beats[before] - start, scale);
    }

    /// <summary>Returns how well the beats inside a match agree with the forecast, 0…1.</summary>
    /// <param name="lead">The lead with its R peaks.</param>
    /// <param name="gap">The gap.</param>
    /// <param name="match">The match.</param>
    /// <param name="sigma">Standard deviation of a beat's time, in samples of the lead.</param>
    /// <param name="floor">The least value, which a match with another number of beats gets.</param>
    public double Agreement(LeadSignal lead, SampleSpan gap, ContextMatch match, double sigma, double floor)
    {
        var start = (int)gap.Start + match.Shift;
        var length = (int)gap.Length + match.Stretch;
        var first = OrderedSearch.CountWhile(lead.RPeaks.Count, i => lead.RPeaks[i] < start);
        var sum = 0.0;
        var count = 0;
        for (var i = first; i < lead.RPeaks.Count && lead.RPeaks[i] < start + length; i++, count++)
        {
            if (count == Times.Length)
                return floor;
            var time = (lead.RPeaks[i] - start) * (double)gap.Length / length;
            sum += (time - Times[count]) * (time - Times[count]) / (sigma * sigma);
        }

        return count != Times.Length ? floor : Math.Max(floor, Math.Exp(-sum / 2));
    }

    private static List<(double Distance, double[] Times)> Vote(double[] beats, int before, int after, double start, double end)
    {
        var votes = new List<(double Distance, double[] Times)>();
        var duration = beats[after] - beats[before];
        var (lower, upper) = (start - beats[before] - 1, end - beats[before] + 1);
        var most = Math.Min((int)Math.Ceiling(duration / ShortestInterval), MaximumBeats);
        for (var n = 0; n <= most; n++)
        {
            for (var i = Intervals; i + n + 1 + Intervals < beats.Length; i++)
            {
                if (i + n + 1 > before && i < after)
                    continue;
                var (time, last) = (beats[i + n + 1] - beats[i], i + n + 1);
                var distance = 2 * (time - duration) * (time - duration);
                for (var k = 0; k < Intervals; k++)
                {
                    var left = beats[i - k] - beats[i - k - 1] - (beats[before - k] - beats[before - k - 1]);
                    var right = beats[last + k + 1] - beats[last + k] - (beats[after + k + 1] - beats[after + k]);
                    distance += ((left * left) + (right * right)) / 2;
                }

                var times = new double[n];
                for (var m = 0; m < n; m++)
                    times[m] = (beats[i + m + 1] - beats[i]) / time * duration;
                if (Array.TrueForAll(times, t => t >= lower && t < upper))
                    votes.Add((distance, times));
            }
        }

        return votes;
    }

    private static BeatForecast Elect(List<(double Distance, double[] Times)> votes, double offset, double scale)
    {
        var voters = votes.OrderBy(vote => vote.Distance).Take(Voters).ToList();
        var h = Math.Max(voters[Math.Min(BandwidthRank, voters.Count - 1)].Distance, 1e-6);
        var weights = voters.ConvertAll(vote => Math.Exp(-vote.Distance / h));
        var tally = new double[MaximumBeats + 1];
        for (var i = 0; i < voters.Count; i++)
            tally[voters[i].Times.Length] += weights[i];
        var n = Array.IndexOf(tally, tally.Max());
        var times = new double[n];
        var variances = new double[n];
        for (var m = 0; m < n; m++)
        {
            for (var i = 0; i < voters.Count; i++)
                times[m] += voters[i].Times.Length == n ? weights[i] / tally[n] * voters[i].Times[m] : 0;
            for (var i = 0; i < voters.Count; i++)
                variances[m] += voters[i].Times.Length == n ? weights[i] / tally[n] * Math.Pow(voters[i].Times[m] - times[m], 2) : 0;
        }

        return new BeatForecast(
            Array.ConvertAll(times, time => (time + offset) / scale),
            variances.Select(Math.Sqrt).DefaultIfEmpty(1).Average() / scale,
            tally[n] / tally.Sum(),
            [
                .. voters.Select((voter, i) => new BeatVote(
                    weights[i] / tally.Sum(), Array.ConvertAll(voter.Times, time => (time + offset) / scale))),
            ]);
    }
}

/// <summary>The beats that one place has where the gap is.</summary>
/// <param name="Weight">How alike the beats around are.</param>
/// <param name="Times">In samples of the lead from the gap's start.</param>
internal readonly record struct BeatVote(double Weight, double[] Times);
