using System.Text;
using EcgRecovery.Formats.Csv.Cells;
using EcgRecovery.Formats.Csv.Heads;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Csv;

/// <summary>Finds what the columns of a CSV hold: times, counters, text, leads and the origins of their samples.</summary>
internal sealed class CsvColumns
{
    // Fewer texts among the values of a column are broken cells, which are reported with their line.
    private const double ShareOfText = 0.5;

    // The other steps of a counter of packets are those over lost ones.
    private const double ShareOfPacketSteps = 0.5;

    // Nothing that is measured counts so many rows by ones.
    private const int RowsThatProve = 50;

    // Seconds, milli-, micro- and nanoseconds.
    private static readonly int[] s_decimals = [0, 3, 6, 9];

    private readonly CsvDialect _dialect;
    private readonly CsvReadOptions _options;
    private readonly TextHead _head;
    private readonly (string Name, string? Unit)[]? _headings;
    private readonly List<string>? _names;
    private readonly byte[][][] _cells;
    private readonly List<CsvColumn> _columns = [];
    private readonly List<CsvTimeCandidate> _candidates = [];
    private readonly List<string> _remarks = [];
    private int _leads;

    /// <param name="rows">The first rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="dialect">Delimiter and decimal point.</param>
    /// <param name="heading">The texts of the heading and its line of units; null where there is none.</param>
    /// <param name="head">The file's head.</param>
    /// <param name="options">The caller's options.</param>
    public CsvColumns(
        IEnumerable<CsvLine> rows, int columns, CsvDialect dialect, (List<string> Names, List<string>? Units)? heading, TextHead head,
        CsvReadOptions options)
    {
        (_dialect, _head, _options, _names) = (dialect, head, options, heading?.Names);
        var texts = rows.Select(row => CsvCells.Texts(row.Text, dialect.Delimiter)).Where(row => row.Count >= columns).ToArray();
        _cells = [.. Enumerable.Range(0, columns).Select(c => texts.Select(row => Encoding.UTF8.GetBytes(row[c])).ToArray())];
        _headings = Headings(columns, heading);
        Find();
    }

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<CsvColumn> Columns => _columns;

    /// <summary>The columns that may hold times, in order.</summary>
    public IReadOnlyList<CsvTimeCandidate> TimeCandidates => _candidates;

    /// <summary>What was assumed about the columns, one sentence each.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>Returns the first cell of a column.</summary>
    public byte[] FirstCell(int column) => _cells[column][0];

    private (string Name, string? Unit)[]? Headings(int columns, (List<string> Names, List<string>? Units)? heading)
    {
        // A head that describes fewer columns leaves out the times before them.
        var described = _head.Columns.Count > columns ? [] : _head.Columns;
        var before = columns - described.Count;
        if (heading is null && described.Count == 0)
            return null;
        return
        [
            .. Enumerable.Range(0, columns).Select(c =>
            {
                var own = heading is { } named ? WithUnit(CsvHeading.Read(named.Names[c]), named.Units?[c]) : ("", null);
                if (c < before)
                    return own;
                var (name, unit, _) = described[c - before];
                return (own.Name.Length > 0 ? own.Name : name, own.Unit ?? unit);
            }),
        ];
    }

    private static (string Name, string? Unit) WithUnit((string Name, string? Unit) heading, string? unit) =>
        string.IsNullOrEmpty(unit) ? heading : (heading.Name, CsvHeading.ReadUnit(unit));

    private void Find()
    {
        var chosen = ChosenTime();
        for (var c = 0; c < _cells.Length; c++)
        {
            var name = _headings?[c].Name ?? "";
            var title = _names?[c] is { Length: > 0 } written ? written.Trim() : name.Length > 0 ? name : $"{c + 1}";
            if (OriginOf(c) is { } origin)
            {
                _columns.Add(origin);
            }
            else if (TimeOf(c, title, isChosen: chosen == c) is var time && (time is not null || IsBeforeDescribed(c)))
            {
                _columns.Add(new CsvColumn(CsvColumnKind.Time, title));
                if (time is not null && (chosen is null || chosen == c))
                    _candidates.Add(time);
            }
            else if (CountsPackets(c, name))
            {
                _columns.Add(new CsvColumn(CsvColumnKind.Time, title));
                _remarks.Add($"Column '{title}' counts packets of several rows: it was left out, and lost packets cannot be seen by it.");
            }
            else if (IsText(c))
            {
                _columns.Add(new CsvColumn(CsvColumnKind.Text, title));
            }
            else
            {
                _columns.Add(new CsvColumn(CsvColumnKind.Lead, name, UnitOf(c), _leads++, BitsOf(c)));
            }
        }

        NameLeads();
    }

    /// <summary>Returns whether a column stands before those that the head describes: it holds times, even such that begin again.</summary>
    private bool IsBeforeDescribed(int column) =>
        _names is null && _head.Program.Length > 0 && _head.Columns.Count > 0 && column < _cells.Length - _head.Columns.Count;

    private void NameLeads()
    {
        for (var c = 0; c < _columns.Count; c++)
        {
            if (_columns[c] is { Kind: CsvColumnKind.Lead, Name.Length: 0 } lead)
                _columns[c] = lead with { Name = _leads == 1 ? "ECG" : $"lead {lead.Lead + 1}" };
        }
    }

    private string? UnitOf(int column) => _headings?[column].Unit ?? _head.Unit;

    private int? BitsOf(int column) =>
        _head.Columns.Count <= _cells.Length && column - (_cells.Length - _head.Columns.Count) is >= 0 and var described
            ? _head.Columns[described].Bits
            : null;

    private CsvColumn? OriginOf(int column) =>
        _names is not null && CsvHeading.OriginOf(_names[column]) is { } of
            && _columns.FindLastIndex(lead => lead.Kind == CsvColumnKind.Lead && lead.Name == of) is >= 0 and var lead
            && ProvenanceText.TryRead(Encoding.UTF8.GetString(FirstCell(column)), out _, out _)
            ? new CsvColumn(CsvColumnKind.Origin, of, null, _columns[lead].Lead)
            : null;

    /// <summary>Returns the column that the options choose for the times; −1 for none of them, null if they do not choose.</summary>
    /// <exception cref="InvalidDataException">There is no such column.</exception>
    private int? ChosenTime()
    {
        if (_options.TimeColumn is not { } wanted)
            return null;
        if (wanted.Equals(CsvReadOptions.NoTimeColumn, StringComparison.OrdinalIgnoreCase))
            return -1;
        var named = Array.FindIndex(
            [.. Enumerable.Range(0, _cells.Length)],
            c => (_headings is not null && _headings[c].Name.Equals(wanted, StringComparison.OrdinalIgnoreCase))
                || (_names is not null && _names[c].Equals(wanted, StringComparison.OrdinalIgnoreCase)));
        if (named >= 0)
            return named;
        if (int.TryParse(wanted, out var number) && number >= 1 && number <= _cells.Length)
            return number - 1;
        var names = _headings?.Select(heading => heading.Name).Where(name => name.Length > 0) ?? [];
        throw new InvalidDataException(
            $"the file has no column '{wanted}' for the times; expected "
            + string.Join(", ", names.Append($"a number from 1 to {_cells.Length}, or none.")));
    }

    private CsvTimeCandidate? TimeOf(int column, string title, bool isChosen)
    {
        if (_head.HasNoTimes && !isChosen)
            return null;
        var cells = _cells[column];
        // The most frequent kind: a broken cell is reported later, with its line.
        var kind = cells.Select(cell => CsvDialects.KindOfTime(cell, _dialect)).GroupBy(kind => kind).MaxBy(kinds => kinds.Count())!.Key;
        if (kind is { } written)
        {
            var isPoint = _dialect.DecimalPoint == ',' && !cells[0].Contains((byte)',');
            return new CsvTimeCandidate(column, title, new CsvTime(written, 0, 1, isPoint ? (byte)'.' : _dialect.DecimalPoint));
        }

        if (IsText(column))
            return null;
        var (name, unit) = _headings?[column] ?? ("", null);
        var numbers = Array.ConvertAll(cells, cell => CsvNumber.Parse(cell, _dialect.DecimalPoint));
        var isProgression = _cells.Length > 1 && IsProgression(numbers);
        // No lead rises by equal steps: whatever its name, such a first column holds times, and so does one in a unit of time.
        var isFirst = column == 0 && unit is null && LeadNames.KindOf(name) != LeadKind.Ecg
            && (!CsvHeading.IsCounter(name) || name.Length == 0 || _headings is null
                || Array.Exists(numbers, number => number.Value != Math.Floor(number.Value)));
        if (isChosen || IsBeforeDescribed(column) || CsvHeading.IsTime(name, unit)
            || (isProgression && (isFirst || CsvHeading.UnitOfTime(unit) is not null)))
        {
            return NumberTime(column, title, unit ?? name, hasUnit: unit is not null, numbers);
        }

        return unit is null || CsvHeading.IsCounter(name) ? CounterOf(column, title, name, numbers) : null;
    }

    /// <summary>Returns a counter; null if the column is none.</summary>
    private CsvTimeCandidate? CounterOf(int column, string title, string name, CsvNumber[] numbers)
    {
        var isNamed = CsvHeading.IsCounter(name) && (name.Length > 0 || column == 0);
        if (_cells.Length == 1 || LeadNames.KindOf(name) == LeadKind.Ecg
            || Array.Exists(numbers, number => number.Kind is CsvCellKind.Missing or CsvCellKind.Bad)
            || CsvCounter.Detect(Array.ConvertAll(numbers, number => number.Value), isNamed) is not { } counter)
        {
            return null;
        }

        // A count that never begins again may be anything that rises, unless its name or its place says what it is.
        if (counter.Modulus == 0 && !isNamed && !(counter.Step == 1 && numbers.Length >= RowsThatProve))
            return null;
        if (BitsOf(column) is { } bits)
            counter = counter with { Modulus = 1L << bits };
        return new CsvTimeCandidate(column, title, new CsvTime(CsvTimeKind.SampleIndex, 0, 1, _dialect.DecimalPoint, counter));
    }

    /// <summary>Returns whether a column with a counter's name counts on only now and then.</summary>
    private bool CountsPackets(int column, string name)
    {
        if (name.Length == 0 || !CsvHeading.IsCounter(name) || _cells.Length == 1)
            return false;
        var numbers = Array.ConvertAll(_cells[column], cell => CsvNumber.Parse(cell, _dialect.DecimalPoint));
        return numbers.Length > 1 && Array.TrueForAll(numbers, number => number.Kind == CsvCellKind.Exact)
            && numbers.Zip(numbers.Skip(1), (a, b) => b.Value - a.Value).Count(step => step is 0 or 1)
                >= ShareOfPacketSteps * (numbers.Length - 1);
    }

    private bool IsText(int column)
    {
        var valued = _cells[column].Where(cell => CsvNumber.Parse(cell, _dialect.DecimalPoint).Kind != CsvCellKind.Missing).ToArray();
        return valued.Length > 0 && valued.Count(cell => CsvDialects.IsText(cell, _dialect)) >= ShareOfText * valued.Length;
    }

    /// <summary>Returns whether the numbers go up by equal steps, apart from rounding and jumps.</summary>
    private static bool IsProgression(CsvNumber[] numbers)
    {
        if (numbers.Length < 3 || Array.Exists(numbers, number => number.Kind is CsvCellKind.Missing or CsvCellKind.Bad))
            return false;
        var steps = numbers.Zip(numbers.Skip(1), (a, b) => b.Value - a.Value).Order().ToArray();
        var rounding = 1 / CsvNumber.PowerOfTen(Math.Min(numbers.Max(number => number.Decimals), 9));
        // One jump in ten at most.
        return steps[0] >= 0 && steps[^1] > 0 && steps[steps.Length * 9 / 10] - steps[0] <= rounding * 1.01;
    }

    /// <summary>Returns a column of numeric times; their unit is the options', the heading's, or guessed from the steps.</summary>
    private CsvTimeCandidate NumberTime(int column, string title, string unitText, bool hasUnit, CsvNumber[] numbers)
    {
        var point = _dialect.DecimalPoint;
        var named = CsvHeading.UnitOfTime(_options.TimeUnit) ?? (hasUnit || unitText.Length > 1 ? CsvHeading.UnitOfTime(unitText) : null);
        if (named is { } unit)
            return new CsvTimeCandidate(column, title, new CsvTime(CsvTimeKind.Number, unit.Decimals, unit.Seconds, point));
        var step = numbers.Length > 1 ? (numbers[^1].Value - numbers[0].Value) / (numbers.Length - 1) : 0;
        // Whether a number with too many digits is whole can only be seen in its text.
        var isWhole = !Array.Exists(numbers, number => number.Decimals > 0)
            && !Array.Exists(_cells[column], cell => cell.Length > 18 && cell.AsSpan().Contains(point));
        if (isWhole && step is > 0 and < 1.5)
        {
            var counts = new CsvTime(CsvTimeKind.SampleIndex, 0, 1, point, new CsvCounter(1, 0));
            return new CsvTimeCandidate(
                column, title, counts, "The first column counts by ones: it was taken for the sample's number ('time-unit' overrules).");
        }

        var decimals = DecimalsOf(step);
        var guess = decimals == 0
            ? null
            : $"The times of column '{title}' have no unit: their steps were taken for {NameOf(decimals)} ('time-unit' overrules).";
        return new CsvTimeCandidate(column, title, new CsvTime(CsvTimeKind.Number, decimals, 1, point), guess);
    }

    /// <summary>Returns the coarsest unit, 10^(−decimals) seconds, in which a step is that of an electrocardiogram.</summary>
    private int DecimalsOf(double step)
    {
        // A given or stated frequency decides where it can.
        if ((_options.SamplingFrequencyHz ?? _head.FrequencyHz) is { } given && step > 0)
            return s_decimals.MinBy(decimals => Math.Abs(Math.Log10(step * given) - decimals));
        var decimals = 0;
        while (decimals < 9 && step * CsvFrequency.SlowestHz > CsvNumber.PowerOfTen(decimals))
            decimals += 3;
        return decimals;
    }

    private static string NameOf(int decimals) => decimals switch { 3 => "milliseconds", 6 => "microseconds", _ => "nanoseconds" };
}
