using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Records;

/// <summary>Drawing of a gap on ECG paper: what is beside it, what was recovered, and leads that survive below.</summary>
internal static class RecoveryFigure
{
    private const double RowSeconds = 10;
    private const double MaximumSeconds = 30;
    private const double MinimumBeside = 0.5;
    private const int MaximumSurvivors = 2;

    private static readonly EcgPaperScale s_scale = new(25, 10);

    /// <summary>Reads the surroundings of a gap; of one that lasts longer than half a minute, its beginning.</summary>
    /// <param name="recovered">The recording.</param>
    /// <param name="gap">The gap.</param>
    /// <param name="cancellationToken">Cancels between windows of samples.</param>
    public static EcgPaperSheet Read(RecoveredRecord recovered, ReportedGap gap, CancellationToken cancellationToken)
    {
        var record = recovered.Record;
        // Whole rows, the gap in the middle; of a long one the beginning.
        var seconds = Math.Min(MaximumSeconds, RowSeconds * Math.Ceiling((gap.Seconds + (2 * MinimumBeside)) / RowSeconds));
        var before = Math.Max(MinimumBeside, (seconds - gap.Seconds) / 2);
        var start = Math.Clamp(gap.StartSeconds - before, 0, Math.Max(0, record.DurationSeconds - seconds));
        start = Math.Floor(start * 5) / 5; // a large box
        var end = Math.Min(record.DurationSeconds, start + seconds);
        var span = new LeadSpan(gap.Number, gap.Gap.Span);
        var marks = new EcgPaperMarks
        {
            RPeaks = gap.Gap.RPeaks.ToLookup(_ => gap.Number),
            Shown = [span],
            Left = gap.Gap.IsRecovered ? [] : [span],
        };
        int[] leads = [gap.Number, .. Survivors(recovered, gap).Take(MaximumSurvivors)];
        return EcgPaperSheet.Read(record, leads, start, end, RowSeconds, s_scale, marks, cancellationToken);
    }

    /// <summary>Returns the other voltages that have measured samples through a whole gap.</summary>
    private static IEnumerable<int> Survivors(RecoveredRecord recovered, ReportedGap gap)
    {
        var record = recovered.Record;
        return RecordPlot.DefaultLeads(record)
            .OrderBy(number => Math.Abs(number - gap.Number)) // neighbours in a file are often neighbours on the body
            .Where(number => number != gap.Number && Survives(number));

        bool Survives(int number)
        {
            var lead = record.Leads[number];
            var span = new SampleSpan(LeadWindows.SampleAt(lead, gap.StartSeconds), LeadWindows.SampleAt(lead, gap.EndSeconds));
            if (!lead.IsVoltage || span.IsEmpty || (number < recovered.Gaps.Count && recovered.Gaps[number].Any(IsHere)))
                return false;
            return LeadWindows.Read(lead, span.Start, span.End, CancellationToken.None)
                .All(window => window.Values.ToArray().All(float.IsFinite));

            bool IsHere(RecoveredGap other) => !other.Span.Intersect(span).IsEmpty;
        }
    }
}
