using System.Globalization;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>Opens a WFDB record: header, signal files, annotations, provenance.</summary>
/// <param name="options">Options.</param>
internal sealed class WfdbOpener(WfdbReadOptions options) : IDisposable
{
    private readonly WfdbFiles _files = new();
    private readonly List<string> _remarks = [];
    private int _checksumsNotGiven;

    /// <summary>Opens a record; see <see cref="RecordFormat.Open"/>.</summary>
    /// <param name="path">The header's path, with or without <c>.hea</c>.</param>
    /// <param name="options">Options.</param>
    public static EcgRecord Open(string path, WfdbReadOptions options)
    {
        var opener = new WfdbOpener(options);
        try
        {
            return opener.Open(path);
        }
        catch
        {
            opener.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _files.Dispose();

    private EcgRecord Open(string path)
    {
        // A header may have another extension, or none.
        var isHeader = path.EndsWith(WfdbSniffer.HeaderExtension, StringComparison.OrdinalIgnoreCase)
            || (File.Exists(path) && !File.Exists(path + WfdbSniffer.HeaderExtension));
        var (basePath, headerPath) = isHeader
            ? (path[..^Path.GetExtension(path).Length], path)
            : (path, path + WfdbSniffer.HeaderExtension);
        var header = WfdbHeaderParser.Read(headerPath);
        var folder = Path.GetDirectoryName(headerPath) ?? "";
        if (header.Name != Path.GetFileName(basePath))
        {
            _remarks.Add(
                $"The header {Path.GetFileName(headerPath)} is that of record {InputFile.Shorten(header.Name)}, by its first line.");
        }

        var leads = header.Segments is null ? Leads(header, folder) : WfdbSegments.Assemble(header, folder, _files, Verify, _remarks);
        SegmentedLead.CheckLength(header.File, leads);
        RemarkCounter(header);
        RemarkStart(header.Start);
        if (_checksumsNotGiven > 0)
        {
            var has = _checksumsNotGiven == 1 ? "lead has" : "leads have";
            _remarks.Add($"{_checksumsNotGiven} {has} a checksum of 0 in the header, and another sum: taken for not given.");
        }

        var annotations = WfdbRecordAnnotations.Read(basePath, options.Annotator);
        var annotator = options.Annotator ?? WfdbRecordAnnotations.Default;
        string[] companions = [headerPath, $"{basePath}.{annotator}", $"{basePath}.{WfdbProvenance.Annotator}"];
        return new EcgRecord
        {
            Name = header.Name,
            SamplingFrequencyHz = header.FrameFrequencyHz,
            Leads = leads,
            Annotations = annotations?.InSamples(header.FrameFrequencyHz) ?? [],
            AnnotationDefinitions = annotations?.Definitions ?? [],
            Provenance = WfdbProvenance.Read(basePath, leads),
            StartDate = header.Start.Date,
            StartTime = header.Start.Time,
            Comments = header.Comments,
            Remarks = _remarks,
            Files = [.. companions.Where(File.Exists), .. _files.Paths],
            Source = _files,
        };
    }

    private void RemarkCounter(WfdbHeader header)
    {
        var frequency = header.CounterFrequencyHz ?? header.FrameFrequencyHz;
        if (frequency == header.FrameFrequencyHz && header.BaseCounter == 0)
            return;
        _remarks.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"The header's counter ({frequency} Hz, {header.BaseCounter} at sample 0) is not kept."));
    }

    private void RemarkStart(WfdbStart start)
    {
        if (start.Unclear is not { } text)
            return;
        var kept = start.Time is not null ? "only its time is kept" : start.Date is not null ? "only its date is kept" : "it is left out";
        _remarks.Add($"The header's start '{InputFile.Shorten(text)}' is not of the form HH:MM:SS[.FRACTION] [DD/MM/YYYY]; {kept}.");
    }

    private EcgLead[] Leads(WfdbHeader header, string folder)
    {
        var signals = _files.Open(folder, header);
        var own = signals.Select(signal => signal.File).OfType<WfdbSignalFile>().Distinct().ToArray();
        Verify(header, own);
        foreach (var file in own.Where(file => header.FrameCount is not null && file.FramesHeld > file.FrameCount + Padding(file)))
        {
            _remarks.Add(
                $"{Path.GetFileName(file.Path)} has room for {file.FramesHeld} samples a signal; the header's {file.FrameCount} are read.");
        }

        var frames = own.Length > 0 ? own[0].FrameCount : header.FrameCount ?? 0;
        return [.. header.Signals.Select((line, i) => Lead(header, line, signals[i].File, signals[i].Signal, frames))];
    }

    // The last packed group of a file may have room for more samples than it holds.
    private static long Padding(WfdbSignalFile file) => file.Format.GroupSamples - 1;

    private EcgLead Lead(WfdbHeader header, WfdbSignalLine line, WfdbSignalFile? file, int signal, long frames)
    {
        if (file is null)
            SegmentedLead.CheckLength(header.File, line.Description, frames, line.SamplesPerFrame);
        var count = frames * line.SamplesPerFrame;
        if (line.Skew > 0 && file is not null)
        {
            _remarks.Add(
                $"Lead {InputFile.Shorten(line.Description)} is skewed: its first {line.Skew} samples lie before the record, "
                + $"and its last {Math.Min(line.Skew, count)} are missing.");
        }

        return new EcgLead
        {
            Name = line.Description,
            Unit = line.Unit,
            Gain = line.Gain,
            IsCalibrated = line.IsCalibrated,
            AdcBaseline = line.AdcBaseline,
            AdcZero = line.AdcZero,
            AdcMinimum = line.AdcRange?.Minimum,
            AdcMaximum = line.AdcRange?.Maximum,
            SamplingFrequencyHz = header.FrameFrequencyHz * line.SamplesPerFrame,
            AdcUnits = file is null ? new NullSamples(count) : new WfdbSamples(_files.Cache, file, signal),
            UnrecordedSpans = file is null && count > 0 ? [new MissingSpan(new SampleSpan(0, count), MissingCause.NullSegment)] : [],
        };
    }

    private void Verify(WfdbHeader header, IEnumerable<WfdbSignalFile> own)
    {
        if (!options.VerifyChecksums)
            return;
        foreach (var file in own)
            _checksumsNotGiven += _files.Cache.Verify(file, header.Name, compareSums: header.FrameCount is not null);
        if (header.FrameCount is null && header.Signals.Any(signal => signal is { IsNull: false, Checksum: not null }))
            _remarks.Add("The header does not give the number of samples, so its checksums are not compared.");
    }
}
