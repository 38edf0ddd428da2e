using EcgRecovery.Records;
using EcgRecovery.Reporting.Drawing;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Records;

/// <summary>Draws a recording on ECG paper.</summary>
/// <remarks>
/// 25 mm a second, 10 mm a millivolt, in millimetres of paper, so that a print at 100 % can be measured with a ruler. Missing samples are shaded and left
/// open, recovered ones are blue on their interval. Nothing is loaded, no script, no style from elsewhere; the same recording gives the same bytes.
/// </remarks>
internal static class RecordPlot
{
    /// <summary>The longest window of <see cref="Svg"/>, in seconds.</summary>
    public const double MaximumSvgSeconds = 300;

    /// <summary>The longest window of <see cref="Page"/>, in seconds.</summary>
    public const double MaximumPageSeconds = 600;

    /// <summary>The most that is drawn: the window's seconds times its leads.</summary>
    public const double MaximumLeadSeconds = 7200;

    /// <summary>The leads that are drawn where none is chosen: all but those that hold the bounds of another.</summary>
    /// <param name="record">The recording.</param>
    public static IReadOnlyList<int> DefaultLeads(EcgRecord record)
    {
        var bounds = record.Leads.Select(record.FindBounds).OfType<(EcgLead Lower, EcgLead Upper)>().SelectMany(pair => new[] { pair.Lower, pair.Upper }).ToHashSet();
        return [.. Enumerable.Range(0, record.Leads.Count).Where(lead => !bounds.Contains(record.Leads[lead]))];
    }

    /// <summary>One window as an SVG document, all its rows below each other.</summary>
    /// <param name="record">The recording.</param>
    /// <param name="options">What of it, and how.</param>
    /// <param name="cancellationToken">Looked at once a window of samples.</param>
    /// <exception cref="ArgumentException">The window is empty or longer than <see cref="MaximumSvgSeconds"/>, there is no such lead, or the scale is none.</exception>
    public static string Svg(EcgRecord record, RecordPlotOptions options, CancellationToken cancellationToken = default)
    {
        Check(record, options, MaximumSvgSeconds);
        return SvgFile.Document(Read(record, options, cancellationToken).Draw(options.ToolVersion));
    }

    /// <summary>A page: the whole recording at a glance, one window on ECG paper, and what is known of the recording.</summary>
    /// <param name="record">The recording; every sample is read once.</param>
    /// <param name="options">What of it, and how.</param>
    /// <param name="progress">Is told the share of the samples that have been read.</param>
    /// <param name="cancellationToken">Looked at once a window of samples.</param>
    /// <exception cref="ArgumentException">The window is empty or longer than <see cref="MaximumPageSeconds"/>, there is no such lead, or the scale is none.</exception>
    public static string Page(EcgRecord record, RecordPlotOptions options, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
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

    private static EcgPaperSheet Read(EcgRecord record, RecordPlotOptions options, CancellationToken cancellationToken) =>
        EcgPaperSheet.Read(
            record,
            options.Leads,
            options.StartSeconds,
            options.EndSeconds,
            options.RowSeconds,
            new EcgPaperScale(options.MillimetresPerSecond, options.MillimetresPerMilliVolt),
            cancellationToken);

    private static void Check(EcgRecord record, RecordPlotOptions options, double longestSeconds)
    {
        var seconds = options.EndSeconds - options.StartSeconds;
        if (!(options.StartSeconds >= 0 && seconds > 0 && seconds <= longestSeconds))
            throw new ArgumentException($"The window lasts {seconds} s; expected more than 0, at most {longestSeconds}.", nameof(options));
        if (options.Leads.Count == 0 || options.Leads.Any(lead => lead < 0 || lead >= record.Leads.Count))
            throw new ArgumentException($"Leads {string.Join(", ", options.Leads)} were asked for; expected some of 0..{record.Leads.Count}.", nameof(options));
        if (seconds * options.Leads.Count > MaximumLeadSeconds)
            throw new ArgumentException($"{options.Leads.Count} leads of {seconds} s were asked for; expected at most {MaximumLeadSeconds} s in all.", nameof(options));
        if (!(options.MillimetresPerSecond is >= 1 and <= 1000 && options.MillimetresPerMilliVolt is >= 0.1 and <= 1000 && options.RowSeconds >= 1))
        {
            throw new ArgumentException(
                $"Paper of {options.MillimetresPerSecond} mm/s, {options.MillimetresPerMilliVolt} mm/mV and rows of {options.RowSeconds} s was asked for; "
                + "expected 1 to 1000 mm/s, 0.1 to 1000 mm/mV and at least 1 s.",
                nameof(options));
        }
    }

    private sealed class ReadShare(long samples, IProgress<double>? progress) : IProgress<long>
    {
        private long _done;

        public void Report(long value) => progress?.Report((double)(_done += value) / samples);
    }
}
