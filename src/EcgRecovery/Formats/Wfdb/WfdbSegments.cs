using System.Globalization;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>Assembles the leads of a record from its segments.</summary>
/// <remarks>
/// Fixed layout: signal i of every segment is a part of lead i. Variable layout (the first segment has no samples): signals and leads are
/// matched by name. A lead is missing in segments without it, and a signal that the layout does not name becomes another lead, so that no
/// measured sample is lost. A signal whose unit or sampling frequency differs from its lead's becomes a lead of its own. A segment
/// whose files are absent has no samples: records of weeks are often kept in part. Source: WFDB, header(5).
/// </remarks>
internal sealed class WfdbSegments
{
    // Limit against hostile headers that repeat one large segment; weeks in intensive care have some thousands.
    private const int MaximumParts = 1_000_000;

    // Absent files that a remark names.
    private const int MaximumNames = 8;

    private readonly WfdbHeader _master;
    private readonly string _folder;
    private readonly WfdbFiles _files;
    private readonly List<SegmentedLead> _leads = [];
    private readonly Dictionary<(string Key, int Occurrence), List<SegmentedLead>> _byKey = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Segment> _segments = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _absent = new(StringComparer.Ordinal);

    private WfdbSegments(WfdbHeader master, string folder, WfdbFiles files) => (_master, _folder, _files) = (master, folder, files);

    /// <summary>Assembles the leads.</summary>
    /// <param name="master">The header that names the segments.</param>
    /// <param name="folder">The header's folder.</param>
    /// <param name="files">Receives the segments' files.</param>
    /// <param name="verify">Called once for each segment.</param>
    /// <param name="remarks">Receives a sentence for each decision.</param>
    /// <exception cref="FileNotFoundException">The files of all segments are missing.</exception>
    /// <exception cref="InvalidDataException">A segment is broken, or does not fit its record.</exception>
    public static IReadOnlyList<EcgLead> Assemble(
        WfdbHeader master, string folder, WfdbFiles files, Action<WfdbHeader, IEnumerable<WfdbSignalFile>> verify, List<string> remarks)
    {
        var assembly = new WfdbSegments(master, folder, files);
        var frames = assembly.AddAll(verify, remarks);
        return [.. assembly._leads.Select(lead => lead.Build(master.File, frames, master.FrameFrequencyHz, remarks))];
    }

    private long AddAll(Action<WfdbHeader, IEnumerable<WfdbSignalFile>> verify, List<string> remarks)
    {
        var lines = _master.Segments!;
        var isVariable = lines[0] is { FrameCount: 0, IsNull: false };
        if (isVariable && ReadHeader(lines[0].Name) is { } layout)
            AddLayout(layout, lines[0].Name);
        var frame = 0L;
        var parts = 0L;
        foreach (var line in isVariable ? lines.Skip(1) : lines)
        {
            SegmentedLead.CheckLength(_master.File, line.Name, line.FrameCount, 1);
            // At most 2³² frames per segment, and less than a million segments: the sum does not overflow.
            if (!line.IsNull && Find(line, verify) is { } segment)
            {
                parts += segment.Header.Signals.Count;
                if (parts > MaximumParts)
                {
                    throw new InvalidDataException(
                        $"{_master.File} has segments with more than {MaximumParts} signals in all; expected fewer.");
                }

                Add(segment, frame, isVariable, remarks);
            }

            frame += line.FrameCount;
        }

        RemarkAbsent(remarks);
        if (_master.FrameCount is { } stated && stated != frame)
            remarks.Add($"The header states {stated} samples; its segments have {frame}, which are read.");
        if (_leads.Count == 0 && _master.SignalCount > 0)
            remarks.Add($"The record has null segments only, so its {_master.SignalCount} signals have no names and are left out.");
        return frame;
    }

    private string PathOf(string segment) => Path.Combine(_folder, segment + ".hea");

    private void RemarkAbsent(List<string> remarks)
    {
        if (_absent.Count == 0)
            return;
        // Layouts and null segments have no files of samples.
        if (!_segments.Values.Any(segment => segment.Samples.Any(samples => samples is not null and not NullSamples)))
        {
            throw new FileNotFoundException(
                $"Input {_absent.Min} does not exist, nor do the files of any other segment of record {InputFile.Shorten(_master.Name)}.",
                _absent.Min);
        }

        var names = string.Join(", ", _absent.Take(MaximumNames).Select(path => InputFile.Shorten(Path.GetFileName(path))));
        remarks.Add(
            $"{_absent.Count} {(_absent.Count == 1 ? "file" : "files")} of the record's segments {(_absent.Count == 1 ? "is" : "are")} "
            + "absent; what is not there is missing: "
            + $"{names}{(_absent.Count > MaximumNames ? ", …" : "")}.");
    }

    // Null if the file is absent.
    private WfdbHeader? ReadHeader(string segment)
    {
        if (!File.Exists(PathOf(segment)))
        {
            _absent.Add(PathOf(segment));
            return null;
        }

        _files.Paths.Add(PathOf(segment));
        return WfdbHeaderParser.Read(PathOf(segment));
    }

    private void AddLayout(WfdbHeader layout, string name)
    {
        if (layout.Segments is not null || layout.Signals.Any(signal => !signal.IsNull))
        {
            throw new InvalidDataException(
                $"{PathOf(name)} is no layout, although its segment has no samples; expected signal files '~' and format 0.");
        }

        foreach (var (signal, key) in Keys(layout, isVariable: true))
            AddLead(key, signal);
    }

    // Null if the segment's header is absent.
    private Segment? Find(WfdbSegmentLine line, Action<WfdbHeader, IEnumerable<WfdbSignalFile>> verify)
    {
        if (!_segments.TryGetValue(line.Name, out var segment))
        {
            if (ReadHeader(line.Name) is not { } header)
                return null;
            if (header.Segments is not null)
            {
                throw new InvalidDataException(
                    $"{PathOf(line.Name)} has segments itself; expected a segment of header {_master.Name} to have signals.");
            }

            if (header.FrameFrequencyHz != _master.FrameFrequencyHz)
                throw Wrong(line, $"{header.FrameFrequencyHz} Hz", $"{_master.FrameFrequencyHz} Hz");
            header = header with { FrameCount = header.FrameCount ?? line.FrameCount };
            var signals = _files.Open(_folder, header, _absent);
            verify(header, signals.Select(signal => signal.File).OfType<WfdbSignalFile>().Distinct());
            segment = new Segment(header, [.. signals.Select((signal, i) => Samples(signal.File, signal.Signal, header, i))]);
            _segments.Add(line.Name, segment);
        }

        return segment.Header.FrameCount == line.FrameCount
            ? segment
            : throw Wrong(line, $"{segment.Header.FrameCount} samples", $"{line.FrameCount}");
    }

    // Null if the signal's file is absent.
    private ISamples<int>? Samples(WfdbSignalFile? file, int signal, WfdbHeader header, int index)
    {
        if (file is not null)
            return new WfdbSamples(_files.Cache, file, signal);
        var line = header.Signals[index];
        return line.IsNull ? new NullSamples((header.FrameCount ?? 0) * line.SamplesPerFrame) : null;
    }

    private InvalidDataException Wrong(WfdbSegmentLine line, string came, string expected) =>
        new($"{PathOf(line.Name)} has {came}; header {_master.Name} expects {expected}.");

    private void Add(Segment segment, long startFrame, bool isVariable, List<string> remarks)
    {
        if (!isVariable && segment.Header.Signals.Count != _master.SignalCount)
        {
            throw new InvalidDataException(
                $"{segment.Header.File} has {segment.Header.Signals.Count} signals; header {_master.Name} expects {_master.SignalCount}.");
        }

        var i = 0;
        foreach (var (signal, key) in Keys(segment.Header, isVariable))
        {
            var samples = segment.Samples[i++];
            // A signal without a file has no samples, but it may be the first with the lead's name.
            var lead = _byKey.TryGetValue(key, out var known) ? known.Find(candidate => candidate.Accepts(signal)) : null;
            if (lead is null)
            {
                lead = AddLead(key, signal);
                if (known is not null)
                {
                    remarks.Add(
                        $"{Place(signal, segment)} has another unit or frequency than in the segments before; "
                        + $"it is lead {InputFile.Shorten(lead.Name)}.");
                }
                else if (isVariable)
                {
                    remarks.Add($"{Place(signal, segment)} is not in the record's layout; it is a lead of its own.");
                }
            }

            if (!signal.IsNull && samples is not null)
                lead.Add(startFrame, samples, signal);
        }
    }

    private static string Place(WfdbSignalLine signal, Segment segment) =>
        $"Signal {InputFile.Shorten(signal.Description)} of segment {segment.Header.Name}";

    private SegmentedLead AddLead((string Key, int Occurrence) key, WfdbSignalLine signal)
    {
        var name = signal.Description;
        if (_names.Contains(name) && _byKey.ContainsKey(key))
        {
            name = string.Create(
                CultureInfo.InvariantCulture, $"{name} ({signal.Unit}, {_master.FrameFrequencyHz * signal.SamplesPerFrame} Hz)");
        }

        _names.Add(name);
        var lead = new SegmentedLead(name, signal);
        _leads.Add(lead);
        if (!_byKey.TryGetValue(key, out var list))
            _byKey[key] = list = [];
        list.Add(lead);
        return lead;
    }

    // Signals of the same name in a segment are distinguished by their order.
    private static IEnumerable<(WfdbSignalLine Signal, (string Key, int Occurrence) Key)> Keys(WfdbHeader header, bool isVariable)
    {
        var occurrences = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < header.Signals.Count; i++)
        {
            var name = isVariable ? header.Signals[i].Description : i.ToString(CultureInfo.InvariantCulture);
            occurrences[name] = occurrences.GetValueOrDefault(name) + 1;
            yield return (header.Signals[i], (name, occurrences[name]));
        }
    }

    private sealed record Segment(WfdbHeader Header, IReadOnlyList<ISamples<int>?> Samples);
}
