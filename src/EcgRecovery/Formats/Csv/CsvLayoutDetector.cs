using System.Text.RegularExpressions;
using EcgRecovery.Formats.Csv.Cells;
using EcgRecovery.Formats.Csv.Heads;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Formats.Csv;

/// <summary>Detects the layout of a CSV from its first lines: head, heading, dialect and columns.</summary>
/// <param name="lines">The lines, at the file's beginning.</param>
/// <param name="path">The file's name in errors.</param>
/// <param name="options">The caller's options.</param>
internal sealed partial class CsvLayoutDetector(CsvLines lines, string path, CsvReadOptions options)
{
    private const int MaximumColumns = 4096;
    private const int MaximumComments = 100;
    private const int LongestComment = 1000;

    // The columns of a heartbeat CSV, with and without an index column.
    private const int HeartbeatColumns = 188;

    // A line of more numbers than leads that anyone records at once.
    private const int FewestSamplesOfLine = 150;

    // A year, which a double holds exactly in ticks of 100 ns.
    private const double LongestRecordingSeconds = 366.0 * 86_400;

    // A year more or less than these is still a date.
    private const int FirstYear = 2;
    private const int LastYear = 9998;

    // Numbers between these are times in seconds since 1970: 2001-09-09 to 2100.
    private const double FirstEpoch = 1e9;
    private const double LastEpoch = 4.1e9;

    private readonly List<string> _comments = [];
    private readonly List<string> _remarks = [];
    private List<CsvLine> _lines = [];

    /// <summary>Detects the layout.</summary>
    /// <exception cref="InvalidDataException">The file has no rows of numbers.</exception>
    /// <exception cref="HeartbeatFileException">The rows are heartbeats.</exception>
    public CsvLayout Detect()
    {
        var firstLines = CsvFirstLines.Read(lines, path);
        var head = TextHeads.Read(firstLines.Texts);
        _remarks.AddRange(head.Remarks);
        AddComments(firstLines, head.Lines);
        _lines = [.. firstLines.All.Skip(head.Lines).Where(line => !line.IsComment)];
        if (_lines.Count == 0)
            throw new InvalidDataException($"{path} has no lines behind its head; expected the rows of a recording.");

        var rows = new CsvDialects(_lines, options).Find(head.Columns.Count == 1 && head.Unit is not null ? 1 : null) ?? throw NoRows();
        var (dialect, columns) = (rows.Dialect, rows.Columns);
        var first = FirstRow(rows);
        var hasTrailing = columns > 1 && _lines.Skip(first).All(line => EndsEmpty(line.Text, dialect.Delimiter))
            && !NamesLast(dialect, first, columns);
        columns -= hasTrailing ? 1 : 0;
        RefuseLeadsInRows(first, columns);
        if (columns > MaximumColumns)
        {
            throw new InvalidDataException(
                $"{path}, line {_lines[first].Number} has {columns} columns; expected at most {MaximumColumns}.");
        }


        var heading = ReadHeading(dialect, first, columns);
        if (heading is null && columns is HeartbeatColumns or HeartbeatColumns + 1)
            throw new HeartbeatFileException($"{path} has {columns} numbers per row, as a heartbeat CSV has; expected a time and leads.");
        var found = FindColumns(first, columns, dialect, heading, head);
        if (found.Columns.All(column => column.Kind == CsvColumnKind.Time))
            throw new InvalidDataException($"{path} has times only; expected leads too.");
        if (!found.Columns.Any(column => column.Kind == CsvColumnKind.Lead))
            throw new InvalidDataException($"{path} has no column of numbers besides times; expected leads.");
        var start = FindStart(found, heading?.Names, head);
        return new CsvLayout
        {
            Dialect = dialect,
            Columns = found.Columns,
            TimeCandidates = found.TimeCandidates,
            IsTimeChosen = options.TimeColumn is not null,
            DataOffset = _lines[first].Offset,
            DataLine = _lines[first].Number,
            IsBlankMissing = columns == 1 && !firstLines.AreDoubleSpaced(firstLines.All.ToList().IndexOf(_lines[first])),
            StartDate = start.Date,
            StartTime = start.Time,
            StatedFrequencyHz = head.FrequencyHz,
            HasBlocks = head.Program == LabChartHead.Program,
            BlockColumns = head.Columns,
            Comments = _comments,
            Remarks = [.. _remarks, .. found.Remarks, .. LeftOut(found.Columns)],
        };
    }

    /// <summary>Refuses a few lines of very many numbers: they are leads, not samples.</summary>
    private void RefuseLeadsInRows(int first, int columns)
    {
        var rows = _lines.Count - first;
        if (first == 0 && columns is not (HeartbeatColumns - 1 or HeartbeatColumns or HeartbeatColumns + 1)
            && columns >= FewestSamplesOfLine && columns > rows * FewestSamplesOfLine / 2)
        {
            var where = rows == 1 ? "its only line" : $"each of its {rows} lines";
            throw new InvalidDataException(
                $"{path} has {columns} numbers in {where}; expected one line per sample. "
                + "If each line is a lead, 'leads-in-rows' reads it.");
        }
    }

    private CsvColumns FindColumns(
        int first, int columns, CsvDialect dialect, (List<string> Names, List<string>? Units)? heading, TextHead head)
    {
        try
        {
            return new CsvColumns(_lines.Skip(first), columns, dialect, heading, head, options);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    private static IEnumerable<string> LeftOut(IReadOnlyList<CsvColumn> columns)
    {
        var text = columns.Where(column => column.Kind == CsvColumnKind.Text);
        var names = text.Select(column => $"'{InputFile.Shorten(column.Name)}'").ToArray();
        return names.Length == 0 ? [] : [$"Text was left out: column {string.Join(", ", names)}."];
    }

    private void AddComments(CsvFirstLines firstLines, int head)
    {
        for (var i = 0; i < firstLines.All.Count; i++)
        {
            if (firstLines.All[i].IsComment)
                AddComment(firstLines.Texts[i].TrimStart(' ', '\t', '#', '%'));
            else if (i < head)
                AddComment(firstLines.Texts[i]);
        }
    }

    private void AddComment(string text)
    {
        if (_comments.Count < MaximumComments && text.Trim().Length > 0)
            _comments.Add(text.Length > LongestComment ? text[..LongestComment] : text.TrimEnd());
    }

    private InvalidDataException NoRows()
    {
        var (text, _, line, _) = _lines[^1];
        return new InvalidDataException(
            $"{path}, line {line}: '{InputFile.Shorten(FileText.Decode(text))}' is no row of numbers; "
            + "expected time and leads, or leads, with , ; | tab or blanks between.");
    }

    /// <summary>Finds the first row. Without times, lines of missing samples directly above the first value are rows too.</summary>
    private int FirstRow(CsvRows rows)
    {
        var first = rows.First;
        while (first > 0 && IsMissing(_lines[first - 1].Text, rows))
            first--;
        if (first == rows.First || rows.Columns == 1)
            return first;
        // The heading may be a line of names and one of units.
        var isTimed = _lines.Take(first).TakeLast(2)
                .Any(line => NamesTime(CsvCells.Texts(line.Text, rows.Dialect.Delimiter).ConvertAll(CsvHeading.Read)))
            || CsvCells.Texts(_lines[rows.First].Text, rows.Dialect.Delimiter)
                .Exists(cell => CsvDialects.KindOfTime(System.Text.Encoding.UTF8.GetBytes(cell), rows.Dialect) is not null);
        return isTimed ? rows.First : first;
    }

    private static bool NamesTime(List<(string Name, string? Unit)> headings) =>
        headings.Exists(heading => CsvHeading.IsTime(heading.Name, heading.Unit))
        || (headings.Count > 0 && CsvHeading.IsIndex(headings[0].Name));

    private static bool IsMissing(ReadOnlySpan<byte> line, CsvRows rows)
    {
        var cells = new CsvCells(line, rows.Dialect.Delimiter);
        var count = 0;
        for (; cells.TryNext(out var cell); count++)
        {
            if (CsvNumber.Parse(cell, rows.Dialect.DecimalPoint).Kind != CsvCellKind.Missing)
                return false;
        }

        return count == rows.Columns;
    }

    // An empty last column with a name is a lead without samples.
    private bool NamesLast(CsvDialect dialect, int first, int columns) =>
        first > 0
        && CsvCells.Texts(_lines[first - 1].Text, dialect.Delimiter) is var names && names.Count == columns && names[^1].Length > 0;

    private static bool EndsEmpty(ReadOnlySpan<byte> line, byte delimiter) =>
        delimiter != ' ' && line.TrimEnd((byte)' ') is [.., var last] && last == delimiter;

    /// <summary>Reads the names and units from the lines above the rows; lines above these are comments.</summary>
    private (List<string> Names, List<string>? Units)? ReadHeading(CsvDialect dialect, int first, int columns)
    {
        if (first == 0)
            return null;
        var last = Cells(first - 1);
        var before = first > 1 ? Cells(first - 2) : null;
        if (before is not null && last is not null && last.All(CsvHeading.IsUnit))
        {
            AddLines(first - 2);
            return (before, last);
        }

        AddLines(last is null ? first : first - 1);
        return last is null ? null : (last, null);

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

        void AddLines(int end) => _lines.Take(end).ToList().ForEach(line => AddComment(FileText.Decode(line.Text)));
    }

    /// <summary>Finds the start of the recording: in the head, in a time with its day, in the heading, or in seconds since 1970.</summary>
    private (DateOnly? Date, TimeOnly? Time) FindStart(CsvColumns columns, List<string>? names, TextHead head)
    {
        if (head.Start is { } stated)
            return (DateOnly.FromDateTime(stated), TimeOnly.FromDateTime(stated));
        foreach (var candidate in columns.TimeCandidates)
        {
            var cell = columns.FirstCell(candidate.Column);
            var time = candidate.Time;
            if (time.Kind == CsvTimeKind.DateTime && CsvTime.TryParseDateTime(cell, out _, out var start))
                return (DateOnly.FromDateTime(start), TimeOnly.FromDateTime(start));
            // WFDB writes the time of day in brackets.
            var isOfDay = cell is [(byte)'[', ..] || CsvTime.LengthOfDay(cell) > 0;
            if (time.Kind == CsvTimeKind.Clock && isOfDay && time.TryParse(cell, out var clock) && clock.Seconds < 86_400)
            {
                if (CsvTime.LengthOfDay(cell) > 0)
                    _remarks.Add($"The days of column '{candidate.Name}' were left out: day or month may come first.");
                return (null, new TimeOnly((long)(clock.Seconds * TimeSpan.TicksPerSecond)));
            }

            if (names is not null && StartPattern().Match(names[candidate.Column]) is { Success: true } match)
                return StartOfHeading(match, time, cell);
        }

        foreach (var candidate in columns.TimeCandidates)
        {
            if (candidate.Time.Kind != CsvTimeKind.Number || !candidate.Time.TryParse(columns.FirstCell(candidate.Column), out var instant)
                || instant.Seconds is < FirstEpoch or > LastEpoch)
            {
                continue;
            }

            var start = DateTime.UnixEpoch.AddTicks((long)Math.Round(instant.Seconds * TimeSpan.TicksPerSecond));
            _remarks.Add($"The times of column '{candidate.Name}' count from 1970: the start is in UTC.");
            return (DateOnly.FromDateTime(start), TimeOnly.FromDateTime(start));
        }

        return default;
    }

    private static (DateOnly? Date, TimeOnly? Time) StartOfHeading(Match match, CsvTime time, byte[] cell)
    {
        if (!TimeOnly.TryParseExact(match.Groups["time"].Value, "HH:mm:ss.FFFFFFF", out var timeOfDay))
            return default;
        var hasDate = DateOnly.TryParseExact(match.Groups["date"].Value, "yyyy-MM-dd", out var date);
        // A part of a recording keeps the heading of the whole, but its first row is later.
        var late = time.Kind == CsvTimeKind.Number && time.TryParse(cell, out var instant) ? instant.Seconds : 0;
        if (Math.Abs(late) > LongestRecordingSeconds || (hasDate && date.Year is <= FirstYear or >= LastYear))
            return late == 0 ? (hasDate ? date : null, timeOfDay) : default;
        timeOfDay = timeOfDay.Add(TimeSpan.FromTicks((long)Math.Round(late * TimeSpan.TicksPerSecond)), out var days);
        return (hasDate ? date.AddDays(days) : null, timeOfDay);
    }

    [GeneratedRegex(@"\(s since ((?<date>\d{4}-\d\d-\d\d)T)?(?<time>\d\d:\d\d:\d\d(\.\d{1,7})?)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex StartPattern();
}
