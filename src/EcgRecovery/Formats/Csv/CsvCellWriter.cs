using System.Globalization;
using EcgRecovery.Formats.Csv.Cells;

namespace EcgRecovery.Formats.Csv;

/// <summary>Writes the cells of a CSV through a large buffer.</summary>
/// <param name="output">Receives the bytes.</param>
/// <param name="dialect">Delimiter and decimal point.</param>
internal sealed class CsvCellWriter(Stream output, CsvDialect dialect)
{
    private const int BufferBytes = 1 << 18;

    // The longest double has 24 characters, the longest time 30.
    private const int LongestNumber = 32;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _length;
    private bool _isInRow;

    /// <summary>Writes a text, in quotes if it needs them.</summary>
    public void Text(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        var delimiter = (char)dialect.Delimiter;
        var needsQuotes = line.Contains(delimiter, StringComparison.Ordinal) || line.Contains('"', StringComparison.Ordinal)
            || line is ['#' or '\'', ..];
        var cell = needsQuotes ? $"\"{line.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : line;
        Encoded(System.Text.Encoding.UTF8.GetBytes(cell));
    }

    /// <summary>Writes a cell without quotes.</summary>
    public void Encoded(ReadOnlySpan<byte> cell)
    {
        if (cell.Length > BufferBytes / 2)
        {
            Begin(0);
            Flush();
            output.Write(cell);
            return;
        }

        Begin(cell.Length);
        cell.CopyTo(_buffer.AsSpan(_length));
        _length += cell.Length;
    }

    /// <summary>Writes a sample's time.</summary>
    public void Time(CsvTimeWriter times, long sample)
    {
        Begin(LongestNumber);
        _length += times.Write(sample, _buffer.AsSpan(_length), dialect.DecimalPoint);
    }

    /// <summary>Writes a number as the shortest decimal that is the same double again.</summary>
    public void Number(double value)
    {
        Begin(LongestNumber);
        _length += Format(value, _buffer.AsSpan(_length, LongestNumber));
    }

    /// <summary>Formats the shortest decimal; returns the bytes written.</summary>
    public int Format(double value, Span<byte> destination)
    {
        // A negative gain makes −0 of 0.
        (value == 0 ? 0 : value).TryFormat(destination, out var length, default, CultureInfo.InvariantCulture);
        if (dialect.DecimalPoint != '.')
            destination[..length].Replace((byte)'.', dialect.DecimalPoint);
        return length;
    }

    /// <summary>Ends a row.</summary>
    public void EndRow()
    {
        if (_length == _buffer.Length)
            Flush();
        _buffer[_length++] = (byte)'\n';
        _isInRow = false;
    }

    /// <summary>Writes the rest of the buffer.</summary>
    public void Flush()
    {
        output.Write(_buffer, 0, _length);
        _length = 0;
    }

    private void Begin(int bytes)
    {
        if (_length + bytes + 1 > _buffer.Length)
            Flush();
        if (_isInRow)
            _buffer[_length++] = dialect.Delimiter;
        _isInRow = true;
    }
}

/// <summary>Caches the texts of a lead's ADC values, of which a converter gives few different ones.</summary>
/// <param name="lead">The lead, with ADC units.</param>
/// <param name="writer">Formats the values.</param>
internal sealed class CsvAdcTexts(EcgRecovery.Records.EcgLead lead, CsvCellWriter writer)
{
    // Values with the same low bits share a place; those of a converter of 12 bits do not.
    private const int Places = 1 << 12;
    private const int TextBytes = 31;

    private readonly byte[] _texts = new byte[Places * (TextBytes + 1)];
    private readonly int[] _adcUnits = new int[Places];

    /// <summary>Returns the physical value of an ADC value, as text.</summary>
    public ReadOnlySpan<byte> Of(int adcUnits)
    {
        var place = adcUnits & (Places - 1);
        var text = _texts.AsSpan(place * (TextBytes + 1), TextBytes + 1);
        if (text[TextBytes] == 0 || _adcUnits[place] != adcUnits)
        {
            text[TextBytes] = (byte)writer.Format((adcUnits - lead.AdcBaseline) / lead.Gain, text[..TextBytes]);
            _adcUnits[place] = adcUnits;
        }

        return text[..text[TextBytes]];
    }
}
