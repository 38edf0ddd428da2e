using System.Globalization;
using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Reporting.Drawing;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Records;

/// <summary>A gap of a recovered recording, as its report describes it.</summary>
/// <param name="Number">Number of the lead, from 0.</param>
/// <param name="Lead">The lead.</param>
/// <param name="Gap">The gap.</param>
/// <param name="LeadHeight">Usual height of the lead's signal, in its unit; NaN where it has none.</param>
internal sealed record ReportedGap(int Number, EcgLead Lead, RecoveredGap Gap, double LeadHeight)
{
    // Windows of two seconds hold a beat at any usual rate; the median of some of them is not that of an artefact.
    private const double HeightWindowSeconds = 2;
    private const int MaximumHeightWindows = 200;

    /// <summary>Start, in seconds since the record's start.</summary>
    public double StartSeconds => Gap.Span.Start / Lead.SamplingFrequencyHz;

    /// <summary>End, in seconds since the record's start.</summary>
    public double EndSeconds => Gap.Span.End / Lead.SamplingFrequencyHz;

    /// <summary>Duration in seconds.</summary>
    public double Seconds => Gap.Span.Length / Lead.SamplingFrequencyHz;

    /// <summary>Width of the interval as a share of the lead's height; null without an interval.</summary>
    public double? RelativeWidth => Gap.IntervalWidth / LeadHeight is var share && double.IsFinite(share ?? double.NaN) ? share : null;

    /// <summary>Lead and time, as in <c>MLII at 0:02:13.4</c>.</summary>
    public string Place => $"{FigureText.WithoutMiddle(Lead.Name, 24)} at {TimeText.Elapsed(StartSeconds)}";

    /// <summary>Duration as text.</summary>
    public string Duration => string.Create(CultureInfo.InvariantCulture, $"{Seconds:0.###} s");

    /// <summary>Width of the interval as text, with its unit; empty without an interval.</summary>
    public string Width => Gap.IntervalWidth is { } width ? Value(width, Lead) : "";

    /// <summary>What became of the gap, as in <c>recovered</c>.</summary>
    public string Outcome => !Gap.IsRecovered ? "left missing" : Gap.Origin == SampleOrigin.Derived ? "derived" : "recovered";

    /// <summary>The R peaks as text, as in <c>2 R peaks (± 12 ms, ± 30 ms)</c>; empty where there is none.</summary>
    public string RPeaks
    {
        get
        {
            if (Gap.RPeaks.Count == 0)
                return "";
            var bounds = Gap.RPeaks
                .Where(peak => peak.WithinSeconds is not null)
                .Select(peak => string.Create(CultureInfo.InvariantCulture, $"± {1000 * peak.WithinSeconds:0} ms"))
                .ToArray();
            return $"{Gap.RPeaks.Count} R {(Gap.RPeaks.Count == 1 ? "peak" : "peaks")}"
                + (bounds.Length == 0 ? "" : $" ({string.Join(", ", bounds.Take(8))})");
        }
    }

    /// <summary>Returns the gaps of a recording: left missing first, then the least certain first, without intervals the longest.</summary>
    /// <param name="recovered">The recording.</param>
    public static IReadOnlyList<ReportedGap> Of(RecoveredRecord recovered)
    {
        return
        [
            .. recovered.Gaps
                .SelectMany(OfLead)
                .OrderBy(gap => gap.Gap.IsRecovered)
                .ThenByDescending(gap => gap.RelativeWidth ?? double.NegativeInfinity)
                .ThenByDescending(gap => gap.Seconds)
                .ThenBy(gap => gap.StartSeconds)
                .ThenBy(gap => gap.Number),
        ];

        IEnumerable<ReportedGap> OfLead(IReadOnlyList<RecoveredGap> gaps, int number)
        {
            if (gaps.Count == 0)
                return [];
            var lead = recovered.Record.Leads[number];
            var height = Height(lead);
            return gaps.Select(gap => new ReportedGap(number, lead, gap, height));
        }
    }

    /// <summary>Returns a value to three digits with the unit of a lead.</summary>
    public static string Value(double value, EcgLead lead) =>
        $"{NumberText.Value(value)} {(lead.Unit.Length == 0 ? "units" : FigureText.Shorten(lead.Unit, 8))}";

    private static double Height(EcgLead lead)
    {
        var window = new double[(int)Math.Clamp(HeightWindowSeconds * lead.SamplingFrequencyHz, 1, Math.Max(1, lead.SampleCount))];
        var count = (int)Math.Clamp(lead.SampleCount / window.Length, 1, MaximumHeightWindows);
        var heights = new List<double>();
        for (var i = 0; i < count; i++)
        {
            lead.ReadPhysicalValues((lead.SampleCount - window.Length) * i / Math.Max(1, count - 1), window);
            var values = window.Where(double.IsFinite).ToArray();
            if (values.Length > window.Length / 2)
                heights.Add(values.Max() - values.Min());
        }

        return heights.Count == 0 ? double.NaN : heights.Order().ElementAt(heights.Count / 2);
    }
}
