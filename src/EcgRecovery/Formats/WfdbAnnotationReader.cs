using System.Buffers.Binary;
using System.Text;
using EcgRecovery.Records;

namespace EcgRecovery.Formats;

/// <summary>Reads WFDB annotation files (<c>.atr</c> and others) in MIT format.</summary>
/// <remarks>
/// Little-endian 16-bit words: a 6-bit code above a 10-bit number. Codes 0…49 are annotations, the number is the time since the one
/// before; the pseudo-codes SKIP 59, NUM 60, SUB 61, CHN 62 and AUX 63 speak about the annotation before them or the time of the next. A
/// zero word ends the file.
/// Source: WFDB, annot(5), https://physionet.org/physiotools/wag/annot-5.htm.
/// </remarks>
public static class WfdbAnnotationReader
{
    private const int Skip = 59;
    private const int Num = 60;
    private const int Sub = 61;
    private const int Chn = 62;
    private const int Aux = 63;

    // The longest annotation files known have some 100,000 annotations a day.
    private const long MaximumBytes = 256 << 20;

    /// <summary>Reads all annotations of a file, in its order.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is truncated or no MIT-format annotation file.</exception>
    public static IReadOnlyList<Annotation> Read(string path) => Decode(InputFile.ReadAllBytes(path, MaximumBytes), path);

    /// <param name="bytes">The file's content.</param>
    /// <param name="file">What errors call it.</param>
    /// <exception cref="InvalidDataException">It is truncated or no MIT-format annotation file.</exception>
    internal static IReadOnlyList<Annotation> Decode(ReadOnlySpan<byte> bytes, string file)
    {
        var annotations = new List<Annotation>();
        var sample = 0L;
        var channel = 0;
        var number = 0;
        var position = 0;
        while (true)
        {
            var at = position;
            var word = BinaryPrimitives.ReadUInt16LittleEndian(Take(bytes, 2));
            if (word == 0)
                return annotations;
            var code = word >> 10;
            var value = word & 0x3FF;
            switch (code)
            {
                case Skip:
                    // Two words, the high one first.
                    var words = Take(bytes, 4);
                    sample += (BinaryPrimitives.ReadInt16LittleEndian(words) << 16) | BinaryPrimitives.ReadUInt16LittleEndian(words[2..]);
                    break;
                case Num:
                    number = (sbyte)value;
                    Change(annotation => annotation with { Number = number });
                    break;
                case Sub:
                    Change(annotation => annotation with { Subtype = (sbyte)value });
                    break;
                case Chn:
                    channel = (byte)value;
                    Change(annotation => annotation with { Channel = channel });
                    break;
                case Aux:
                    // An odd length is followed by a byte that is not counted; WFDB counts a closing zero in.
                    var text = Encoding.UTF8.GetString(Take(bytes, value + (value & 1))[..value]).TrimEnd('\0');
                    Change(annotation => annotation with { Aux = text });
                    break;
                case < BeatCode.Count:
                    sample += value;
                    if (sample is < 0 or > int.MaxValue)
                        throw new InvalidDataException($"{file}, byte {at}: annotation at sample {sample}; expected 0 to {int.MaxValue}.");
                    // Code 0 is no annotation: WFDB puts it behind its own notes at the file's start.
                    if (code > 0)
                        annotations.Add(new Annotation(sample, code, Channel: channel, Number: number));
                    break;
                default:
                    throw new InvalidDataException($"{file}, byte {at}: {code} is no annotation code; is this a WFDB annotation file?");
            }
        }

        ReadOnlySpan<byte> Take(ReadOnlySpan<byte> from, int count)
        {
            if (from.Length - position < count)
                throw new InvalidDataException($"{file} ends at byte {from.Length} without its end mark; is it truncated?");
            position += count;
            return from.Slice(position - count, count);
        }

        void Change(Func<Annotation, Annotation> change)
        {
            if (annotations.Count == 0)
                throw new InvalidDataException($"{file}, byte {position}: a pseudo-code comes before the first annotation.");
            annotations[^1] = change(annotations[^1]);
        }
    }
}
