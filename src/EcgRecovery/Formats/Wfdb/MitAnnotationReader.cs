using System.Buffers.Binary;
using System.Globalization;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>Reads annotation files in MIT format.</summary>
/// <remarks>
/// Little-endian 16-bit words: a 6-bit code above a 10-bit number. Codes 1…49 are annotations, with the time since the one before as the
/// number; the other codes belong to the annotation before them (see <see cref="MitAnnotation"/>). A zero word ends the file. The file may
/// begin with notes at time 0 about the file itself, followed by an annotation of code 0. Source: WFDB, annot(5),
/// https://physionet.org/physiotools/wag/annot-5.htm.
/// </remarks>
internal ref struct MitAnnotationReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly string _file;
    private readonly List<Annotation> _annotations = [];
    private readonly List<AnnotationDefinition> _definitions = [];
    private readonly List<byte[]> _openingNotes = [];
    private readonly HashSet<int> _zeroClosed = [];
    private int _position;
    private double? _ticksPerSecond;
    private bool _hasNullAfterNotes, _isDefining;

    // The annotation that is being read; Code 0 = a null annotation, −1 = none yet.
    private Annotation _current = new(0, -1);
    private byte[] _currentAux = [];

    private MitAnnotationReader(ReadOnlySpan<byte> bytes, string file)
    {
        _bytes = bytes;
        _file = file;
    }

    /// <summary>Decodes a file.</summary>
    /// <param name="bytes">The file's content.</param>
    /// <param name="file">The file's name in errors.</param>
    /// <exception cref="InvalidDataException">The file is truncated or not in MIT format.</exception>
    public static WfdbAnnotationFile Decode(ReadOnlySpan<byte> bytes, string file)
    {
        if (IsAha(bytes))
        {
            throw new InvalidDataException(
                $"{file} is an annotation file in AHA format, which is not read; "
                + "expected MIT format, which WFDB's rdann and wrann make of it.");
        }

        var reader = new MitAnnotationReader(bytes, file);
        reader.ReadAll();
        return new WfdbAnnotationFile
        {
            Annotations = reader._annotations,
            TicksPerSecond = reader._ticksPerSecond,
            Definitions = reader._definitions,
            Style = new MitAnnotationStyle(reader._openingNotes, reader._hasNullAfterNotes, reader._zeroClosed),
        };
    }

    // AHA format: 16 bytes per annotation; byte 0 is 0, byte 1 a letter, and bytes 6 and 7 a number from 1 on; see annot(5).
    private static bool IsAha(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 16 && bytes.Length % 16 == 0 && bytes[0] == 0 && "NVFEPQROUS".Contains((char)bytes[1], StringComparison.Ordinal)
        && BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]) == 1;

    private void ReadAll()
    {
        var sample = 0L;
        while (true)
        {
            var at = _position;
            var word = BinaryPrimitives.ReadUInt16LittleEndian(Take(2));
            if (word == 0)
                break;
            var (code, value) = (word >> 10, word & 0x3FF);
            switch (code)
            {
                case MitAnnotation.Skip:
                    // Two words, the high one first.
                    var words = Take(4);
                    sample += (BinaryPrimitives.ReadInt16LittleEndian(words) << 16) | BinaryPrimitives.ReadUInt16LittleEndian(words[2..]);
                    break;
                case MitAnnotation.Num:
                    _current = _current with { Number = (sbyte)value };
                    break;
                case MitAnnotation.Chn:
                    _current = _current with { Channel = (byte)value };
                    break;
                case MitAnnotation.Sub:
                    RequireAnnotation(at);
                    _current = _current with { Subtype = (sbyte)value };
                    break;
                case MitAnnotation.Aux:
                    RequireAnnotation(at);
                    // The length does not count a padding byte that makes it even.
                    _currentAux = Take(value + (value & 1))[..value].ToArray();
                    break;
                case < BeatCode.Count:
                    Finish();
                    sample += value;
                    if (sample < 0 && code > 0)
                        throw new InvalidDataException($"{_file}, byte {at}: annotation at sample {sample}; expected 0 or more.");
                    // Channel and number apply until they change.
                    _current = new Annotation(sample, code, Channel: _current.Channel, Number: _current.Number);
                    break;
                default:
                    throw new InvalidDataException($"{_file}, byte {at}: {code} is no annotation code; is this a WFDB annotation file?");
            }
        }

        Finish();
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_bytes.Length - _position < count)
            throw new InvalidDataException($"{_file} ends at byte {_bytes.Length} without its end mark; is it truncated?");
        _position += count;
        return _bytes.Slice(_position - count, count);
    }

    private readonly void RequireAnnotation(int at)
    {
        if (_current.Code < 0)
            throw new InvalidDataException($"{_file}, byte {at}: a pseudo-code comes before the first annotation.");
    }

    private void Finish()
    {
        if (_current.Code > 0 && !TakeOpeningNote())
        {
            var isClosed = _currentAux is [.., 0];
            if (isClosed)
                _zeroClosed.Add(_annotations.Count);
            var aux = FileText.Decode(isClosed ? _currentAux.AsSpan(..^1) : _currentAux);
            _annotations.Add(_currentAux.Length == 0 ? _current : _current with { Aux = aux });
        }
        else if (_current.Code == 0 && _annotations.Count == 0)
        {
            _hasNullAfterNotes = _openingNotes.Count > 0;
        }

        _currentAux = [];
    }

    // Reads a note at time 0 about the file: the ticks per second, or the definition of a code: "42 CAL Calibration". Old files have
    // definitions without the note before them; in these only a code without a symbol is defined: "1 mV calibration" is a note.
    private bool TakeOpeningNote()
    {
        if (_annotations.Count > 0 || _hasNullAfterNotes
            || _current is not { Sample: 0, Code: MitAnnotation.Note, Subtype: 0, Channel: 0, Number: 0 })
        {
            return false;
        }

        var text = FileText.Decode(_currentAux);
        if (text.StartsWith(MitAnnotation.TimeResolution, StringComparison.Ordinal))
        {
            var number = text[MitAnnotation.TimeResolution.Length..].Trim();
            var isNumber = double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var ticks);
            _ticksPerSecond = isNumber && double.IsFinite(ticks) && ticks > 0
                ? ticks
                : throw new InvalidDataException(
                    $"{_file}: '{InputFile.Shorten(number)}' is no time resolution; expected a positive number of ticks a second.");
        }
        else if (Definition(text) is { } definition && (_isDefining || BeatCode.Symbol(definition.Code).Length > 1))
        {
            _definitions.Add(definition);
        }
        else if (text is not (MitAnnotation.Definitions or MitAnnotation.EndOfDefinitions))
        {
            return false;
        }
        else
        {
            _isDefining = text == MitAnnotation.Definitions;
        }

        _openingNotes.Add(_currentAux);
        return true;
    }

    private static AnnotationDefinition? Definition(string text)
    {
        var words = text.Split([' ', '\t'], 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length >= 2
            && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code is > 0 and < BeatCode.Count
            ? new AnnotationDefinition(code, words[1], words.Length > 2 ? words[2] : "")
            : null;
    }
}
