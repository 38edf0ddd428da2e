using EcgRecovery.Evaluation.Splits;

namespace EcgRecovery.Evaluation.Records.Plans;

/// <summary>Options of a plan.</summary>
internal sealed record PlanOptions
{
    /// <summary>Name of the plan that <see cref="Full"/> makes.</summary>
    public const string FullName = "full";

    /// <summary>Name of the plan that <see cref="Quick"/> makes.</summary>
    public const string QuickName = "quick";

    /// <summary>Name of every other plan that is made by options.</summary>
    public const string CustomName = "custom";

    /// <summary>In <see cref="Leads"/>: all leads.</summary>
    public const string AllLeads = "all";

    /// <summary>Lengths of single gaps, in seconds; 0.56 s is a Bluetooth packet of a common chest strap, 73 samples at 130 Hz.</summary>
    public static IReadOnlyList<double> GridSeconds { get; } = [0.05, 0.15, 0.30, 0.56, 1, 2, 5, 10, 30];

    /// <summary>Lengths of single gaps where no plan and no length is chosen.</summary>
    public static IReadOnlyList<double> CustomSeconds { get; } = [0.15, 0.30, 0.56, 1];

    /// <summary>Cells of the layouts of paper.</summary>
    public static IReadOnlyList<CellKind> Layouts { get; } =
        [.. PaperLayout.Columns.Select(columns => new CellKind(PaperLayout.LostSeconds(columns), Loss: LeadLoss.Layout))];

    // Longer gaps have several waves of each kind in them, wherever they lie.
    private const double MaximumPlacedSeconds = 1;

    // Gaps of each cell in all records together, at least.
    private const int FullGaps = 240;
    private const int QuickGaps = 200;

    private static readonly double[] s_packetSeconds = [0.15, 0.30];
    private static readonly double[] s_noisySeconds = [0.30, 1];
    private static readonly double[] s_snrDb = [24, 12];

    /// <summary>Name of the plan.</summary>
    public string Name { get; init; } = CustomName;

    /// <summary>Name of the records' split.</summary>
    public string Split { get; init; } = RecordSplit.All;

    /// <summary>The cells.</summary>
    public IReadOnlyList<CellKind> Cells { get; init; } = Grid(CustomSeconds, [GapPlacement.Random], [LeadLoss.All]);

    /// <summary>Number of single gaps of each cell in a record, at least 1.</summary>
    public int GapsPerRecord { get; init; } = 48;

    /// <summary>
    /// Most of a record that the single gaps of one length may take together, as a share; fewer gaps are cut where it would be more. 1 for
    /// no limit.
    /// </summary>
    public double MaximumLostShare { get; init; } = 1;

    /// <summary>
    /// Whether each gap is cut by itself from the otherwise whole recording. By default all gaps of one cell are missing together, if they
    /// fit.
    /// </summary>
    public bool OneAtATime { get; init; }

    /// <summary>
    /// The tested leads, by name or number, or <see cref="AllLeads"/>. Null for the first lead where all are lost, the first that does not
    /// follow from others where one is, and all lost leads otherwise.
    /// </summary>
    public IReadOnlyList<string>? Leads { get; init; }

    /// <summary>Frequency to which records are resampled before gaps are cut, in Hz; null for their own.</summary>
    public double? FrequencyHz { get; init; }

    /// <summary>Seed of the places.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether cells without any gap in any record are no error: plans that are made for all recordings have such.</summary>
    public bool MayHaveEmptyCells => Name is FullName or QuickName;

    /// <summary>
    /// Returns the options of a short plan: lengths to 1 s at random places, all leads lost, the gaps spread over all records.
    /// </summary>
    /// <param name="records">Number of records.</param>
    public PlanOptions Quick(int records) => this with
    {
        Name = QuickName,
        Cells = Grid(GridSeconds.Where(seconds => seconds <= 1), [GapPlacement.Random], [LeadLoss.All]),
        GapsPerRecord = Spread(QuickGaps, records),
    };

    /// <summary>Returns the options of the whole protocol.</summary>
    /// <param name="records">Number of records.</param>
    /// <param name="hasNoise">Whether there are recordings of noise.</param>
    public PlanOptions Full(int records, bool hasNoise) => this with
    {
        Name = FullName,
        Cells =
        [
            .. Grid(GridSeconds, [GapPlacement.Random], [LeadLoss.All, LeadLoss.One, LeadLoss.AllButOne]),
            .. Grid(
                GridSeconds.Where(seconds => seconds <= MaximumPlacedSeconds),
                [GapPlacement.P, GapPlacement.Qrs, GapPlacement.T],
                [LeadLoss.All]),
            .. Layouts,
            .. Patterns([LossPattern.GilbertElliott, LossPattern.Packets, LossPattern.Real], [LeadLoss.All], withTwins: true),
            .. hasNoise ? Noisy() : [],
        ],
        GapsPerRecord = Spread(FullGaps, records),
        MaximumLostShare = 0.2,
    };

    /// <summary>Returns cells of single gaps: every length at every placement, for every loss.</summary>
    public static IReadOnlyList<CellKind> Grid(
        IEnumerable<double> seconds, IReadOnlyList<GapPlacement> placements, IReadOnlyList<LeadLoss> losses) =>
    [
        .. losses.SelectMany(loss => placements.SelectMany(placement => seconds.Select(length => new CellKind(length, placement, loss)))),
    ];

    /// <summary>Returns cells of patterns.</summary>
    /// <param name="patterns">The patterns.</param>
    /// <param name="losses">The losses.</param>
    /// <param name="withTwins">Whether each is followed by single gaps of the same lengths.</param>
    public static IEnumerable<CellKind> Patterns(IReadOnlyList<LossPattern> patterns, IReadOnlyList<LeadLoss> losses, bool withTwins)
    {
        foreach (var loss in losses)
        {
            foreach (var pattern in patterns)
            {
                foreach (var seconds in NominalSeconds(pattern))
                {
                    yield return new CellKind(seconds, Loss: loss, Pattern: pattern);
                    if (withTwins)
                        yield return new CellKind(seconds, Loss: loss) { LengthsOf = pattern };
                }
            }
        }
    }

    private static double[] NominalSeconds(LossPattern pattern) => pattern switch
    {
        LossPattern.GilbertElliott => s_packetSeconds,
        LossPattern.Packets => [PacketLoss.NominalSeconds],
        LossPattern.Real => [RealLoss.MeanSeconds],
        _ => throw new ArgumentException($"{pattern} is no pattern of several gaps.", nameof(pattern)),
    };

    private static IEnumerable<CellKind> Noisy() =>
        from kind in Enum.GetValues<Noise.NoiseKind>()
        from snr in s_snrDb
        from seconds in s_noisySeconds
        select new CellKind(seconds) { Noise = new CellNoise(kind, snr) };

    private static int Spread(int gaps, int records) => (gaps + records - 1) / records;
}
