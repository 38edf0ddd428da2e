using System.Globalization;
using EcgRecovery.Formats.Csv.Cells;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Csv;

/// <summary>
/// Writes recordings as CSV: rows of a time and the leads' physical values, with empty cells for missing samples. See docs/csv.md.
/// </summary>
internal sealed class CsvRecordWriter
{
    // Cells of all leads that are read at once.
    private const int CellsOfWindow = 1 << 20;

    private readonly EcgRecord _record;
    private readonly CsvCellWriter _cells;
    private readonly CsvTimeWriter? _times;
    private readonly bool _isRecoverable;
    private readonly byte[] _missing;
    private readonly Column[] _columns;
    private readonly IReadOnlyList<SampleSpan> _gaps;

    private CsvRecordWriter(EcgRecord record, Stream output, CsvDialect dialect, bool withTime)
    {
        _record = record;
        _cells = new CsvCellWriter(output, dialect);
        _columns = [.. record.Leads.Select((lead, i) => new Column(lead, i, record, _cells))];
        // Without times, a reader could not see that rows are left out.
        _gaps = withTime ? Gaps(record) : [];
        if (withTime)
            _times = CsvTimeWriter.Create(record.SamplingFrequencyHz, FirstSamples(), out _isRecoverable);
        // Between blanks an empty cell would vanish, and alone in its row it would make an empty line.
        _missing = dialect.Delimiter == ' ' || (!withTime && _columns is [{ HasOrigin: false }]) ? "NaN"u8.ToArray() : [];
    }

    /// <summary>Writes a recording.</summary>
    /// <inheritdoc cref="RecordFormat.Write"/>
    public static IReadOnlyList<string> Write(
        EcgRecord record, string path, OutputGroup output, CsvWriteOptions options, CancellationToken cancellationToken)
    {
        RefuseLeads(record);
        // Leads that were chosen from among faster ones may all be slower than the record; the rows then have their frequency.
        record = new EcgRecord(record) { SamplingFrequencyHz = record.Leads[0].SamplingFrequencyHz };
        if (options.Time && record.SamplingFrequencyHz > CsvRecordReader.HighestFrequencyHz)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"Record {record.Name} has {record.SamplingFrequencyHz} Hz; ")
                + $"expected at most {CsvRecordReader.HighestFrequencyHz} Hz beside a column of times.");
        }

        var writer = new CsvRecordWriter(record, output.Create(path), Dialect(path, options), options.Time);
        writer.WriteHeader();
        writer.WriteRows(cancellationToken);
        return [.. writer.Lost()];
    }

    /// <summary>Throws where a row cannot hold a sample of each lead.</summary>
    /// <exception cref="InvalidDataException">There is no lead, or the leads differ in frequency.</exception>
    public static void RefuseLeads(EcgRecord record)
    {
        if (record.Leads.Count == 0)
            throw new InvalidDataException($"Record {record.Name} has no leads; expected one at least.");
        var frequency = record.Leads[0].SamplingFrequencyHz;
        if (record.Leads.FirstOrDefault(lead => lead.SamplingFrequencyHz != frequency) is { } other)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"Lead {other.Name} has {other.SamplingFrequencyHz} Hz, others {frequency} Hz; ")
                + "a row of CSV has a sample of each. Resample them.");
        }
    }

    private static CsvDialect Dialect(string path, CsvWriteOptions options)
    {
        if (options.DecimalPoint is not ('.' or ','))
            throw new ArgumentException($"Decimal point '{options.DecimalPoint}'; expected . or ,.", nameof(options));
        var delimiter = (options.Delimiter, options.DecimalPoint) switch
        {
            (',', _) when path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) => '\t',
            (',', ',') => ';',
            _ => options.Delimiter,
        };
        return ",;\t| ".Contains(delimiter, StringComparison.Ordinal)
            ? new CsvDialect((byte)delimiter, (byte)options.DecimalPoint)
            : throw new ArgumentException($"Delimiter '{delimiter}'; expected , ; | a tab or a blank.", nameof(options));
    }

    private void WriteHeader()
    {
        if (_times is not null)
            _cells.Text(TimeHeading());
        foreach (var column in _columns)
        {
            _cells.Text(CsvHeading.Write(column.Lead.Name, column.Lead.Unit));
            if (column.HasOrigin)
                _cells.Text(column.Lead.Name + CsvHeading.OriginSuffix);
        }

        _cells.EndRow();
    }

    private string TimeHeading() => (_record.StartDate, _record.StartTime) switch
    {
        ({ } date, { } time) => string.Create(CultureInfo.InvariantCulture, $"time (s since {date:yyyy-MM-dd}T{time:HH:mm:ss.FFFFFFF})"),
        (null, { } time) => string.Create(CultureInfo.InvariantCulture, $"time (s since {time:HH:mm:ss.FFFFFFF})"),
        _ => "time (s)",
    };

    private void WriteRows(CancellationToken cancellationToken)
    {
        var window = Math.Clamp(CellsOfWindow / _columns.Length, 64, SampleWindow.Length);
        foreach (var span in WrittenSpans())
        {
            for (var start = span.Start; start < span.End; start += window)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var count = (int)Math.Min(window, span.End - start);
                foreach (var column in _columns)
                    column.Read(start, count);
                for (var t = 0; t < count; t++)
                    WriteRow(start + t, t);
            }
        }

        _cells.Flush();
    }

    private void WriteRow(long sample, int t)
    {
        if (_times is not null)
            _cells.Time(_times, sample);
        foreach (var column in _columns)
        {
            var isMissing = !column.Write(t, _cells);
            if (isMissing)
                _cells.Encoded(_missing);
            if (column.HasOrigin)
                _cells.Text(column.Origin(sample, isMissing));
        }

        _cells.EndRow();
    }

    /// <summary>Returns the spans of samples that are written: those between the gaps.</summary>
    private IEnumerable<SampleSpan> WrittenSpans()
    {
        var start = 0L;
        foreach (var gap in _gaps)
        {
            yield return new SampleSpan(start, gap.Start);
            start = gap.End;
        }

        yield return new SampleSpan(start, _columns.Max(column => column.Lead.SampleCount));
    }

    private long[] FirstSamples()
    {
        var samples = new List<long>();
        foreach (var span in WrittenSpans())
        {
            for (var sample = span.Start; sample < span.End && samples.Count < CsvFrequency.RowsLookedAt; sample++)
                samples.Add(sample);
        }

        return [.. samples];
    }

    /// <summary>Returns the time gaps that all leads share, without the first row, where times begin, and the last.</summary>
    private static IReadOnlyList<SampleSpan> Gaps(EcgRecord record)
    {
        IReadOnlyList<SampleSpan> shared = [new SampleSpan(1, record.Leads.Max(lead => lead.SampleCount) - 1)];
        foreach (var lead in record.Leads)
        {
            shared = SampleSpan.Intersect(
                shared, [.. lead.UnrecordedSpans.Where(span => span.Cause == MissingCause.TimeGap).Select(span => span.Span)]);
        }

        return shared;
    }

    private IEnumerable<string> Lost()
    {
        var count = _columns.Max(column => column.Lead.SampleCount);
        var frequency = _record.SamplingFrequencyHz.ToString(CultureInfo.InvariantCulture);
        if (_times is null)
            yield return $"The sampling frequency, {frequency} Hz, is not kept: there is no time column.";
        else if (!_isRecoverable)
            yield return $"The sampling frequency, {frequency} Hz, cannot be told from the times of its rows: "
                + "give it when the file is read.";
        if (_record is { StartDate: not null, StartTime: null } or { StartTime: not null } && (_times is null || _record.StartTime is null))
            yield return "The start of the recording is not kept.";
        for (var i = 0; i < _record.Leads.Count; i++)
        {
            var lead = _record.Leads[i];
            if (lead.AdcUnits is not null && (lead.AdcBaseline != 0 || !IsPowerOfTen(lead.Gain)))
            {
                yield return string.Create(CultureInfo.InvariantCulture,
                    $"The converter's gain {lead.Gain} and baseline {lead.AdcBaseline} of lead {lead.Name} are not kept: the values are.");
            }

            if (lead.SampleCount < count)
                yield return $"Lead {lead.Name} ends {count - lead.SampleCount} samples before the longest: they are written as missing.";
            if (_columns[i].Infinite is > 0 and var infinite)
                yield return $"{infinite} infinite values of lead {lead.Name} are not kept: they are written as missing.";
            if (lead.Transducer.Length > 0 || lead.Prefiltering.Length > 0)
                yield return $"The transducer and the filters of lead {lead.Name} are not kept.";
        }

        if (_record.Annotations.Count > 0)
            yield return $"{_record.Annotations.Count} annotations are not kept.";
        if (_record.Comments.Count > 0 || _record.Patient.Length > 0 || _record.Recording.Length > 0)
            yield return "What the recording says in words (comments, patient, recording) is not kept.";
    }

    private static bool IsPowerOfTen(double gain) => Enumerable.Range(0, 19).Any(power => gain == CsvNumber.PowerOfTen(power));

    /// <summary>A lead's column, and that of its provenance, written window by window.</summary>
    private sealed class Column
    {
        private readonly CsvAdcTexts? _texts;
        private readonly ProvenanceSpan[] _spans;
        private readonly string[] _words;
        private int[] _adcUnits = [];
        private double[] _values = [];
        private int _count;
        private int _span;

        public Column(EcgLead lead, int index, EcgRecord record, CsvCellWriter cells)
        {
            Lead = lead;
            _spans =
            [
                .. record.Provenance
                    .Where(span => span.Lead == index && span.Origin != SampleOrigin.Measured)
                    .OrderBy(span => span.Span.Start),
            ];
            _words = [.. _spans.Select(span => ProvenanceText.Write(span))];
            _texts = lead.AdcUnits is null ? null : new CsvAdcTexts(lead, cells);
        }

        public EcgLead Lead { get; }

        public bool HasOrigin => _spans.Length > 0;

        /// <summary>Number of infinite values so far, which a CSV cannot hold.</summary>
        public long Infinite { get; private set; }

        /// <summary>Reads a window; samples behind the lead's end are missing.</summary>
        public void Read(long start, int count)
        {
            _count = (int)Math.Clamp(Lead.SampleCount - start, 0, count);
            if (_texts is not null)
            {
                if (_adcUnits.Length < _count)
                    _adcUnits = new int[_count];
                Lead.ReadAdcUnits(start, _adcUnits.AsSpan(0, _count));
            }
            else
            {
                if (_values.Length < _count)
                    _values = new double[_count];
                Lead.ReadPhysicalValues(start, _values.AsSpan(0, _count));
            }
        }

        /// <summary>Writes a sample of the window; returns false, and writes nothing, if it is missing.</summary>
        public bool Write(int t, CsvCellWriter cells)
        {
            if (t >= _count)
                return false;
            if (_texts is not null)
            {
                if (_adcUnits[t] == EcgLead.MissingAdcUnits)
                    return false;
                cells.Encoded(_texts.Of(_adcUnits[t]));
                return true;
            }

            if (!double.IsFinite(_values[t]))
            {
                Infinite += double.IsInfinity(_values[t]) ? 1 : 0;
                return false;
            }

            cells.Number(_values[t]);
            return true;
        }

        /// <summary>Returns the provenance of a sample as text; called for samples in order.</summary>
        public string Origin(long sample, bool isMissing)
        {
            while (_span < _spans.Length && _spans[_span].Span.End <= sample)
                _span++;
            if (_span < _spans.Length && _spans[_span].Span.Start <= sample)
                return _words[_span];
            return ProvenanceText.Word(isMissing ? SampleOrigin.Missing : SampleOrigin.Measured);
        }
    }
}
