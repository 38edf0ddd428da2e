using System.Globalization;
using EcgRecovery.Formats.Csv.Cells;
using EcgRecovery.Formats.Csv.Heads;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Csv;

/// <summary>A run of rows between two jumps of the times.</summary>
/// <param name="Row">The first row, counted from 0.</param>
/// <param name="Sample">The sample of that row.</param>
internal readonly record struct CsvRun(long Row, long Sample);

/// <summary>The representation of a lead's numbers.</summary>
/// <param name="Decimals">The gain of the ADC units is 10^Decimals; −1 if the numbers stay doubles.</param>
internal readonly record struct CsvScale(int Decimals)
{
    /// <summary>Whether the lead has ADC units.</summary>
    public bool IsExact => Decimals >= 0;

    /// <summary>Whether all numbers of the lead are whole.</summary>
    public bool IsWhole => Decimals == 0;
}

/// <summary>One pass over a CSV: finds the offsets of the rows, the runs of their times and the digits of their numbers.</summary>
internal sealed class CsvScan
{
    private const int MaximumDecimals = 18;
    private const int MaximumRuns = 1 << 20;
    private const int MaximumSpans = 1 << 20;
    private const int MaximumNotes = 1 << 20;
    private const int MostOverlap = 1;

    // 24 days at 1,000 Hz. A file with more has a broken time column, and its missing samples alone would take minutes to read.
    private const long MaximumSamples = int.MaxValue;

    private static readonly int s_noteCode = BeatCode.FromSymbol("\"")!.Value;

    private readonly CsvLayout _layout;
    private readonly string _path;
    private readonly CsvColumn[] _columns;
    private readonly bool _hasOrigins;
    private readonly long[,] _largest;
    private readonly bool[] _isRounded;
    private readonly List<long> _offsets = [];
    private readonly List<CsvRun> _runs = [new(0, 0)];
    private readonly List<ProvenanceSpan> _spans = [];
    private readonly OriginRun[] _origins;
    private readonly CsvCycles _cycles;
    private readonly List<Annotation> _notes = [];
    private readonly List<string[]> _blockHead = [];
    private readonly int _timeColumn;
    private Func<CsvInstant, CsvTimeTrack>? _newTrack;
    private long _trackStart;
    private long _line;
    private long _blanks;

    /// <summary>Prepares a pass.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="rowsPerBlock">Rows between two stored offsets.</param>
    /// <param name="path">The file's name in errors.</param>
    public CsvScan(CsvLayout layout, int rowsPerBlock, string path)
    {
        (_layout, RowsPerBlock, _path) = (layout, rowsPerBlock, path);
        _columns = [.. layout.Columns];
        _hasOrigins = Array.Exists(_columns, column => column.Kind == CsvColumnKind.Origin);
        _timeColumn = layout.Time?.Column ?? -1;
        var leads = layout.Leads.Count();
        _largest = new long[leads, MaximumDecimals + 1];
        _isRounded = new bool[leads];
        _cycles = new CsvCycles(layout.Time?.Time ?? default);
        _origins = [.. Enumerable.Range(0, leads).Select(lead => new OriginRun(lead))];
    }

    public int RowsPerBlock { get; }

    public long Rows { get; private set; }

    /// <summary>Offsets of the rows 0, <see cref="RowsPerBlock"/>, …</summary>
    public IReadOnlyList<long> Offsets => _offsets;

    /// <summary>The runs, in order; at least one.</summary>
    public IReadOnlyList<CsvRun> Runs => _runs;

    public IReadOnlyList<ProvenanceSpan> Spans => _spans;

    /// <summary>The comments at the ends of rows, as LabChart writes them.</summary>
    public IReadOnlyList<Annotation> Notes => _notes;

    /// <summary>Number of blank lines between the rows.</summary>
    public long BlankLines { get; private set; }

    /// <summary>What assigns times to samples, of the last block; null where there are no times.</summary>
    public CsvTimeTrack? Track { get; private set; }

    /// <summary>Number of rows whose counter did not go on.</summary>
    public int WholeCycles => _cycles.WholeCycles;

    /// <summary>Samples per second, by which a further block of rows is put at its time.</summary>
    public double FrequencyHz { get; set; }

    public long SampleCount => Rows == 0 ? 0 : _runs[^1].Sample + (Rows - _runs[^1].Row);

    /// <summary>Reads every row.</summary>
    /// <param name="lines">The file's lines, at any position.</param>
    /// <param name="newTrack">
    /// Makes what assigns times to samples, from the first time of the file or of a block; null if there is no time column.
    /// </param>
    /// <param name="drifted">The first time that does not fit the track's frequency; the pass ends there.</param>
    /// <returns>The line of that time; 0 if all times fit.</returns>
    /// <exception cref="InvalidDataException">A row is broken; the error names its line.</exception>
    public long Run(CsvLines lines, Func<CsvInstant, CsvTimeTrack>? newTrack, out CsvInstant drifted)
    {
        _newTrack = newTrack;
        drifted = default;
        lines.Seek(_layout.DataOffset);
        _line = _layout.DataLine - 1;
        while (lines.TryRead(out var line))
        {
            _line++;
            var isBlank = CsvLines.IsBlank(line);
            _blanks = isBlank ? _blanks + 1 : _blanks;
            if (_layout.Skips(line))
            {
                if (_layout.IsBlockHead(line))
                    _blockHead.Add(FileText.Decode(line).Split('\t'));
                continue;
            }

            if (Rows % RowsPerBlock == 0)
                _offsets.Add(lines.LineOffset);
            if (!isBlank && !ReadRow(line, out drifted))
                return _line;
            Rows++;
            if (SampleCount > MaximumSamples)
            {
                throw new InvalidDataException(
                    $"{_path}, line {_line}: sample {SampleCount - 1}; expected at most {MaximumSamples} samples.");
            }
        }

        // Blank lines behind the last value are no samples.
        Rows -= _layout.IsBlankMissing ? _blanks : 0;
        foreach (var origin in _origins)
            origin.End(_spans);
        return 0;
    }

    /// <summary>Returns the representation of a lead's numbers.</summary>
    public CsvScale Scale(int lead)
    {
        if (_isRounded[lead])
            return new CsvScale(-1);
        var decimals = MaximumDecimals;
        while (decimals > 0 && _largest[lead, decimals] == 0)
            decimals--;
        for (var d = 0; d <= decimals; d++)
        {
            if (_largest[lead, d] * (Int128)CsvNumber.PowerOfTen(decimals - d) > int.MaxValue)
                return new CsvScale(-1);
        }

        return new CsvScale(decimals);
    }

    private bool ReadRow(ReadOnlySpan<byte> line, out CsvInstant drifted)
    {
        drifted = default;
        BlankLines += _blanks;
        _blanks = 0;
        if (_blockHead.Count > 0)
            BeginBlock();
        var cells = new CsvCells(line, _layout.Dialect.Delimiter);
        for (var c = 0; c < _columns.Length; c++)
        {
            if (!cells.TryNext(out var cell))
                throw new InvalidDataException($"{_path}, line {_line} has {c} cells; expected {_columns.Length}.");
            var column = _columns[c];
            if (column.Kind == CsvColumnKind.Lead)
                AddNumber(column, cell);
            else if (c == _timeColumn && !AddTime(cell, out drifted))
                return false;
        }

        if (cells.TryNext(out var more) && !TryAddNotes(more) && (!more.IsEmpty || cells.TryNext(out _)))
            throw new InvalidDataException($"{_path}, line {_line} has more than {_columns.Length} cells, as the lines before have.");
        AddOrigins(line);
        return true;
    }

    private void AddNumber(CsvColumn column, ReadOnlySpan<byte> cell)
    {
        var number = CsvNumber.Parse(cell, _layout.Dialect.DecimalPoint);
        switch (number.Kind)
        {
            case CsvCellKind.Bad:
                throw new InvalidDataException(
                    $"{_path}, line {_line}: '{Quote(cell)}' in column {InputFile.Shorten(column.Name)} is no number; "
                    + "expected one, or an empty cell, NaN or - where it is missing.");
            case CsvCellKind.Rounded:
                _isRounded[column.Lead] = true;
                break;
            case CsvCellKind.Exact when number.Mantissa != 0:
                var (mantissa, decimals) = Strip(Math.Abs(number.Mantissa), number.Decimals);
                if (decimals > MaximumDecimals)
                    _isRounded[column.Lead] = true;
                else
                    _largest[column.Lead, decimals] = Math.Max(_largest[column.Lead, decimals], mantissa);
                break;
        }
    }

    /// <summary>Removes trailing zeros.</summary>
    private static (long Mantissa, int Decimals) Strip(long mantissa, int decimals)
    {
        while (decimals > 0 && Math.DivRem(mantissa, 10) is (var shorter, 0))
            (mantissa, decimals) = (shorter, decimals - 1);
        return (mantissa, decimals);
    }

    private bool AddTime(ReadOnlySpan<byte> cell, out CsvInstant instant)
    {
        if (!_layout.Time!.Time.TryParse(cell, out instant))
            throw new InvalidDataException($"{_path}, line {_line}: '{Quote(cell)}' is no time as in the lines before.");
        _cycles.Unwrap(ref instant);
        if (Track is not { } track)
        {
            Track = _newTrack!(instant);
            return true;
        }

        switch (track.Add(instant))
        {
            case CsvTimeStep.Drift:
                return false;
            case CsvTimeStep.Back:
                throw new InvalidDataException($"{_path}, line {_line}: time {Quote(cell)} is not later than that of the row before.");
            case CsvTimeStep.Jump:
                _runs.Add(new CsvRun(Rows, _trackStart + track.Sample));
                if (_runs.Count > MaximumRuns)
                    throw new InvalidDataException($"{_path}, line {_line}: more than {MaximumRuns} jumps of the times; expected fewer.");
                break;
        }

        return true;
    }

    /// <summary>Puts the rows behind a further head at the time of that head.</summary>
    private void BeginBlock()
    {
        var interval = LabChartHead.Find(_blockHead, LabChartHead.BlockKey) is [var period, ..] ? RateText.OfPeriod(period) : null;
        var start = LabChartHead.Find(_blockHead, LabChartHead.StartKey) is [var day, ..] ? LabChartHead.Start(day) : null;
        var columns = LabChartHead.Columns([.. _blockHead]);
        _blockHead.Clear();
        if (interval != FrequencyHz)
            throw Refused($"a block of {interval} Hz begins; expected the {FrequencyHz} Hz of the first block");
        if (columns.Length > 0 && !columns.SequenceEqual(_layout.BlockColumns))
            throw Refused("a block with other channels or units begins; expected those of the first block");
        if (start is null || _layout.StartDate is not { } date || _layout.StartTime is not { } time)
        {
            throw Refused(
                $"a further block begins, and no {LabChartHead.StartKey} says when; expected one block, or their times");
        }

        var sample = (long)Math.Round((start.Value - date.ToDateTime(time)).TotalSeconds * FrequencyHz);
        // Blocks that follow one another may overlap by the rounding of their times.
        if (sample < SampleCount - MostOverlap)
            throw Refused("a block begins before the end of the one before it");
        if (sample > SampleCount)
            _runs.Add(new CsvRun(Rows, sample));
        _trackStart = SampleCount;
        Track = null;
    }

    private InvalidDataException Refused(string why) => new($"{_path}, line {_line}: {why}.");

    /// <summary>Adds the comments at a row's end, as in <c>#* stimulus</c> or, of one channel, <c>#2 pulse</c>.</summary>
    private bool TryAddNotes(ReadOnlySpan<byte> cell)
    {
        if (cell is not [(byte)'#', ..])
            return false;
        foreach (var note in FileText.Decode(cell).Split('#', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // "*" is all channels.
            var mark = note.TakeWhile(character => character == '*' || char.IsAsciiDigit(character)).Count();
            var isChannel = byte.TryParse(note.AsSpan(0, mark), NumberStyles.None, CultureInfo.InvariantCulture, out var channel);
            _notes.Add(
                new Annotation(
                    _runs[^1].Sample + (Rows - _runs[^1].Row),
                    s_noteCode,
                    Channel: isChannel ? Math.Max(channel - 1, 0) : 0,
                    Aux: note[mark..].Trim()));
        }

        return _notes.Count <= MaximumNotes
            ? true
            : throw new InvalidDataException($"{_path}, line {_line}: more than {MaximumNotes} comments; expected fewer.");
    }

    /// <summary>Continues or ends the provenance spans of a row; called when the row's sample is known.</summary>
    private void AddOrigins(ReadOnlySpan<byte> line)
    {
        if (!_hasOrigins)
            return;
        var sample = _runs[^1].Sample + (Rows - _runs[^1].Row);
        var cells = new CsvCells(line, _layout.Dialect.Delimiter);
        foreach (var column in _columns)
        {
            cells.TryNext(out var cell);
            if (column.Kind != CsvColumnKind.Origin)
                continue;
            if (!_origins[column.Lead].Add(cell, sample, _spans))
            {
                throw new InvalidDataException(
                    $"{_path}, line {_line}: '{Quote(cell)}' in column {InputFile.Shorten(column.Name)}{CsvHeading.OriginSuffix}; "
                    + "expected measured, missing, derived or recovered.");
            }

            if (_spans.Count > MaximumSpans)
                throw new InvalidDataException($"{_path}, line {_line}: more than {MaximumSpans} changes of origin; expected fewer.");
        }
    }

    private static string Quote(ReadOnlySpan<byte> cell) => InputFile.Shorten(FileText.Decode(cell));

    /// <summary>A run of equal cells in an origin column.</summary>
    private sealed class OriginRun(int lead)
    {
        private byte[] _cell = [];
        private ProvenanceSpan? _span;

        /// <summary>Adds a row's cell; returns false if it is no provenance.</summary>
        public bool Add(ReadOnlySpan<byte> cell, long sample, List<ProvenanceSpan> spans)
        {
            if (_span is not null && cell.SequenceEqual(_cell) && _span.Span.End == sample)
            {
                _span = _span with { Span = _span.Span with { End = sample + 1 } };
                return true;
            }

            if (_span is null && cell.SequenceEqual(_cell))
                return true;
            End(spans);
            _cell = cell.ToArray();
            if (cell.IsEmpty)
                return true;
            if (!ProvenanceText.TryRead(FileText.Decode(cell), out var span, out _))
                return false;
            // Measured samples need no span, and a missing sample is known from its empty cell.
            if (span.Origin is SampleOrigin.Derived or SampleOrigin.Recovered)
                _span = span with { Lead = lead, Span = new SampleSpan(sample, sample + 1) };
            return true;
        }

        /// <summary>Ends the run.</summary>
        public void End(List<ProvenanceSpan> spans)
        {
            if (_span is not null)
                spans.Add(_span);
            _span = null;
        }
    }
}
