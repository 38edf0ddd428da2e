using Microsoft.Win32.SafeHandles;

namespace EcgRecovery.Formats.Csv;

/// <summary>Reads the lines of a text file from any offset on, in a bounded buffer. A line ends with LF, CR LF or CR.</summary>
/// <param name="file">The file; read at given offsets only, so that several readers may share it.</param>
/// <param name="name">The file's name in errors.</param>
internal sealed class CsvLines(SafeFileHandle file, string name)
{
    /// <summary>A file with a longer line is no CSV of a recording.</summary>
    public const int LongestLineBytes = 1 << 20;

    private const int BufferBytes = 1 << 18;

    private byte[] _buffer = new byte[BufferBytes];
    private long _bufferOffset;
    private int _at;
    private int _end;
    private bool _isAtEnd;

    /// <summary>Offset of the line read last.</summary>
    public long LineOffset { get; private set; }

    /// <summary>Offset of the next line.</summary>
    public long NextOffset => _bufferOffset + _at;

    /// <summary>Continues at an offset, the beginning of a line.</summary>
    public void Seek(long offset)
    {
        _bufferOffset = offset;
        _at = _end = 0;
        _isAtEnd = false;
    }

    /// <summary>Returns whether a line is empty or blank.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> line) => line.IsEmpty || (line[0] <= ' ' && line.Trim(" \t"u8).IsEmpty);

    /// <summary>Returns whether a line is a comment: it begins with <c>#</c> or, as OpenBCI writes it, with <c>%</c>.</summary>
    public static bool IsComment(ReadOnlySpan<byte> line) =>
        !line.IsEmpty && line[0] <= '%' && line.TrimStart(" \t"u8) is [(byte)'#' or (byte)'%', ..];

    /// <summary>Reads the next line, without its end; valid until the next call. Returns false at the file's end.</summary>
    /// <exception cref="InvalidDataException">The line is too long.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_at + searched, _end - _at - searched).IndexOfAny((byte)'\n', (byte)'\r');
            var length = found < 0 ? _end - _at : searched + found;
            // A CR at the end of the buffer may be followed by an LF.
            if (found >= 0 && (_isAtEnd || _buffer[_at + length] == '\n' || _at + length + 1 < _end))
            {
                line = Take(length, _buffer[_at + length] == '\r' && _at + length + 1 < _end && _buffer[_at + length + 1] == '\n' ? 2 : 1);
                return true;
            }

            if (_isAtEnd)
            {
                line = length > 0 ? Take(length, 0) : default;
                return length > 0;
            }

            searched = length;
            Fill();
        }
    }

    private ReadOnlySpan<byte> Take(int length, int lineEnd)
    {
        LineOffset = NextOffset;
        var line = _buffer.AsSpan(_at, length);
        _at += length + lineEnd;
        return line;
    }

    private void Fill()
    {
        var kept = _end - _at;
        if (kept > LongestLineBytes)
            throw new InvalidDataException($"{name} has a line of more than {LongestLineBytes} bytes; expected the rows of a recording.");
        if (kept > _buffer.Length / 2)
        {
            var larger = new byte[_buffer.Length * 2];
            _buffer.AsSpan(_at, kept).CopyTo(larger);
            _buffer = larger;
        }
        else
        {
            _buffer.AsSpan(_at, kept).CopyTo(_buffer);
        }

        _bufferOffset += _at;
        _at = 0;
        var read = RandomAccess.Read(file, _buffer.AsSpan(kept), _bufferOffset + kept);
        _end = kept + read;
        _isAtEnd = read == 0;
    }
}
