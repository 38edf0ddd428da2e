using EcgRecovery.Records;
using EcgRecovery.Reporting.Drawing;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Records;

/// <summary>Drawings of a recording on ECG paper.</summary>
/// <remarks>
/// 25 mm/s and 10 mm/mV, in millimetres of paper, so that a print at 100 % can be measured with a ruler. Leads that would not fit a sheet
/// of A4 landscape below each other lie closer, if need be at half the gain. Missing and clipped samples are shaded, missing ones without
/// a line; recovered samples are blue on their interval. A drawing loads nothing and has no script; the same recording gives the same
/// bytes.
/// </remarks>
internal static class RecordPlot
{
    /// <summary>Maximum duration of the window of <see cref="Svg"/>, in seconds.</summary>
    public const double MaximumSvgSeconds = 300;

    /// <summary>Maximum duration of the window of <see cref="Page"/>, in seconds.</summary>
    public const double MaximumPageSeconds = 600;

    /// <summary>Maximum of the window's seconds times its leads.</summary>
    public const double MaximumLeadSeconds = 7200;

    /// <summary>Returns the leads drawn by default: all but those that hold the bounds of another lead (<c>II lower</c>).</summary>
    /// <param name="record">The recording.</param>
    public static IReadOnlyList<int> DefaultLeads(EcgRecord record)
    {
        var bounds = record.Leads
            .Select(record.FindBounds)
            .OfType<(EcgLead Lower, EcgLead Upper)>()
            .SelectMany(pair => new[] { pair.Lower, pair.Upper })
            .ToHashSet();
        return [.. Enumerable.Range(0, record.Leads.Count).Where(lead => !bounds.Contains(record.Leads[lead]))];
    }

    /// <summary>Draws one window as an SVG document, its rows below each other.</summary>
    /// <param name="record">The recording.</param>
    /// <param name="options">Window, leads and scale.</param>
    /// <param name="cancellationToken">Cancels between windows of samples.</param>
    /// <exception cref="ArgumentException">
    /// The window is empty or longer than <see cref="MaximumSvgSeconds"/>, a lead does not exist, or the scale is out of range.
    /// </exception>
    public static string Svg(EcgRecord record, RecordPlotOptions options, CancellationToken cancellationToken = default)
    {
        Check(record, options, MaximumSvgSeconds);
        return SvgFile.Document(Read(record, options, cancellationToken).Draw(options.ToolVersion));
    }

    /// <summary>Draws a page: overview of the recording, one window on ECG paper, tables of leads, provenance and annotations.</summary>
    /// <param name="record">The recording; every sample is read once.</param>
    /// <param name="options">Window, leads and scale.</param>
    /// <param name="progress">Receives the share of the samples that have been read.</param>
    /// <param name="cancellationToken">Cancels between windows of samples.</param>
    /// <exception cref="ArgumentException">
    /// The window is empty or longer than <see cref="MaximumPageSeconds"/>, a lead does not exist, or the scale is out of range.
    /// </exception>
    public static string Page(
        EcgRecord record, RecordPlotOptions options, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Check(record, options, MaximumPageSeconds);
        var sheet = Read(record, options, cancellationToken);
        var share = new ReadShare(options.Leads.Sum(lead => record.Leads[lead].SampleCount), progress);
        var envelopes = options.Leads
            .Select(number => LeadEnvelope.Read(
                record.Leads[number],
                [.. record.Provenance.Where(span => span.Lead == number)],
                record.DurationSeconds,
                EcgOverviewFigure.Columns,
                share,
                cancellationToken))
            .ToArray();
        return RecordPage.Write(record, options, sheet, envelopes);
    }

    private static EcgPaperSheet Read(EcgRecord record, RecordPlotOptions options, CancellationToken cancellationToken)
    {
        const double usual = 10;
        var sheet = Sheet(new EcgPaperScale(options.MillimetresPerSecond, options.MillimetresPerMilliVolt ?? usual));
        return options.MillimetresPerMilliVolt is null && sheet.Roominess < CloseStrips.MinimumShare
            ? Sheet(new EcgPaperScale(options.MillimetresPerSecond, usual / 2) { IsReduced = true })
            : sheet;

        EcgPaperSheet Sheet(EcgPaperScale scale) => EcgPaperSheet.Read(
            record,
            options.Leads,
            options.StartSeconds,
            options.EndSeconds,
            options.RowSeconds,
            scale,
            options.Marks,
            cancellationToken);
    }

    private static void Check(EcgRecord record, RecordPlotOptions options, double maximumSeconds)
    {
        var seconds = options.EndSeconds - options.StartSeconds;
        if (!(options.StartSeconds >= 0 && seconds > 0 && seconds <= maximumSeconds))
            throw Refuse($"The window lasts {seconds} s; expected more than 0, at most {maximumSeconds}.");
        if (options.Leads.Count == 0 || options.Leads.Any(lead => lead < 0 || lead >= record.Leads.Count))
            throw Refuse($"Leads to draw are {string.Join(", ", options.Leads)}; expected some of 0..{record.Leads.Count}.");
        if (seconds * options.Leads.Count > MaximumLeadSeconds)
            throw Refuse($"The window has {options.Leads.Count} leads of {seconds} s; expected at most {MaximumLeadSeconds} s in all.");
        var (speed, gain, row) = (options.MillimetresPerSecond, options.MillimetresPerMilliVolt, options.RowSeconds);
        if (!(speed is >= 1 and <= 1000 && gain is null or (>= 0.1 and <= 1000) && row >= 1))
        {
            throw Refuse($"The paper has {speed} mm/s, {gain} mm/mV and rows of {row} s; "
                + "expected 1 to 1000 mm/s, 0.1 to 1000 mm/mV and at least 1 s.");
        }

        static ArgumentException Refuse(string message) => new(message, nameof(options));
    }

    private sealed class ReadShare(long samples, IProgress<double>? progress) : IProgress<long>
    {
        private long _done;

        public void Report(long value) => progress?.Report((double)(_done += value) / samples);
    }
}
