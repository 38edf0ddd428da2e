using System.Globalization;
using System.Numerics;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>Writes a recording as a WFDB record: signal file, annotations, provenance, and last the header.</summary>
internal static class WfdbWriter
{
    private const double DefaultGain = 200;

    /// <summary>Writes a recording; see <see cref="RecordFormat.Write"/>.</summary>
    public static IReadOnlyList<string> Write(
        EcgRecord record, string path, OutputGroup output, WfdbWriteOptions options, CancellationToken cancellationToken)
    {
        var basePath = BasePath(path);
        var name = Path.GetFileName(basePath);
        CheckRecordName(name);
        var format = options.SignalFormat is { } code
            ? WfdbSignalFormat.Find(code)
                ?? throw new ArgumentException(
                    $"WFDB signal format {code} is not written; expected {WfdbSignalFormat.Names}.", nameof(options))
            : null;

        var lost = new List<string>();
        var frames = WfdbFramePlan.For(record, lost);
        WfdbHeaderParser.RefuseFrequency(record.Name, frames.FrequencyHz);
        var annotationsLost = new List<string>();
        var annotations = WfdbTicks.FromRecord(record, frames.FrequencyHz, annotationsLost);
        if (IsEmpty(annotations))
            RefuseForeignAnnotations($"{basePath}.{WfdbRecordAnnotations.Default}");
        WfdbLeadPlan[] leads = [.. record.Leads.Select(lead => WfdbLeadPlan.For(lead, format, lost, cancellationToken))];
        WfdbSignalLine[] signals = [];
        if (leads.Length == 0)
        {
            output.Remove($"{basePath}.dat");
        }
        else
        {
            format ??= WfdbSignalWriter.Smallest(leads, cancellationToken);
            signals = WriteSignals(leads, frames, format, $"{name}.dat", basePath, output, lost, cancellationToken);
        }

        lost.AddRange(annotationsLost);
        if (!IsEmpty(annotations))
            lost.AddRange(annotations.WriteTo(output.Create($"{basePath}.{WfdbRecordAnnotations.Default}")));
        WriteProvenance(WfdbProvenance.Notes(record, frames.SamplesPerFrame, lost), $"{basePath}.{WfdbProvenance.Annotator}", output, lost);
        AddLosses(record, lost);

        output.WriteText($"{basePath}.hea", WfdbHeaderWriter.Write(new WfdbHeader
        {
            Name = name,
            SignalCount = leads.Length,
            FrameFrequencyHz = frames.FrequencyHz,
            FrameCount = frames.Frames,
            Start = new WfdbStart(record.StartTime, record.StartDate, Unclear: null),
            Signals = signals,
            Comments = [.. record.Comments.SelectMany(comment => comment.Split(['\r', '\n'], StringSplitOptions.TrimEntries))],
        }));
        return lost;
    }

    /// <summary>Returns the files that a record is written to.</summary>
    /// <exception cref="InvalidDataException">The name is none of a WFDB record.</exception>
    public static IReadOnlyList<string> Targets(string path)
    {
        CheckRecordName(Path.GetFileName(BasePath(path)));
        return [.. new[] { "dat", WfdbProvenance.Annotator, "hea" }.Select(extension => $"{BasePath(path)}.{extension}")];
    }

    private static string BasePath(string path) => path.EndsWith(".hea", StringComparison.OrdinalIgnoreCase) ? path[..^4] : path;

    // header(5) allows letters, digits and underscores; WFDB's library and PhysioNet's records also have hyphens. A dot would begin an
    // extension.
    private static void CheckRecordName(string name)
    {
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            throw new InvalidDataException($"'{InputFile.Shorten(name)}' is no name of a WFDB record; expected letters, digits, _ and -.");
    }

    private static WfdbSignalLine[] WriteSignals(
        WfdbLeadPlan[] leads,
        WfdbFramePlan frames,
        WfdbSignalFormat format,
        string fileName,
        string basePath,
        OutputGroup output,
        List<string> lost,
        CancellationToken cancellationToken)
    {
        var writer = new WfdbSignalWriter(leads, frames, format);
        writer.Write(output.Create($"{basePath}.dat"), cancellationToken);
        var widened = new List<string>();
        var lines = leads.Select((plan, i) =>
        {
            var lead = plan.Lead;
            if (!lead.IsCalibrated && plan.Gain != DefaultGain)
            {
                lost.Add(string.Create(
                    CultureInfo.InvariantCulture, $"That lead {lead.Name} is not calibrated: WFDB says {plan.Gain} per {plan.Unit}."));
            }

            var resolution = Resolution(lead, plan, widened);
            return new WfdbSignalLine(
                fileName, format.Code, frames.SamplesPerFrame[i], Skew: 0, ByteOffset: 0,
                plan.Gain, lead.IsCalibrated || plan.Gain != DefaultGain, plan.AdcBaseline, plan.Unit,
                resolution, lead.AdcUnits is null ? 0 : lead.AdcZero,
                writer.InitialValue(i), writer.Checksum(i), BlockSize: 0, Line(lead.Name));
        }).ToArray();
        if (widened.Count > 0)
        {
            lost.Add($"The converter's range of lead {string.Join(", ", widened.Take(4))}{(widened.Count > 4 ? ", …" : "")} "
                + "is no power of two around its zero, as WFDB's resolution in bits would have it.");
        }

        return lines;
    }

    /// <summary>Returns the bits of the converter; 0 = not known.</summary>
    private static int Resolution(EcgLead lead, WfdbLeadPlan plan, List<string> widened)
    {
        if (lead is not { AdcMinimum: { } minimum, AdcMaximum: { } maximum } || plan.AdcUnits != lead.AdcUnits)
            return 0;
        var values = (long)maximum - minimum + 1;
        if (values >= 2 && BitOperations.IsPow2(values) && lead.AdcZero == minimum + (values / 2))
            return BitOperations.Log2((ulong)values);
        widened.Add(lead.Name);
        return 0;
    }

    private static bool IsEmpty(WfdbAnnotationFile annotations) => annotations.Annotations.Count == 0 && annotations.Definitions.Count == 0;

    // An existing annotation file would be read with the record. It may be weeks of work, so it is never removed, even if files may be
    // overwritten.
    private static void RefuseForeignAnnotations(string path)
    {
        if (File.Exists(path))
        {
            throw new OutputExistsException(
                $"Output {path} exists and is not of this record, which has no annotations; "
                + "move it away, or write the record under another name.");
        }
    }

    // An earlier run's provenance does not hold for these samples.
    private static void WriteProvenance(IReadOnlyList<Annotation> notes, string path, OutputGroup output, List<string> lost)
    {
        if (notes.Count == 0)
            output.Remove(path);
        else
            lost.AddRange(new WfdbAnnotationFile { Annotations = notes }.WriteTo(output.Create(path)));
    }

    private static void AddLosses(EcgRecord record, List<string> lost)
    {
        var durations = record.Annotations.Count(annotation => annotation.DurationSeconds is not null);
        if (durations > 0)
            lost.Add($"WFDB annotations have no duration; those of {durations} annotations are left out.");
        if (record.StartDate is not null && record.StartTime is null)
            lost.Add("That the time of day at the start is not known: WFDB has no date without a time, and says 00:00:00.");
        if (record.Leads.Any(lead => lead.UnrecordedSpans.Count > 0))
            lost.Add("Spans that the file left out (null segments, time gaps) are written as missing samples.");
        if (record.Patient.Length > 0 || record.Recording.Length > 0)
            lost.Add("WFDB has no field for EDF's patient and recording identification; they are left out.");
        if (record.Leads.Any(lead => lead.Transducer.Length > 0 || lead.Prefiltering.Length > 0))
            lost.Add("WFDB has no field for transducers and prefiltering; they are left out.");
    }

    // A description ends at the end of the line.
    private static string Line(string name) => string.Concat(name.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
}
