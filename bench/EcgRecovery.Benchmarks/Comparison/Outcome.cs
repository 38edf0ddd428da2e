using EcgRecovery.Benchmarks.Cases;
using EcgRecovery.Benchmarks.Engines;
using EcgRecovery.Benchmarks.Timing;
using EcgRecovery.Benchmarks.Workloads;

namespace EcgRecovery.Benchmarks.Comparison;

/// <summary>The results of a contestant.</summary>
internal sealed class Outcome
{
    private readonly List<double> _milliseconds = [];

    /// <summary>Name and version; null if it never started.</summary>
    public string? Version { get; set; }

    /// <summary>The maximum errors of its values; null if it gave none.</summary>
    public ValueErrors? Errors { get; set; }

    /// <summary>The reason why it was not timed; null if it was.</summary>
    public string? Refused { get; set; }

    /// <summary>Gets the median of each round.</summary>
    public IReadOnlyList<double> Milliseconds => _milliseconds;

    /// <summary>Gets the median of the rounds; null if it was not timed.</summary>
    public double? MedianMilliseconds => Refused is null && _milliseconds.Count > 0 ? Median.Of(_milliseconds) : null;

    public void Add(double milliseconds) => _milliseconds.Add(milliseconds);
}

/// <summary>The results of a contest.</summary>
internal sealed class ContestResult(Contest contest)
{
    private readonly Dictionary<Contestant, Outcome> _outcomes =
        contest.Contestants.ToDictionary(contestant => contestant, _ => new Outcome());

    private readonly Dictionary<int, List<double>> _peaks =
        contest.Contestants.Select(contestant => contestant.Threads).Distinct().ToDictionary(threads => threads, _ => new List<double>());

    public Contest Contest => contest;

    public Workload Workload => contest.Workload;

    /// <summary>Gets the thread counts at which the peak is measured.</summary>
    public IEnumerable<int> ThreadCounts => _peaks.Keys;

    public Outcome this[Contestant contestant] => _outcomes[contestant];

    public void AddPeak(int threads, double gigaflops) => _peaks[threads].Add(gigaflops);

    /// <summary>Returns the median time of an engine; null if it is no contestant or was not timed.</summary>
    public double? Milliseconds(TimedEngine engine, int threads) =>
        _outcomes.GetValueOrDefault(new Contestant(engine, threads))?.MedianMilliseconds;

    /// <summary>Returns 10⁹ useful operations per second of an engine.</summary>
    public double? Gigaflops(TimedEngine engine, int threads) => Workload.Operations / 1e6 / Milliseconds(engine, threads);

    /// <summary>Returns useful operations as a share of the peak in the same rounds.</summary>
    public double? ShareOfPeak(TimedEngine engine, int threads) => Gigaflops(engine, threads) / Median.Of(_peaks[threads]);

    /// <summary>Returns the speed of our engine as a multiple of a rival's.</summary>
    public double? TimesAsFast(TimedEngine rival, int threads) => Milliseconds(rival, threads) / Milliseconds(OurEngine.Active, threads);
}
