using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Records.Plans;

/// <summary>Draws the gaps of a record.</summary>
/// <param name="options">Which.</param>
internal sealed class PlanMaker(PlanOptions options)
{
    // The lead that is most often recorded alone.
    private const string Survivor = "II";

    /// <summary>Draws the gaps of all cells in one record.</summary>
    /// <param name="record">The record.</param>
    /// <exception cref="InvalidDataException">The record has no such lead.</exception>
    public RecordPlan Make(TestedRecord record) => new(
        record.Name,
        record.SamplingFrequencyHz,
        record.SampleCount,
        [.. options.Cells.Select(kind => Cell(record, kind))]);

    private CellPlan Cell(TestedRecord record, CellKind kind)
    {
        var cell = new CellPlan([.. Cuts(record, kind).Where(cut => cut.ScoredCount > 0)]);
        if (cell.Cuts.Count > 0 || options.MayHaveEmptyCells)
            return cell;
        throw new InvalidDataException(
            kind.Placement != GapPlacement.Random && record.Leads[0].Beats is null
                ? $"Record {record.Name} has no annotated beats; expected some to place gaps by."
                : $"Record {record.Name} has no room for {kind.Group}, of {kind.Heading}; "
                    + "expected observed signal for gaps and on each side of them.");
    }

    private IReadOnlyList<GapCut> Cuts(TestedRecord record, CellKind kind) => kind.Loss switch
    {
        LeadLoss.Layout => Layout(record, kind),
        LeadLoss.AllButOne => AllButOne(record, kind),
        LeadLoss.One => One(record, kind),
        _ => [.. Gaps(record, Tested(record), kind).Select(gaps => Cut(gaps, All(record), Tested(record)))],
    };

    private IReadOnlyList<GapCut> One(TestedRecord record, CellKind kind)
    {
        int[] tested = options.Leads is null ? [NotDerived(record)] : Tested(record);
        return [.. tested.SelectMany(lead => Gaps(record, [lead], kind).Select(gaps => Cut(gaps, [lead], [lead])))];
    }

    private IReadOnlyList<GapCut> AllButOne(TestedRecord record, CellKind kind)
    {
        // Of two leads, this is the loss of one.
        if (record.Leads.Count < 3)
            return [];
        int survivor = record.Find(Survivor) is { } lead ? record.IndexOf(lead) : 0;
        int[] lost = [.. All(record).Where(other => other != survivor)];
        int[] tested = options.Leads is null ? lost : [.. Tested(record).Intersect(lost)];
        return tested.Length == 0 ? [] : [.. Gaps(record, tested, kind).Select(gaps => Cut(gaps, lost, tested))];
    }

    private IReadOnlyList<GapCut> Layout(TestedRecord record, CellKind kind)
    {
        if (PaperLayout.Gaps(record, kind.Seconds) is not { } gaps)
            return [];
        int[] tested = options.Leads is null ? All(record) : [.. Tested(record)];
        return
        [
            new GapCut(
            [
                .. gaps.Select((lost, lead) => new LostLead(
                    lead, lost, tested.Contains(lead) ? [.. lost.Where(record.Leads[lead].IsObserved)] : [])),
            ]),
        ];
    }

    /// <summary>Returns the gaps of a cell; those of one list are missing together.</summary>
    private IEnumerable<ScoredGaps> Gaps(TestedRecord record, IReadOnlyList<int> tested, CellKind kind)
    {
        TestedLead[] leads = [.. tested.Select(lead => record.Leads[lead])];
        if (kind.Pattern != LossPattern.Single)
            return Pattern(leads, kind) is { Scored.Count: > 0 } pattern ? [pattern] : [];
        var single = kind.LengthsOf is { } like
            ? SingleGaps.Draw(leads, kind, Lengths(leads, kind with { LengthsOf = null, Pattern = like }), options)
            : SingleGaps.Draw(leads, kind, options);
        return single is null ? []
            : single.AreTogether ? [new ScoredGaps(single.Gaps, single.Gaps)]
            : single.Gaps.Select(gap => new ScoredGaps([gap], [gap]));
    }

    private List<long> Lengths(TestedLead[] leads, CellKind pattern) => [.. Pattern(leads, pattern).Scored.Select(gap => gap.Length)];

    /// <summary>Returns the gaps of a pattern. Those that touch a missing sample of a tested lead cannot be scored.</summary>
    private ScoredGaps Pattern(TestedLead[] leads, CellKind kind)
    {
        var (count, frequency) = (leads[0].MilliVolts.Length, leads[0].SamplingFrequencyHz);
        var random = SingleGaps.Random(leads[0].Record, kind, options.Seed);
        IReadOnlyList<SampleSpan> gaps = kind.Pattern switch
        {
            LossPattern.GilbertElliott => GilbertElliottLoss.Gaps(count, kind.Seconds * frequency, random),
            LossPattern.Packets => PacketLoss.Gaps(count, frequency, random),
            _ => count >= RealLoss.MinimumSeconds * frequency ? RealLoss.Gaps(count) : [],
        };
        return new ScoredGaps(gaps, [.. gaps.Where(IsScored)]);

        bool IsScored(SampleSpan gap) =>
            gap.Start > 0
            && gap.End < count
            && (kind.Pattern != LossPattern.Real || RealLoss.IsScored(gap, count))
            && Array.TrueForAll(leads, lead => lead.IsObserved(new SampleSpan(gap.Start - 1, gap.End + 1)));
    }

    private static GapCut Cut(ScoredGaps gaps, IReadOnlyList<int> lost, IReadOnlyList<int> tested) =>
        new([.. lost.Select(lead => new LostLead(lead, gaps.All, tested.Contains(lead) ? gaps.Scored : []))]);

    // The first signal of a file may be none in a voltage, so that numbers begin later.
    private int[] Tested(TestedRecord record) => options.Leads is null ? [0] :
    [
        .. options.Leads.SelectMany(name => name == PlanOptions.AllLeads ? All(record)
            : record.Find(name) is { } lead ? [record.IndexOf(lead)]
            : throw new InvalidDataException(
                $"Record {record.Name} has no lead {name} with samples in a voltage; "
                    + $"expected one of {string.Join(", ", record.Leads.Select(lead => $"{lead.Number} ({lead.Name})"))}.")),
    ];

    /// <summary>Returns the first lead that does not follow exactly from others that are whole, as limb leads do.</summary>
    private static int NotDerived(TestedRecord record)
    {
        // Of two limb leads neither follows from the other.
        var limbLeads = record.Leads.Count(lead => LeadNames.LimbLead(lead.Name) is not null);
        return limbLeads < 3 ? 0 : Math.Max(0, record.Leads.ToList().FindIndex(lead => LeadNames.LimbLead(lead.Name) is null));
    }

    private static int[] All(TestedRecord record) => [.. Enumerable.Range(0, record.Leads.Count)];

    /// <summary>Gaps that are missing together, and those of them that are scored.</summary>
    private readonly record struct ScoredGaps(IReadOnlyList<SampleSpan> All, IReadOnlyList<SampleSpan> Scored);
}
