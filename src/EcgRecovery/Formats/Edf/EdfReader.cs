using System.Globalization;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Edf;

/// <summary>Opens EDF and BDF files: reads header and annotations; samples are read on demand.</summary>
internal static class EdfReader
{
    // In a file without signals, annotations are counted in milliseconds.
    private const double FrequencyWithoutLeads = 1000;

    /// <summary>Opens a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is broken, and samples or times could only be guessed.</exception>
    public static EcgRecord Open(string path)
    {
        var file = new EdfFile(path);
        try
        {
            return Read(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static EcgRecord Read(EdfFile file)
    {
        var remarks = new List<string>();
        var header = EdfHeader.Read(file, remarks);
        var timeline = new EdfTimeline(file, header);
        List<EdfTal> found = [];
        if (header.Continuity != EdfContinuity.Plain)
        {
            var scan = EdfAnnotationScan.Read(file, header, timeline.KeepTime);
            found = scan.Annotations;
            if (scan.Broken > 0)
                remarks.Add($"{scan.Broken} annotation lists are broken; what can be read of them is kept.");
        }

        timeline.Remark(remarks);
        var signals = header.Signals.Where(signal => !signal.HoldsAnnotations && signal.SamplesPerRecord > 0).ToArray();
        var names = Names(signals, remarks);
        var sorted = EdfAnnotations.Sort(found, timeline.Start, names, Frequencies(header, signals));
        var leads = new EcgLead[signals.Length];
        var shift = 0m;
        for (var i = 0; i < signals.Length; i++)
        {
            leads[i] = Lead(file, header, timeline, signals[i], names[i], sorted.Missing[i], sorted.Padding[i], remarks, out var leadShift);
            shift = Math.Max(shift, leadShift - (0.5m * header.RecordSeconds / signals[i].SamplesPerRecord));
        }

        if (shift > 0)
            remarks.Add($"Data records overlap; samples lie up to {EdfTal.Seconds(shift)} s after the onset of their record.");
        var frequency = leads.Length == 0 ? FrequencyWithoutLeads : leads.Max(lead => lead.SamplingFrequencyHz);
        var (date, time) = EdfStart.Read(header, timeline.Start, remarks);
        return new EcgRecord
        {
            Name = Path.GetFileNameWithoutExtension(file.Path),
            SamplingFrequencyHz = frequency,
            Leads = leads,
            Annotations = sorted.Annotations(frequency),
            Provenance =
            [
                .. sorted.Provenance
                    .Select(span => span with { Span = span.Span.Intersect(new SampleSpan(0, leads[span.Lead].SampleCount)) })
                    .Where(span => !span.Span.IsEmpty),
            ],
            Comments = sorted.Comments,
            StartDate = date,
            StartTime = time,
            Patient = header.Patient,
            Recording = header.Recording,
            Remarks = remarks,
            Files = [file.Path],
            Source = file,
        };
    }

    private static EcgLead Lead(
        EdfFile file, EdfHeader header, EdfTimeline timeline, EdfSignal signal, string name, List<SampleSpan> missing, EdfPadding? padding,
        List<string> remarks, out decimal shift)
    {
        var runs = new List<(long Record, long Sample)>();
        var held = timeline.Lay(signal.SamplesPerRecord, runs, out shift);
        var frequency = signal.SamplesPerRecord / header.RecordSeconds;
        var count = held;
        if (padding is not null && padding.Span.Start == Math.Min(padding.Count, held)
            && padding.Count <= Math.Min(EdfTimeline.MaximumSamples, EdfTimeline.LongestSeconds * frequency))
        {
            count = padding.Count;
        }
        else if (padding is not null)
        {
            // The annotation was written for another file, of which this one is a part; it holds for this part only.
            remarks.Add(
                $"An annotation gives lead {name} {padding.Count} samples, and begins its padding at sample {padding.Span.Start}; "
                + "it is taken for missing samples.");
            missing.Add(padding.Span);
        }

        var digital = DigitalRange(signal);
        var scale = digital is (var low, var high)
            ? EdfScale.FromRange(signal.Range.PhysicalMinimum, signal.Range.PhysicalMaximum, low, high)
            : null;
        if (scale is null)
            remarks.Add($"Lead {name}: {NoRange(signal, digital is null)}");

        // A physical minimum above the maximum, in contrast, reverses the polarity, as EDF+ (2.1.3.10) allows.
        if (digital is { } range && range.Minimum > range.Maximum)
        {
            remarks.Add(
                $"Lead {name}: digital minimum {range.Minimum} is above the maximum {range.Maximum}; its scale is taken as it stands.");
        }

        if (header.Kind == EdfKind.Bdf && signal.Label == "Status")
            remarks.Add("Lead Status is BioSemi's: trigger bits, not a voltage.");
        return new EcgLead
        {
            Name = name,
            // Without a scale the values are a converter's counts.
            Unit = scale is null ? "" : signal.Unit,
            Gain = scale?.Gain ?? 1,
            AdcBaseline = scale?.Baseline ?? 0,
            IsCalibrated = scale is not null,
            AdcZero = digital is { } ends ? (int)(((long)ends.Minimum + ends.Maximum + 1) / 2) : 0,
            AdcMinimum = digital is null ? null : Math.Min(digital.Value.Minimum, digital.Value.Maximum),
            AdcMaximum = digital is null ? null : Math.Max(digital.Value.Minimum, digital.Value.Maximum),
            Transducer = signal.Transducer,
            Prefiltering = signal.Prefiltering,
            SamplingFrequencyHz = EdfScale.ToDouble(frequency),
            AdcUnits = new EdfSamples(file, header, signal, [.. runs], [.. SampleSpan.Merge(missing)], count),
            UnrecordedSpans = [.. UnrecordedSpans(runs, header.RecordCount, signal.SamplesPerRecord, count)],
        };
    }

    // Null for dummy signals, which some recorders write with digital limits that are both 0, or empty.
    private static (int Minimum, int Maximum)? DigitalRange(EdfSignal signal)
    {
        int? Number(string text) =>
            decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value == decimal.Truncate(value) && decimal.Abs(value) < int.MaxValue
                ? (int)value
                : null;
        return Number(signal.Range.DigitalMinimum) is { } minimum && Number(signal.Range.DigitalMaximum) is { } maximum
            && minimum != maximum
            ? (minimum, maximum)
            : null;
    }

    private static string NoRange(EdfSignal signal, bool isDigital)
    {
        var (kind, low, high) = isDigital
            ? ("digital", signal.Range.DigitalMinimum, signal.Range.DigitalMaximum)
            : ("physical", signal.Range.PhysicalMinimum, signal.Range.PhysicalMaximum);
        var unit = signal.Unit.Length == 0 ? "" : $", not in {InputFile.Shorten(signal.Unit)}";
        return $"{kind} minimum \"{InputFile.Shorten(low)}\" and maximum \"{InputFile.Shorten(high)}\" are no range; "
            + $"its values are the file's own{unit}.";
    }

    // The gaps between runs, and the samples behind the last data record if an annotation gives the lead more.
    private static IEnumerable<MissingSpan> UnrecordedSpans(
        List<(long Record, long Sample)> runs, long recordCount, int samplesPerRecord, long count)
    {
        for (var i = 0; i < runs.Count; i++)
        {
            var isLast = i + 1 == runs.Count;
            var end = runs[i].Sample + (((isLast ? recordCount : runs[i + 1].Record) - runs[i].Record) * samplesPerRecord);
            var next = Math.Min(isLast ? count : runs[i + 1].Sample, count);
            if (end < next)
                yield return new MissingSpan(new SampleSpan(end, next), MissingCause.TimeGap);
        }
    }

    private static decimal[] Frequencies(EdfHeader header, EdfSignal[] signals) =>
        [.. signals.Select(signal => signal.SamplesPerRecord / header.RecordSeconds)];

    // Leads are found by name, so names must differ.
    private static string[] Names(EdfSignal[] signals, List<string> remarks)
    {
        var names = new string[signals.Length];
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            var label = signals[i].Label.Length == 0 ? $"signal {i}" : signals[i].Label;
            names[i] = label;
            for (var number = 2; !taken.Add(names[i]); number++)
                names[i] = $"{label}-{number}";
            if (names[i] != signals[i].Label)
            {
                var another = signals[i].Label.Length == 0 ? "" : " as another one is";
                remarks.Add(
                    $"Signal {i} is labelled \"{InputFile.Shorten(signals[i].Label)}\"{another}; "
                    + $"the lead is named \"{InputFile.Shorten(names[i])}\".");
            }
        }

        return names;
    }
}
