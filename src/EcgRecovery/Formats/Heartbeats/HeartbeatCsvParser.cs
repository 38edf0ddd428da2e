using System.Globalization;
using System.Text;
using csFastFloat;
using EcgRecovery.Beats;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Heartbeats;

/// <summary>Parses a heartbeat CSV line by line; errors name line and column.</summary>
internal sealed class HeartbeatCsvParser(string file, HeartbeatCsvOptions options)
{
    private const int RowColumns = HeartbeatSet.BeatLength + 1;
    private const int LargestLabel = 4;
    private static readonly int MaximumRows = Array.MaxLength / HeartbeatSet.BeatLength;

    private float[] _samples = [];
    private AamiClass[] _classes = [];
    private int _columns;
    private byte _decimalPoint = (byte)'.';
    private long _line;
    private long _emptyLine;

    public int Count { get; private set; }

    public bool HadHeader { get; private set; }

    public bool HadIndexColumn => _columns == RowColumns + 1;

    public bool HadLabels => _columns != HeartbeatSet.BeatLength;

    /// <summary>The character between cells; the first line decides.</summary>
    public byte Delimiter { get; private set; }

    public bool HadDecimalComma { get; private set; }

    /// <summary>Allocates memory for this number of rows in all; it grows if there are more.</summary>
    public void Reserve(long rows)
    {
        var fitting = (int)Math.Clamp(rows, Count, MaximumRows);
        Array.Resize(ref _samples, fitting * HeartbeatSet.BeatLength);
        Array.Resize(ref _classes, fitting);
    }

    /// <summary>Adds the next line; returns whether it was a row.</summary>
    /// <param name="text">The line without its end.</param>
    public bool Add(ReadOnlySpan<byte> text)
    {
        _line++;
        if (text is [.., (byte)'\r'])
            text = text[..^1];
        if (text.Trim(" \t"u8).IsEmpty)
        {
            _emptyLine = _emptyLine == 0 ? _line : _emptyLine;
            return false;
        }

        if (_emptyLine > 0)
            throw new InvalidDataException($"{file}, line {_emptyLine}: empty line between rows.");
        if (Delimiter == 0)
            Delimiter = DelimiterOf(text);
        // Where commas do not separate cells they are decimal points.
        var hasComma = Delimiter != ',' && text.Contains((byte)',');
        _decimalPoint = hasComma ? (byte)',' : (byte)'.';
        if (_columns == 0 && !HadHeader && IsHeader(text))
        {
            HadHeader = true;
            return false;
        }

        if (_columns == 0)
            _columns = CheckColumns(text);
        HadDecimalComma |= hasComma;
        AddRow(text);
        return true;
    }

    /// <summary>Returns the rows.</summary>
    /// <exception cref="InvalidDataException">There are none.</exception>
    public (float[] Samples, AamiClass[] Classes) Finish()
    {
        if (Count == 0)
        {
            var what = HadHeader ? "has a header line only" : "is empty";
            throw new InvalidDataException($"{file} {what}; expected rows of {HeartbeatSet.BeatLength} samples and a label.");
        }

        Reserve(Count);
        return (_samples, _classes);
    }

    private void AddRow(ReadOnlySpan<byte> text)
    {
        if (Count == MaximumRows)
            throw new InvalidDataException($"{file} has more than {MaximumRows} rows, more than an array holds.");
        if (Count == _classes.Length)
            Reserve(Math.Max(16L, Count + (Count / 2L)));
        var row = _samples.AsSpan(Count * HeartbeatSet.BeatLength, HeartbeatSet.BeatLength);
        var at = 0;
        if (HadIndexColumn)
            ReadIndex(text, ref at);
        for (var i = 0; i < row.Length; i++)
        {
            if (!TryReadCell(text, ref at, out row[i]))
                row[i] = ReadOddCell(text, ref at, (HadIndexColumn ? 1 : 0) + i + 1, options.AllowMissing);
        }

        var label = (float)AamiClass.Q;
        if (HadLabels && !TryReadCell(text, ref at, out label))
            label = ReadOddCell(text, ref at, _columns, mayBeMissing: false);
        if (at <= text.Length)
            throw WrongColumns(text);
        if (label is not (>= 0 and <= LargestLabel) || label != (int)label)
            throw Wrong(_columns, $"label {label.ToString(CultureInfo.InvariantCulture)} is out of range; expected 0, 1, 2, 3 or 4");
        _classes[Count++] = (AamiClass)(int)label;
    }

    /// <summary>Reads a plain number and steps over the delimiter behind it; after the last cell, beyond the end.</summary>
    private bool TryReadCell(ReadOnlySpan<byte> text, ref int at, out float value)
    {
        value = 0;
        if (at >= text.Length)
            return false;
        var rest = text[at..];
        if (!TryParse(rest, out value, out var length) || !float.IsFinite(value) || (length < rest.Length && rest[length] != Delimiter))
            return false;
        at += length + 1;
        return true;
    }

    /// <summary>Reads the number that a text starts with as the nearest float32.</summary>
    private bool TryParse(ReadOnlySpan<byte> text, out float value, out int length)
    {
        // The words inf and nan are read too, but with length 0.
        if (FastFloatParser.TryParseFloat(text, out length, out value, decimal_separator: _decimalPoint) && length > 0)
            return true;
        (value, length) = (0, 0);
        return false;
    }

    /// <summary>Reads a cell that is not just a finite number: one in blanks or quotes, missing, or wrong.</summary>
    private float ReadOddCell(ReadOnlySpan<byte> text, ref int at, int column, bool mayBeMissing)
    {
        if (at > text.Length)
            throw WrongColumns(text);
        var cell = NextCell(text, ref at);
        if (mayBeMissing && IsMissing(cell))
            return float.NaN;
        if (TryParse(cell, out var value, out var length) && length == cell.Length && float.IsFinite(value))
            return value;
        if (CountColumns(text) != _columns)
            throw WrongColumns(text);

        if (cell.IsEmpty)
            throw Wrong(column, "empty cell; expected a number");
        var quoted = InputFile.Shorten(Encoding.UTF8.GetString(cell));
        var isInfinite = IsInfinity(cell) || float.IsInfinity(value);
        throw Wrong(column, $"'{quoted}' is {(isInfinite ? "infinite; expected a finite number" : "not a number")}");
    }

    private void ReadIndex(ReadOnlySpan<byte> text, ref int at)
    {
        var cell = NextCell(text, ref at);
        if (long.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            return;
        var quoted = InputFile.Shorten(Encoding.UTF8.GetString(cell));
        throw CountColumns(text) != _columns
            ? WrongColumns(text)
            : Wrong(1, $"'{quoted}' is no row number; expected one in the first of {_columns} columns");
    }

    /// <summary>Returns the next cell without blanks and quotes around it, and steps over the delimiter behind it.</summary>
    private ReadOnlySpan<byte> NextCell(ReadOnlySpan<byte> text, ref int at)
    {
        var rest = text[at..];
        var length = rest.IndexOf(Delimiter);
        if (length < 0)
            length = rest.Length;
        at += length + 1;
        var cell = rest[..length].Trim(" \t"u8);
        return cell is [(byte)'"', .., (byte)'"'] ? cell[1..^1].Trim(" \t"u8) : cell;
    }

    /// <summary>Returns whether the first line names the columns: by consecutive numbers, or mostly by words.</summary>
    private bool IsHeader(ReadOnlySpan<byte> text)
    {
        var count = CheckColumns(text);
        var words = 0;
        var counts = true;
        var before = float.NaN;
        var at = 0;
        for (var column = 0; column < count; column++)
        {
            var cell = NextCell(text, ref at);
            var isNumber = TryParse(cell, out var value, out var length) && length == cell.Length;
            words += isNumber || IsMissing(cell) ? 0 : 1;
            // The first cell may be the heading of the index column, which can be anything.
            counts &= column < 2 || (isNumber && value == before + 1);
            before = isNumber ? value : float.NaN;
        }

        return counts || words > count / 2;
    }

    private int CheckColumns(ReadOnlySpan<byte> text)
    {
        var count = CountColumns(text);
        if (count == HeartbeatSet.BeatLength && !options.AllowUnlabelled)
        {
            throw new InvalidDataException(
                $"{file}, line {_line}: {count} columns, so rows have no label; expected {RowColumns}: only recovery does without labels.");
        }

        return count is HeartbeatSet.BeatLength or RowColumns or RowColumns + 1 ? count : throw WrongColumns(text);
    }

    private int CountColumns(ReadOnlySpan<byte> text) => text.Count(Delimiter) + 1;

    /// <summary>Returns the delimiter of a line: a semicolon where there is one, a tab where there are enough, otherwise a comma.</summary>
    public static byte DelimiterOf(ReadOnlySpan<byte> text) =>
        text.Contains((byte)';') ? (byte)';' : text.Count((byte)'\t') >= HeartbeatSet.BeatLength - 1 ? (byte)'\t' : (byte)',';

    private InvalidDataException WrongColumns(ReadOnlySpan<byte> text)
    {
        var expected = _columns > 0
            ? $"{_columns} as in the rows before"
            : $"{RowColumns} ({HeartbeatSet.BeatLength} samples and a label) or {RowColumns + 1} (a row number before them), "
                + "with commas between";
        return new InvalidDataException($"{file}, line {_line}: {CountColumns(text)} columns; expected {expected}.");
    }

    private InvalidDataException Wrong(int column, string what) => new($"{file}, line {_line}, column {column}: {what}.");

    private static bool IsMissing(ReadOnlySpan<byte> cell) =>
        cell.IsEmpty || Ascii.EqualsIgnoreCase(cell, "nan"u8) || Ascii.EqualsIgnoreCase(cell, "na"u8);

    private static bool IsInfinity(ReadOnlySpan<byte> cell)
    {
        var word = cell.TrimStart("+-"u8);
        return Ascii.EqualsIgnoreCase(word, "inf"u8) || Ascii.EqualsIgnoreCase(word, "infinity"u8) || word.SequenceEqual("∞"u8);
    }
}
