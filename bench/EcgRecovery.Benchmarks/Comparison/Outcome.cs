using EcgRecovery.Benchmarks.Cases;
using EcgRecovery.Benchmarks.Engines;
using EcgRecovery.Benchmarks.Timing;
using EcgRecovery.Benchmarks.Workloads;

namespace EcgRecovery.Benchmarks.Comparison;

/// <summary>How a contestant fared.</summary>
internal sealed class Outcome
{
    private readonly List<double> _milliseconds = [];

    /// <summary>Name and version; null where it never started.</summary>
    public string? Version { get; set; }

    /// <summary>The worst errors of its values; null where it never gave any.</summary>
    public ValueErrors? Errors { get; set; }

    /// <summary>Why it was not timed; null where it was.</summary>
    public string? Refused { get; set; }

    /// <summary>One median a round.</summary>
    public IReadOnlyList<double> Milliseconds => _milliseconds;

    /// <summary>The median of the rounds; null where it was not timed.</summary>
    public double? MedianMilliseconds => Refused is null && _milliseconds.Count > 0 ? Median.Of(_milliseconds) : null;

    public void Add(double milliseconds) => _milliseconds.Add(milliseconds);
}

/// <summary>What came of a contest.</summary>
internal sealed class ContestResult(Contest contest)
{
    private readonly Dictionary<Contestant, Outcome> _outcomes = contest.Contestants.ToDictionary(contestant => contestant, _ => new Outcome());
    private readonly Dictionary<int, List<double>> _peaks = contest.Contestants.Select(contestant => contestant.Threads).Distinct().ToDictionary(threads => threads, _ => new List<double>());

    public Contest Contest => contest;

    public Workload Workload => contest.Workload;

    /// <summary>The thread counts for which the peak is measured beside the contestants.</summary>
    public IEnumerable<int> ThreadCounts => _peaks.Keys;

    public Outcome this[Contestant contestant] => _outcomes[contestant];

    public void AddPeak(int threads, double gigaflops) => _peaks[threads].Add(gigaflops);

    /// <summary>The median time of an engine; null where it did not take part or was not timed.</summary>
    public double? Milliseconds(TimedEngine engine, int threads) => _outcomes.GetValueOrDefault(new Contestant(engine, threads))?.MedianMilliseconds;

    /// <summary>Our 10⁹ useful operations a second.</summary>
    public double? Gigaflops(TimedEngine engine, int threads) => Workload.Operations / 1e6 / Milliseconds(engine, threads);

    /// <summary>Useful operations as a share of the peak that was measured in the same rounds.</summary>
    public double? ShareOfPeak(TimedEngine engine, int threads) => Gigaflops(engine, threads) / Median.Of(_peaks[threads]);

    /// <summary>How often as fast as a rival we are.</summary>
    public double? TimesAsFast(TimedEngine rival, int threads) => Milliseconds(rival, threads) / Milliseconds(OurEngine.Active, threads);
}
