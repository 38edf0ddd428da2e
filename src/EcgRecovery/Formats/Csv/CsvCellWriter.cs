using System.Globalization;

namespace EcgRecovery.Formats.Csv;

/// <summary>Collects the bytes of a CSV and hands them on by large pieces.</summary>
/// <param name="output">Receives them.</param>
/// <param name="dialect">Delimiter and decimal point.</param>
internal sealed class CsvCellWriter(Stream output, CsvDialect dialect)
{
    private const int BufferBytes = 1 << 18;

    // The longest double has 24 characters, the longest time 30.
    private const int LongestNumber = 32;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _length;
    private bool _isInRow;

    /// <summary>Writes a text, in quotes where it needs them.</summary>
    public void Text(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        var delimiter = (char)dialect.Delimiter;
        var needsQuotes = line.Contains(delimiter, StringComparison.Ordinal) || line.Contains('"', StringComparison.Ordinal) || line is ['#' or '\'', ..];
        Encoded(System.Text.Encoding.UTF8.GetBytes(needsQuotes ? $"\"{line.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : line));
    }

    /// <summary>Writes a cell as it is.</summary>
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

    /// <summary>Writes a number as the shortest decimals that are read as the same double.</summary>
    public void Number(double value)
    {
        Begin(LongestNumber);
        _length += Format(value, _buffer.AsSpan(_length, LongestNumber));
    }

    /// <summary>The shortest decimals; returns how many bytes they take.</summary>
    public int Format(double value, Span<byte> destination)
    {
        // −0 is 0, as a negative gain makes it.
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

    /// <summary>Hands on what is left.</summary>
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

/// <summary>The texts of a lead's ADC units: a converter gives few different ones, over and over.</summary>
/// <param name="lead">The lead, with ADC units.</param>
/// <param name="writer">Prints what is not known yet.</param>
internal sealed class CsvAdcTexts(EcgRecovery.Records.EcgLead lead, CsvCellWriter writer)
{
    // Values of the same last bits share a place: 12 bits of a usual converter never do.
    private const int Places = 1 << 12;
    private const int TextBytes = 31;

    private readonly byte[] _texts = new byte[Places * (TextBytes + 1)];
    private readonly int[] _adcUnits = new int[Places];

    /// <summary>The physical value of an ADC value, as text.</summary>
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
