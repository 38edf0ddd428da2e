using System.Globalization;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Formats.Edf;

/// <summary>The continuity of a file's data records.</summary>
internal enum EdfContinuity
{
    /// <summary>EDF or BDF without annotations: each record begins at the end of the one before.</summary>
    Plain,

    /// <summary>EDF+C: the same, with annotations and the first record's fraction of a second.</summary>
    Continuous,

    /// <summary>EDF+D: every record has an onset.</summary>
    Discontinuous,
}

/// <summary>The header fields of one signal.</summary>
internal sealed record EdfSignal
{
    /// <summary>Label, trimmed.</summary>
    public required string Label { get; init; }

    /// <summary>Transducer type, trimmed.</summary>
    public string Transducer { get; init; } = "";

    /// <summary>Physical dimension, trimmed.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The four numbers of the scale, trimmed: physical minimum and maximum, digital minimum and maximum.</summary>
    public required (string PhysicalMinimum, string PhysicalMaximum, string DigitalMinimum, string DigitalMaximum) Range { get; init; }

    /// <summary>Prefiltering, trimmed.</summary>
    public string Prefiltering { get; init; } = "";

    /// <summary>Samples in each data record.</summary>
    public required int SamplesPerRecord { get; init; }

    /// <summary>Offset of the signal's samples in a data record, in bytes.</summary>
    public long OffsetInRecord { get; init; }

    /// <summary>Whether the signal holds annotations instead of samples.</summary>
    public bool HoldsAnnotations { get; init; }
}

/// <summary>The header of an EDF or BDF file, checked against the file's length.</summary>
internal sealed record EdfHeader
{
    // The bytes per signal, and those before the signals.
    private const int UnitBytes = 256;

    /// <summary>EDF or BDF, from the first byte.</summary>
    public required EdfKind Kind { get; init; }

    /// <summary>Local patient identification, trimmed.</summary>
    public required string Patient { get; init; }

    /// <summary>Local recording identification, trimmed.</summary>
    public required string Recording { get; init; }

    /// <summary>Start date as written, dd.mm.yy.</summary>
    public required string StartDate { get; init; }

    /// <summary>Start time as written, hh.mm.ss.</summary>
    public required string StartTime { get; init; }

    /// <summary>Plain, EDF+C or EDF+D.</summary>
    public required EdfContinuity Continuity { get; init; }

    /// <summary>Number of whole data records that are both in the file and counted by the header.</summary>
    public required long RecordCount { get; init; }

    /// <summary>Duration of a data record in seconds; 0 in a file of annotations only.</summary>
    public required decimal RecordSeconds { get; init; }

    /// <summary>Bytes per data record.</summary>
    public required long RecordBytes { get; init; }

    /// <summary>Offset of the first data record.</summary>
    public required long DataOffset { get; init; }

    /// <summary>All signals, in the file's order.</summary>
    public required IReadOnlyList<EdfSignal> Signals { get; init; }

    /// <summary>Reads a header.</summary>
    /// <param name="file">The file.</param>
    /// <param name="remarks">Receives a sentence for each decision.</param>
    /// <exception cref="InvalidDataException">The header is broken, and samples or times could only be guessed.</exception>
    public static EdfHeader Read(EdfFile file, List<string> remarks)
    {
        if (file.Length < UnitBytes)
            throw new InvalidDataException($"{file.Path} has {file.Length} bytes; expected at least 256, the first part of an EDF header.");
        var fields = new Fields(file.Path, file.ReadAll(0, UnitBytes));
        var kind = KindOf(file.Path, fields);
        var signalCount = fields.Whole("number of signals", 252, 4);
        if (signalCount is < 1 or > 9999)
            throw new InvalidDataException($"{file.Path}: {signalCount} signals in bytes 252..256 of the header; expected 1 to 9999.");
        var headerBytes = UnitBytes * (1 + signalCount);
        if (file.Length < headerBytes)
        {
            throw new InvalidDataException(
                $"{file.Path} has {file.Length} bytes; the header of its {signalCount} signals alone takes {headerBytes}.");
        }

        var all = new Fields(file.Path, file.ReadAll(0, (int)headerBytes));
        var reserved = all.Text(192, 44);
        var signals = ReadSignals(all, kind, (int)signalCount, remarks);
        var continuity = ContinuityOf(kind, reserved, signals, remarks);
        if (continuity != EdfContinuity.Plain && !signals.Any(signal => signal.HoldsAnnotations))
        {
            remarks.Add(
                $"The header states {reserved[..5]}, and there is no signal \"{kind.AnnotationLabel}\"; "
                + "data records are taken to follow each other.");
            continuity = EdfContinuity.Plain;
        }

        var recordBytes = signals.Sum(signal => (long)signal.SamplesPerRecord * kind.BytesPerSample);
        if (recordBytes == 0)
        {
            throw new InvalidDataException(
                $"{file.Path}: its {signalCount} signals have 0 samples in each data record; expected at least one.");
        }

        var seconds = RecordDuration(all, signals);
        var stated = all.Whole("number of data records", 236, 8);
        var dataOffset = DataOffsetOf(all, headerBytes, stated, recordBytes, file.Length, remarks);
        return new EdfHeader
        {
            Kind = kind,
            Patient = all.Text(8, 80),
            Recording = all.Text(88, 80),
            StartDate = all.Text(168, 8),
            StartTime = all.Text(176, 8),
            Continuity = continuity,
            RecordCount = CountRecords(file, stated, dataOffset, recordBytes, remarks),
            RecordSeconds = seconds,
            RecordBytes = recordBytes,
            DataOffset = dataOffset,
            Signals = signals,
        };
    }

    /// <summary>Returns the kind of a file by its first bytes; null if they are no header.</summary>
    public static EdfKind? Recognize(ReadOnlySpan<byte> head)
    {
        if (head is [0xFF, .. var rest] && rest.StartsWith("BIOSEMI"u8))
            return EdfKind.Bdf;
        // A table of numbers may begin so too, but it has lines, and an EDF header has the lengths of its parts at fixed places.
        return head.Length >= UnitBytes && head.StartsWith("0       "u8) && !head[..UnitBytes].Contains((byte)'\n')
            && char.IsAsciiDigit((char)head[184]) && char.IsAsciiDigit((char)head[252])
            ? EdfKind.Edf
            : null;
    }

    private static EdfKind KindOf(string path, Fields fields)
    {
        if (fields.Bytes[0] == 0xFF && fields.Text(1, 7) == "BIOSEMI")
            return EdfKind.Bdf;
        return fields.Text(0, 8) == "0"
            ? EdfKind.Edf
            : throw new InvalidDataException(
                $"{path} begins with \"{InputFile.Shorten(fields.Text(0, 8))}\"; expected \"0\" (EDF), or 255 and \"BIOSEMI\" (BDF).");
    }

    private static EdfSignal[] ReadSignals(Fields fields, EdfKind kind, int count, List<string> remarks)
    {
        var signals = new EdfSignal[count];
        var offset = 0L;
        for (var i = 0; i < count; i++)
        {
            // The header holds all labels, then all transducers, and so on. skipped: bytes per signal of the fields before.
            string Field(int skipped, int bytes) => fields.Text(UnitBytes + (skipped * count) + (i * bytes), bytes);
            var label = Field(0, 16);
            var perRecord = fields.Whole($"number of samples of signal {i}", UnitBytes + (216 * count) + (i * 8), 8);
            if (perRecord is < 0 or > int.MaxValue)
            {
                throw new InvalidDataException(
                    $"{fields.Path}: signal {i} has {perRecord} samples in each data record; expected 0 or more.");
            }

            signals[i] = new EdfSignal
            {
                Label = label,
                Transducer = Field(16, 80),
                Unit = Field(96, 8),
                Range = (Field(104, 8), Field(112, 8), Field(120, 8), Field(128, 8)),
                Prefiltering = Field(136, 80),
                SamplesPerRecord = (int)perRecord,
                OffsetInRecord = offset,
                HoldsAnnotations = label is "EDF Annotations" or "BDF Annotations",
            };
            offset += perRecord * kind.BytesPerSample;
            if (perRecord == 0)
                remarks.Add($"Signal {i} (\"{label}\") has no samples and is left out.");
        }

        return signals;
    }

    private static EdfContinuity ContinuityOf(EdfKind kind, string reserved, EdfSignal[] signals, List<string> remarks)
    {
        if (reserved.StartsWith(kind.Name + "+C", StringComparison.Ordinal))
            return EdfContinuity.Continuous;
        if (reserved.StartsWith(kind.Name + "+D", StringComparison.Ordinal))
            return EdfContinuity.Discontinuous;
        if (!signals.Any(signal => signal.HoldsAnnotations))
            return EdfContinuity.Plain;
        remarks.Add(
            $"The header does not state {kind.Name}+, and there is a signal \"{kind.AnnotationLabel}\": it is read as annotations.");
        return EdfContinuity.Continuous;
    }

    private static decimal RecordDuration(Fields fields, EdfSignal[] signals)
    {
        var text = fields.Text(244, 8);
        if (!decimal.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) || seconds < 0)
        {
            throw new InvalidDataException(
                $"{fields.Path}: duration of a data record is \"{InputFile.Shorten(text)}\" in bytes 244..252 of the header; "
                + "expected seconds.");
        }

        if (seconds == 0 && signals.Any(signal => !signal.HoldsAnnotations && signal.SamplesPerRecord > 0))
        {
            throw new InvalidDataException(
                $"{fields.Path}: duration of a data record is 0 s, and there are signals with samples; expected more than 0.");
        }

        return seconds;
    }

    // If the header's length contradicts its number of signals, the file's length must decide.
    private static long DataOffsetOf(Fields fields, long expected, long stated, long recordBytes, long length, List<string> remarks)
    {
        var text = fields.Text(184, 8);
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) && offset == expected)
            return expected;
        if (stated > 0 && offset > expected && length - offset == stated * recordBytes)
        {
            remarks.Add(
                $"The header takes {offset} bytes by its length field, {expected} by its signals; the file's length fits {offset}.");
            return offset;
        }

        if (stated <= 0 || length - expected == stated * recordBytes)
        {
            remarks.Add(
                $"The header takes \"{InputFile.Shorten(text)}\" bytes by its length field, {expected} by its signals; "
                + $"{expected} is taken.");
            return expected;
        }

        throw new InvalidDataException(
            $"{fields.Path}: the header takes \"{InputFile.Shorten(text)}\" bytes by bytes 184..192, {expected} by its signals, "
            + "and the file's length fits neither.");
    }

    private static long CountRecords(EdfFile file, long stated, long dataOffset, long recordBytes, List<string> remarks)
    {
        var (held, rest) = Math.DivRem(file.Length - dataOffset, recordBytes);
        if (stated <= 0)
            remarks.Add($"The header does not give the number of data records ({stated}): by the file's length there are {held}.");
        else if (stated > held)
            remarks.Add($"The header counts {stated} data records, the file holds {held}: its end is missing.");
        else if (stated < held)
            remarks.Add($"The header counts {stated} data records, the file holds {held}: the last {held - stated} are not read.");
        if (rest > 0 && (stated <= 0 || stated >= held))
            remarks.Add($"The last {rest} bytes of the file are no whole data record and are not read.");
        var count = stated <= 0 ? held : Math.Min(stated, held);
        return count > 0
            ? count
            : throw new InvalidDataException(
                $"{file.Path} holds {held} whole data records of {recordBytes} bytes, and its header counts {stated}; "
                + "expected at least one.");
    }

    /// <summary>The fields of a header, by offset.</summary>
    private sealed class Fields(string path, byte[] bytes)
    {
        public string Path => path;

        public ReadOnlySpan<byte> Bytes => bytes;

        // Control characters are not allowed in a header, and could disturb a terminal.
        public string Text(int offset, int length)
        {
            var text = FileText.Decode(bytes.AsSpan(offset, length));
            return (text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text).Trim();
        }

        public long Whole(string name, int offset, int length)
        {
            var text = Text(offset, length);
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw new InvalidDataException(
                    $"{path}: {name} is \"{InputFile.Shorten(text)}\" in bytes {offset}..{offset + length} of the header; "
                    + "expected a whole number.");
        }
    }
}
