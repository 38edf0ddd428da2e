using System.Buffers;
using System.Buffers.Binary;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Mat;

/// <summary>How a number of a matrix is stored.</summary>
internal enum MatNumber
{
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    Single,
    Double,
}

/// <summary>A numeric matrix of a MATLAB file; column by column, as MATLAB stores it.</summary>
/// <param name="Rows">Its rows.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Stored">How its numbers are stored.</param>
/// <param name="IsReal">Whether MATLAB holds it as floating point, however it is stored.</param>
/// <param name="IsBigEndian">The order of the bytes.</param>
/// <param name="Offset">Its first byte.</param>
/// <param name="Source">Where the bytes are.</param>
internal sealed record MatMatrix(long Rows, long Columns, MatNumber Stored, bool IsReal, bool IsBigEndian, long Offset, MatSource Source)
{
    /// <summary>wfdb2mat's mark of a missing sample: that of WFDB's format 16.</summary>
    private const int MissingInt16 = short.MinValue;

    private const int BufferBytes = 1 << 18;

    /// <summary>Bytes of a number.</summary>
    public static int Size(MatNumber number) => number switch
    {
        MatNumber.Int8 or MatNumber.UInt8 => 1,
        MatNumber.Int16 or MatNumber.UInt16 => 2,
        MatNumber.Int32 or MatNumber.Single => 4,
        _ => 8,
    };

    /// <summary>Reads numbers of one row or column.</summary>
    /// <param name="first">Index of the first, column by column.</param>
    /// <param name="stride">From one to the next.</param>
    /// <param name="destination">Receives them; NaN = missing.</param>
    public void Read(long first, long stride, Span<double> destination) => Read(first, stride, destination, ToDouble);

    /// <inheritdoc cref="Read(long, long, Span{double})"/>
    public void Read(long first, long stride, Span<int> destination) => Read(first, stride, destination, ToInt);

    private delegate T Convert<T>(ReadOnlySpan<byte> bytes);

    private void Read<T>(long first, long stride, Span<T> destination, Convert<T> convert)
    {
        var size = Size(Stored);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            // Where numbers lie far apart each is read alone.
            var perRead = (int)Math.Max(1, ((BufferBytes / size) - 1) / stride);
            while (!destination.IsEmpty)
            {
                var count = Math.Min(perRead, destination.Length);
                var bytes = buffer.AsSpan(0, (int)((((count - 1) * stride) + 1) * size));
                Source.Read(Offset + (first * size), bytes);
                for (var i = 0; i < count; i++)
                    destination[i] = convert(bytes.Slice((int)(i * stride * size), size));
                destination = destination[count..];
                first += count * stride;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private int ToInt(ReadOnlySpan<byte> bytes) => Stored switch
    {
        MatNumber.Int8 => (sbyte)bytes[0],
        MatNumber.UInt8 => bytes[0],
        MatNumber.Int16 => (IsBigEndian ? BinaryPrimitives.ReadInt16BigEndian(bytes) : BinaryPrimitives.ReadInt16LittleEndian(bytes)) is var units
            && units == MissingInt16 ? EcgLead.MissingAdcUnits : units,
        MatNumber.UInt16 => IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        _ => IsBigEndian ? BinaryPrimitives.ReadInt32BigEndian(bytes) : BinaryPrimitives.ReadInt32LittleEndian(bytes),
    };

    private double ToDouble(ReadOnlySpan<byte> bytes) => Stored switch
    {
        MatNumber.Single => IsBigEndian ? BinaryPrimitives.ReadSingleBigEndian(bytes) : BinaryPrimitives.ReadSingleLittleEndian(bytes),
        MatNumber.Double => IsBigEndian ? BinaryPrimitives.ReadDoubleBigEndian(bytes) : BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        // MATLAB packs whole doubles into integers: none of them is a mark.
        MatNumber.Int16 => IsBigEndian ? BinaryPrimitives.ReadInt16BigEndian(bytes) : BinaryPrimitives.ReadInt16LittleEndian(bytes),
        _ => ToInt(bytes),
    };
}

/// <summary>The samples of one lead of a matrix.</summary>
/// <param name="count">How many.</param>
/// <param name="read">Reads some of them.</param>
internal sealed class MatSamples<T>(long count, MatSamples<T>.ReadWindow read) : ISamples<T>
    where T : struct
{
    /// <summary>Reads the samples from <paramref name="start"/> on.</summary>
    public delegate void ReadWindow(long start, Span<T> destination);

    /// <inheritdoc/>
    public long Count => count;

    /// <inheritdoc/>
    public void Read(long start, Span<T> destination)
    {
        SampleWindow.Check(start, destination.Length, count);
        read(start, destination);
    }
}
