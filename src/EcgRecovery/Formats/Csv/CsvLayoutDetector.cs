using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Formats.Csv;

/// <summary>Detects the layout of a CSV from its first lines.</summary>
/// <param name="lines">The lines, at the file's beginning.</param>
/// <param name="path">The file's name in errors.</param>
/// <param name="options">The caller's options.</param>
internal sealed partial class CsvLayoutDetector(CsvLines lines, string path, CsvReadOptions options)
{
    private const int MaximumColumns = 4096;
    private const int LinesLookedAt = 200;
    private const int BytesLookedAt = 1 << 20;
    private const int MaximumComments = 100;

    // The columns of a heartbeat CSV, with and without an index column.
    private const int HeartbeatColumns = 188;

    // No electrocardiogram is sampled more slowly: whole numbers in a time column without unit are then finer units.
    private const double SlowestHz = 20;

    // A year, which a double holds exactly in ticks of 100 ns.
    private const double LongestRecordingSeconds = 366.0 * 86_400;

    // A year more or less than these is still a date.
    private const int FirstYear = 2;
    private const int LastYear = 9998;

    // Equal lines without a value are kept once: a recording may begin with any number of missing samples.
    private readonly List<(byte[] Text, long Offset, long Line)> _lines = [];
    private readonly List<string> _comments = [];
    private readonly List<string> _remarks = [];

    /// <summary>Detects the layout.</summary>
    /// <exception cref="InvalidDataException">The file has no rows of numbers.</exception>
    /// <exception cref="HeartbeatFileException">The rows are heartbeats.</exception>
    public CsvLayout Detect()
    {
        ReadLines();
        var (dialect, valued) = FindDialect();
        var columns = CsvCells.Count(_lines[valued].Text, dialect.Delimiter);
        var first = FirstRow(dialect, valued, columns);
        var hasTrailing = columns > 1 && _lines.Skip(first).All(line => EndsEmpty(line.Text, dialect.Delimiter))
            && !NamesLast(dialect, first, columns);
        columns -= hasTrailing ? 1 : 0;
        if (columns > MaximumColumns)
            throw new InvalidDataException($"{path}, line {_lines[first].Line} has {columns} columns; expected at most {MaximumColumns}.");

        var (names, units) = ReadHeader(dialect, first, columns);
        if (names is null && columns is HeartbeatColumns or HeartbeatColumns + 1)
            throw new HeartbeatFileException($"{path} has {columns} numbers per row, as a heartbeat CSV has; expected a time and leads.");
        var headings = names?.Select((name, c) => WithUnit(CsvHeading.Read(name), units?[c])).ToArray();
        var timeColumn = FindTime(dialect, first, columns, headings, out var time);
        if (timeColumn >= 0 && columns == 1)
            throw new InvalidDataException($"{path} has times only; expected leads too.");
        var start = FindStart(dialect, first, timeColumn, time, names);
        return new CsvLayout
        {
            Dialect = dialect,
            Columns = [.. NameColumns(dialect, first, columns, headings, names, timeColumn)],
            Time = time,
            DataOffset = _lines[first].Offset,
            DataLine = _lines[first].Line,
            StartDate = start.Date,
            StartTime = start.Time,
            StatedFrequencyHz = FindFrequency(first),
            Comments = _comments,
            Remarks = _remarks,
        };
    }

    private void ReadLines()
    {
        var bytes = 0;
        for (var number = 1L; _lines.Count < LinesLookedAt && bytes < BytesLookedAt && lines.TryRead(out var line); number++)
        {
            var text = line;
            var offset = lines.LineOffset;
            if (number == 1)
            {
                RefuseOtherFormats(text);
                if (text.StartsWith("\uFEFF"u8))
                {
                    text = text[3..];
                    offset += 3;
                }
            }

            if (_lines.Count > 0 && text.SequenceEqual(_lines[^1].Text) && HasNoValue(text))
                continue;
            bytes += text.Length + 1;
            if (IsComment(text))
                AddComment(FileText.Decode(text.TrimStart(" \t#"u8)));
            else if (!IsBlank(text))
                _lines.Add((text.ToArray(), offset, number));
        }

        if (_lines.Count == 0)
            throw new InvalidDataException($"{path} has no lines; expected the rows of a recording.");
    }

    /// <summary>Returns whether a line is empty or blank.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> line) => line.IsEmpty || (line[0] <= ' ' && line.Trim(" \t"u8).IsEmpty);

    /// <summary>Returns whether a line is a comment.</summary>
    public static bool IsComment(ReadOnlySpan<byte> line) =>
        !line.IsEmpty && line[0] <= '#' && line.TrimStart(" \t"u8) is [(byte)'#', ..];

    private void RefuseOtherFormats(ReadOnlySpan<byte> text)
    {
        var what = text switch
        {
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => "UTF-16 text; save it as UTF-8",
            [(byte)'P', (byte)'K', 3, 4, ..] => "a ZIP archive or a workbook; save it as CSV, or unpack it first",
            [0x1F, 0x8B, ..] => "a gzip file; unpack it first",
            _ => text.Contains((byte)0) ? "no text" : null,
        };
        if (what is not null)
            throw new InvalidDataException($"{path} is {what}; expected the rows of a recording.");
    }

    private void AddComment(string text)
    {
        if (_comments.Count < MaximumComments && text.Length > 0)
            _comments.Add(text.Length > 1000 ? text[..1000] : text);
    }

    /// <summary>Finds the delimiter and decimal point with which most lines are rows, and the first of these rows.</summary>
    private (CsvDialect Dialect, int First) FindDialect()
    {
        var points = options.DecimalPoint is { } point ? [(byte)point] : ".,"u8.ToArray();
        var delimiters = options.Delimiter is { } delimiter ? [(byte)delimiter] : "\t;|, "u8.ToArray();
        var dialects =
            from p in points
            from d in delimiters
            where p != d
            let dialect = new CsvDialect(d, p)
            let rows = CountRows(dialect)
            where rows.Count > 0
            orderby rows.Count descending, rows.Columns > 1 descending
            select (dialect, rows.First);
        return dialects.Cast<(CsvDialect, int)?>().FirstOrDefault() ?? throw NoRows();
    }

    private InvalidDataException NoRows()
    {
        var (text, _, line) = _lines[^1];
        return new InvalidDataException(
            $"{path}, line {line}: '{InputFile.Shorten(FileText.Decode(text))}' is no row of numbers; "
            + "expected time and leads, or leads, with , ; | tab or blanks between.");
    }

    /// <summary>Counts the rows with the most frequent number of columns, and finds the first of them.</summary>
    private (int Count, int Columns, int First) CountRows(CsvDialect dialect) => Enumerable.Range(0, _lines.Count)
        .Where(i => IsRow(_lines[i].Text, dialect))
        .GroupBy(i => CsvCells.Count(_lines[i].Text, dialect.Delimiter))
        .OrderByDescending(rows => rows.Count())
        .Select(rows => (rows.Count(), rows.Key, rows.First()))
        .FirstOrDefault();

    /// <summary>Finds the first row. Without times, lines of missing samples directly above the first value are rows too.</summary>
    private int FirstRow(CsvDialect dialect, int valued, int columns)
    {
        var first = valued;
        while (first > 0 && IsMissing(_lines[first - 1].Text, dialect, columns))
            first--;
        if (first == valued || columns == 1)
            return first;
        // The heading may be a line of names and one of units.
        var isTimed = _lines.Take(first).TakeLast(2)
                .Any(line => NamesTime(CsvCells.Texts(line.Text, dialect.Delimiter).ConvertAll(CsvHeading.Read)))
            || CsvCells.Texts(_lines[valued].Text, dialect.Delimiter)
                .Exists(cell => KindOfTime(Encoding.UTF8.GetBytes(cell), dialect) is not null);
        return isTimed ? valued : first;
    }

    private static bool NamesTime(List<(string Name, string? Unit)> headings) =>
        headings.Exists(heading => CsvHeading.IsTime(heading.Name, heading.Unit))
        || (headings.Count > 0 && CsvHeading.IsIndex(headings[0].Name));

    private static bool IsMissing(ReadOnlySpan<byte> line, CsvDialect dialect, int columns)
    {
        var cells = new CsvCells(line, dialect.Delimiter);
        var count = 0;
        for (; cells.TryNext(out var cell); count++)
        {
            if (CsvNumber.Parse(cell, dialect.DecimalPoint).Kind != CsvCellKind.Missing)
                return false;
        }

        return count == columns;
    }

    /// <summary>Returns whether a line has no value, with any delimiter.</summary>
    private static bool HasNoValue(ReadOnlySpan<byte> line)
    {
        foreach (var cell in line.SplitAny("\t;|, "u8))
        {
            if (CsvNumber.Parse(line[cell], (byte)'.').Kind != CsvCellKind.Missing)
                return false;
        }

        return true;
    }

    /// <summary>Returns whether every cell is a number, a time, provenance or missing, and at least one is not missing.</summary>
    private static bool IsRow(ReadOnlySpan<byte> line, CsvDialect dialect)
    {
        var cells = new CsvCells(line, dialect.Delimiter);
        var any = false;
        while (cells.TryNext(out var cell))
        {
            var kind = CsvNumber.Parse(cell, dialect.DecimalPoint).Kind;
            if (kind == CsvCellKind.Bad && KindOfTime(cell, dialect) is null
                && !ProvenanceText.TryRead(FileText.Decode(cell), out _, out _))
            {
                return false;
            }

            any |= kind != CsvCellKind.Missing;
        }

        return any;
    }

    // An empty last column with a name is a lead without samples.
    private bool NamesLast(CsvDialect dialect, int first, int columns) =>
        first > 0
        && CsvCells.Texts(_lines[first - 1].Text, dialect.Delimiter) is var names && names.Count == columns && names[^1].Length > 0;

    private static bool EndsEmpty(ReadOnlySpan<byte> line, byte delimiter) =>
        delimiter != ' ' && line.TrimEnd((byte)' ') is [.., var last] && last == delimiter;

    /// <summary>Reads the names and units from the lines above the rows; lines above these are comments.</summary>
    private (List<string>? Names, List<string>? Units) ReadHeader(CsvDialect dialect, int first, int columns)
    {
        if (first == 0)
            return (null, null);
        var last = Cells(first - 1);
        var before = first > 1 ? Cells(first - 2) : null;
        if (before is not null && last is not null && last.All(CsvHeading.IsUnit))
        {
            AddComments(first - 2);
            return (before, last);
        }

        AddComments(last is null ? first : first - 1);
        return (last, null);

        // R writes no heading above its row names.
        List<string>? Cells(int line)
        {
            var cells = CsvCells.Texts(_lines[line].Text, dialect.Delimiter);
            if (cells.Count == columns + 1 && cells[^1].Length == 0)
                cells.RemoveAt(columns);
            if (cells.Count == columns - 1)
                cells.Insert(0, "");
            return cells.Count == columns ? cells : null;
        }

        void AddComments(int end)
        {
            foreach (var (text, _, _) in _lines.Take(end))
                AddComment(FileText.Decode(text));
        }
    }

    private static (string Name, string? Unit) WithUnit((string Name, string? Unit) heading, string? unit) =>
        string.IsNullOrEmpty(unit) ? heading : (heading.Name, CsvHeading.ReadUnit(unit));

    private int FindTime(CsvDialect dialect, int first, int columns, (string Name, string? Unit)[]? headings, out CsvTime? time)
    {
        time = null;
        var rows = _lines.Skip(first).Select(line => CsvCells.Texts(line.Text, dialect.Delimiter))
            .Where(row => row.Count >= columns).ToList();
        for (var c = 0; c < columns; c++)
        {
            var cells = rows.ConvertAll(row => Encoding.UTF8.GetBytes(row[c]));
            // The most frequent kind: a broken cell is reported later, with its line.
            var kind = cells.Select(cell => KindOfTime(cell, dialect)).GroupBy(kind => kind).MaxBy(kinds => kinds.Count())!.Key;
            if (kind is { } written)
            {
                var isPoint = dialect.DecimalPoint == ',' && !rows[0][c].Contains(',', StringComparison.Ordinal);
                time = new CsvTime(written, 0, 1, isPoint ? (byte)'.' : dialect.DecimalPoint);
                return c;
            }

            if (headings is { } named
                ? CsvHeading.IsTime(named[c].Name, named[c].Unit)
                : c == 0 && columns > 1 && IsProgression(cells, dialect))
            {
                time = NumberUnit(headings?[c], cells, dialect);
                return c;
            }

            if (headings is not null && c == 0 && columns > 1 && CsvHeading.IsIndex(headings[c].Name) && IsProgression(cells, dialect))
            {
                time = new CsvTime(CsvTimeKind.SampleIndex, 0, 1, dialect.DecimalPoint);
                return c;
            }
        }

        return -1;
    }

    private static CsvTimeKind? KindOfTime(ReadOnlySpan<byte> cell, CsvDialect dialect)
    {
        if (!cell.Contains((byte)':'))
            return null;
        if (CsvTime.TryParseDateTime(cell, out _, out _))
            return CsvTimeKind.DateTime;
        var clock = new CsvTime(CsvTimeKind.Clock, 0, 1, dialect.DecimalPoint);
        return clock.TryParse(cell, out _) || (clock with { DecimalPoint = (byte)'.' }).TryParse(cell, out _) ? CsvTimeKind.Clock : null;
    }

    /// <summary>Returns whether the numbers go up by equal steps, apart from rounding and jumps.</summary>
    private static bool IsProgression(List<byte[]> cells, CsvDialect dialect)
    {
        var numbers = cells.ConvertAll(cell => CsvNumber.Parse(cell, dialect.DecimalPoint));
        if (numbers.Count < 3 || numbers.Exists(number => number.Kind is CsvCellKind.Missing or CsvCellKind.Bad))
            return false;
        var steps = numbers.Zip(numbers.Skip(1), (a, b) => b.Value - a.Value).Order().ToArray();
        var rounding = 1 / CsvNumber.PowerOfTen(Math.Min(numbers.Max(number => number.Decimals), 9));
        // One jump in ten at most.
        return steps[0] >= 0 && steps[^1] > 0 && steps[steps.Length * 9 / 10] - steps[0] <= rounding * 1.01;
    }

    /// <summary>Returns the unit of a numeric time column: from its heading, or guessed from its steps.</summary>
    private CsvTime NumberUnit((string Name, string? Unit)? heading, List<byte[]> cells, CsvDialect dialect)
    {
        var point = dialect.DecimalPoint;
        if ((CsvHeading.UnitOfTime(heading?.Unit) ?? CsvHeading.UnitOfTime(heading?.Name)) is { } unit
            && (heading?.Unit is not null || heading?.Name.Length > 1))
        {
            return new CsvTime(CsvTimeKind.Number, unit.Decimals, unit.Seconds, point);
        }

        var numbers = cells.ConvertAll(cell => CsvNumber.Parse(cell, point));
        var step = numbers.Count > 1 ? (numbers[^1].Value - numbers[0].Value) / (numbers.Count - 1) : 0;
        // Whether a number with too many digits is whole can only be seen in its text.
        var isWhole = !numbers.Exists(number => number.Decimals > 0) && !cells.Exists(cell => cell.Length > 18 && cell.Contains(point));
        if (!isWhole || step <= 0 || heading?.Unit is not null)
            return new CsvTime(CsvTimeKind.Number, 0, 1, point);
        if (step < 1.5)
        {
            _remarks.Add("The first column counts by ones: it was taken for the number of the sample.");
            return new CsvTime(CsvTimeKind.SampleIndex, 0, 1, point);
        }

        var decimals = step * SlowestHz < 1e3 ? 3 : step * SlowestHz < 1e6 ? 6 : 9;
        var unitName = decimals == 3 ? "milliseconds" : decimals == 6 ? "microseconds" : "nanoseconds";
        _remarks.Add($"The time column names no unit; its whole numbers were taken for {unitName}.");
        return new CsvTime(CsvTimeKind.Number, decimals, 1, point);
    }

    private (DateOnly? Date, TimeOnly? Time) FindStart(CsvDialect dialect, int first, int timeColumn, CsvTime? time, List<string>? names)
    {
        if (timeColumn < 0)
            return default;
        var cell = Encoding.UTF8.GetBytes(CsvCells.Texts(_lines[first].Text, dialect.Delimiter)[timeColumn]);
        if (time!.Value.Kind == CsvTimeKind.DateTime && CsvTime.TryParseDateTime(cell, out _, out var start))
            return (DateOnly.FromDateTime(start), TimeOnly.FromDateTime(start));
        // WFDB writes the time of day in brackets.
        if (time.Value.Kind == CsvTimeKind.Clock && cell is [(byte)'[', ..]
            && time.Value.TryParse(cell, out var clock) && clock.Seconds < 86_400)
        {
            return (null, new TimeOnly((long)(clock.Seconds * TimeSpan.TicksPerSecond)));
        }

        if (names is null || StartPattern().Match(names[timeColumn]) is not { Success: true } match)
            return default;
        if (!TimeOnly.TryParseExact(match.Groups["time"].Value, "HH:mm:ss.FFFFFFF", out var timeOfDay))
            return default;
        var hasDate = DateOnly.TryParseExact(match.Groups["date"].Value, "yyyy-MM-dd", out var date);
        // A part of a recording keeps the heading of the whole, but its first row is later.
        var late = time.Value.Kind == CsvTimeKind.Number && time.Value.TryParse(cell, out var instant) ? instant.Seconds : 0;
        if (Math.Abs(late) > LongestRecordingSeconds || (hasDate && date.Year is <= FirstYear or >= LastYear))
            return late == 0 ? (hasDate ? date : null, timeOfDay) : default;
        timeOfDay = timeOfDay.Add(TimeSpan.FromTicks((long)Math.Round(late * TimeSpan.TicksPerSecond)), out var days);
        return (hasDate ? date.AddDays(days) : null, timeOfDay);
    }

    private IEnumerable<CsvColumn> NameColumns(
        CsvDialect dialect, int first, int columns, (string Name, string? Unit)[]? headings, List<string>? names, int timeColumn)
    {
        var cells = CsvCells.Texts(_lines[first].Text, dialect.Delimiter);
        var leads = new List<string>();
        var count = columns - (timeColumn >= 0 ? 1 : 0);
        for (var c = 0; c < columns; c++)
        {
            if (c == timeColumn)
            {
                yield return new CsvColumn(CsvColumnKind.Time, "", null, -1);
                continue;
            }

            if (names is not null && CsvHeading.OriginOf(names[c]) is { } of && leads.LastIndexOf(of) is var lead and >= 0
                && ProvenanceText.TryRead(cells[c], out _, out _))
            {
                yield return new CsvColumn(CsvColumnKind.Origin, of, null, lead);
                continue;
            }

            var name = headings?[c].Name is { Length: > 0 } given ? given : count == 1 ? "ECG" : $"lead {leads.Count + 1}";
            leads.Add(name);
            yield return new CsvColumn(CsvColumnKind.Lead, name, headings?[c].Unit, leads.Count - 1);
        }
    }

    /// <summary>Reads a sampling frequency above the rows, as in <c>Sample Rate,512 hertz</c>.</summary>
    private double? FindFrequency(int first)
    {
        foreach (var text in _comments.Concat(_lines.Take(first).Select(line => FileText.Decode(line.Text))))
        {
            if (FrequencyPattern().Match(text) is { Success: true } match
                && double.TryParse(match.Groups["hz"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hz)
                && hz > 0)
            {
                return hz;
            }
        }

        return null;
    }

    [GeneratedRegex(
        @"\bsampl\w*[ _-]?(rate|freq\w*)[^0-9]{0,20}(?<hz>[0-9]+(\.[0-9]+)?)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex FrequencyPattern();

    [GeneratedRegex(@"\(s since ((?<date>\d{4}-\d\d-\d\d)T)?(?<time>\d\d:\d\d:\d\d(\.\d{1,7})?)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex StartPattern();
}
