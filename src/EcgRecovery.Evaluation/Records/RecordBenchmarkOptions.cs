using EcgRecovery.Recovery;

namespace EcgRecovery.Evaluation.Records;

/// <summary>Options of <see cref="RecordBenchmark"/>.</summary>
internal sealed record RecordBenchmarkOptions
{
    /// <summary>Gaps of each kind in all records together that <see cref="Quick"/> asks for at least.</summary>
    public const int QuickGaps = 200;

    /// <summary>Returns these options for a short run: lengths up to 1 s at random places, the gaps spread over all records.</summary>
    /// <param name="records">Number of records.</param>
    public RecordBenchmarkOptions Quick(int records) => this with
    {
        GapSeconds = [0.05, 0.15, 0.30, 0.56, 1.0],
        Placements = [GapPlacement.Random],
        GapsPerRecord = (QuickGaps + records - 1) / records,
    };

    /// <summary>The estimate that is tested; every method has it.</summary>
    public RecoveryEstimate Estimate { get; init; }

    /// <summary>Lengths of gaps, in seconds; 0.56 s is a Bluetooth packet of a common chest strap, 73 samples at 130 Hz.</summary>
    public IReadOnlyList<double> GapSeconds { get; init; } = [0.15, 0.30, 0.56, 1.0];

    /// <summary>Where gaps lie; gaps of all lengths are cut at each.</summary>
    public IReadOnlyList<GapPlacement> Placements { get; init; } = [GapPlacement.Random];

    /// <summary>The cells: every length at every placement.</summary>
    public IReadOnlyList<GapKind> Kinds =>
        [.. Placements.SelectMany(placement => GapSeconds.Select(seconds => new GapKind(seconds, placement)))];

    /// <summary>Number of gaps of each kind in a record, at least 1.</summary>
    public int GapsPerRecord { get; init; } = 48;

    /// <summary>
    /// Whether each gap is cut by itself from the otherwise whole lead. By default all gaps of one length are missing together, if they
    /// fit.
    /// </summary>
    public bool OneAtATime { get; init; }

    /// <summary>Number of the tested lead, from 0; unused where <see cref="LeadName"/> is given.</summary>
    public int Lead { get; init; }

    /// <summary>Name of the tested lead, upper and lower case alike; null where it is chosen by its number.</summary>
    public string? LeadName { get; init; }

    /// <summary>Which leads are lost in a gap.</summary>
    public LeadLoss Loss { get; init; }

    /// <summary>Frequency to which records are resampled before gaps are cut, in Hz; null for their own.</summary>
    public double? FrequencyHz { get; init; }

    /// <summary>How much of the signal before a gap, and after it, a method looks at, in seconds.</summary>
    public double WindowSeconds { get; init; } = RecoveryOptions.DefaultWindowSeconds;

    /// <summary>
    /// Number of hidden gaps in the self-test before gaps are recovered: once for all gaps that are missing together, otherwise for each. 0
    /// for no self-test.
    /// </summary>
    public int SelfTestGaps { get; init; }

    /// <summary>Whether there is a self-test, from which gaps have intervals.</summary>
    public bool HasIntervals => SelfTestGaps > 0;

    /// <summary>Seed of the gaps' places and of the bootstrap.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Number of bootstrap resamples.</summary>
    public int BootstrapResamples { get; init; } = 2_000;

    /// <summary>Maximum number of threads. No result depends on it.</summary>
    public int Threads { get; init; } = 1;
}

/// <summary>Which leads of a recording are lost in a gap.</summary>
internal enum LeadLoss
{
    /// <summary>All: methods get the tested lead alone.</summary>
    All,

    /// <summary>The tested one: methods get the other voltages of the recording whole.</summary>
    One,
}
