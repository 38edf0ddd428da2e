using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>Writes annotation files in MIT format as WFDB's <c>putann</c> does.</summary>
internal sealed class MitAnnotationWriter
{
    private const int LongestStep = 1023;

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private long _time;
    private int _channel;
    private int _number;
    private int _cutTexts;

    /// <summary>Writes a file; see <see cref="WfdbAnnotationFile.WriteTo"/>.</summary>
    public static IReadOnlyList<string> Write(WfdbAnnotationFile file, Stream destination)
    {
        var writer = new MitAnnotationWriter();
        writer.WriteOpening(file);
        for (var i = 0; i < file.Annotations.Count; i++)
            writer.Write(file.Annotations[i], file.Style?.ZeroClosed.Contains(i) == true);
        writer.Word(0, 0);
        destination.Write(writer._bytes.WrittenSpan);
        return writer._cutTexts == 0
            ? []
            : [$"The texts of {writer._cutTexts} annotations are cut to {MitAnnotation.MaximumAuxBytes} bytes."];
    }

    private void WriteOpening(WfdbAnnotationFile file)
    {
        var notes = file.Style?.OpeningNotes ?? OpeningNotes(file);
        foreach (var note in notes)
        {
            Word(MitAnnotation.Note, 0);
            WriteAux(note);
        }

        if (notes.Count == 0 || file.Style is { HasNullAfterNotes: false })
            return;
        // A zero word would end the file, so the null annotation is a step back and one forward.
        WriteSkip(-1);
        Word(0, 1);
    }

    private static List<byte[]> OpeningNotes(WfdbAnnotationFile file)
    {
        var notes = new List<string>();
        if (file.TicksPerSecond is { } ticks)
            notes.Add(MitAnnotation.TimeResolution + ticks.ToString(CultureInfo.InvariantCulture));
        if (file.Definitions.Count > 0)
        {
            notes.Add(MitAnnotation.Definitions);
            foreach (var (code, symbol, description) in file.Definitions)
                notes.Add(string.Create(CultureInfo.InvariantCulture, $"{code} {symbol} {description}"));
            notes.Add(MitAnnotation.EndOfDefinitions);
        }

        return notes.ConvertAll(note => Cut(Encoding.UTF8.GetBytes(note)));
    }

    private void Write(Annotation annotation, bool isZeroClosed)
    {
        Check(annotation);
        WriteStep(annotation.Sample - _time, annotation.Code);
        _time = annotation.Sample;
        if (annotation.Subtype != 0)
            Word(MitAnnotation.Sub, annotation.Subtype);
        if (annotation.Channel != _channel)
            Word(MitAnnotation.Chn, _channel = annotation.Channel);
        if (annotation.Number != _number)
            Word(MitAnnotation.Num, _number = annotation.Number);
        if (annotation.Aux.Length == 0 && !isZeroClosed)
            return;
        var aux = Encoding.UTF8.GetBytes(isZeroClosed ? annotation.Aux + '\0' : annotation.Aux);
        if (aux.Length > MitAnnotation.MaximumAuxBytes)
            _cutTexts++;
        WriteAux(Cut(aux));
    }

    private static void Check(Annotation annotation)
    {
        var fits = annotation.Code is > 0 and < BeatCode.Count
            && annotation.Sample is >= 0 and < long.MaxValue / 2
            && annotation.Subtype is >= sbyte.MinValue and <= sbyte.MaxValue
            && annotation.Number is >= sbyte.MinValue and <= sbyte.MaxValue
            && annotation.Channel is >= 0 and <= byte.MaxValue;
        if (!fits)
        {
            throw new InvalidDataException(
                $"Annotation {annotation.Code} at {annotation.Sample} "
                + $"(subtype {annotation.Subtype}, channel {annotation.Channel}, number {annotation.Number}) does not fit WFDB's format; "
                + "expected code 1…49, a time from 0 on, subtype and number −128…127, channel 0…255.");
        }
    }

    private void WriteStep(long step, int code)
    {
        // One skip reaches 2³¹ − 1 forward and 2³¹ back.
        for (; step > int.MaxValue; step -= int.MaxValue)
            WriteSkip(int.MaxValue);
        for (; step < int.MinValue; step -= int.MinValue)
            WriteSkip(int.MinValue);
        if (step is < 0 or > LongestStep)
        {
            WriteSkip((int)step);
            step = 0;
        }

        Word(code, (int)step);
    }

    private void WriteSkip(int step)
    {
        Word(MitAnnotation.Skip, 0);
        Word(step >> 16);
        Word(step);
    }

    private void WriteAux(byte[] aux)
    {
        Word(MitAnnotation.Aux, aux.Length);
        _bytes.Write<byte>(aux);
        if (aux.Length % 2 == 1)
            _bytes.Write<byte>([0]);
    }

    // Cuts between characters: the bytes 10xxxxxx continue one.
    private static byte[] Cut(byte[] text)
    {
        if (text.Length <= MitAnnotation.MaximumAuxBytes)
            return text;
        var length = MitAnnotation.MaximumAuxBytes;
        while (length > 0 && (text[length] & 0xC0) == 0x80)
            length--;
        return text[..length];
    }

    private void Word(int code, int value) => Word((code << 10) | (value & 0x3FF));

    private void Word(int word)
    {
        Span<byte> two = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(two, (ushort)word);
        _bytes.Write<byte>(two);
    }
}
