using System.Buffers;
using System.Buffers.Binary;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Mat;

/// <summary>The storage type of a matrix's numbers.</summary>
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

/// <summary>A numeric matrix of a MATLAB file, stored column by column.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="Columns">Number of columns.</param>
/// <param name="Stored">Storage type of the numbers.</param>
/// <param name="IsReal">Whether the matrix is of a floating-point class, whatever its storage type.</param>
/// <param name="IsBigEndian">Byte order.</param>
/// <param name="Offset">First byte of the numbers.</param>
/// <param name="Source">The bytes.</param>
internal sealed record MatMatrix(long Rows, long Columns, MatNumber Stored, bool IsReal, bool IsBigEndian, long Offset, MatSource Source)
{
    /// <summary>The value of a missing sample in wfdb2mat's files, as in WFDB's format 16.</summary>
    private const int MissingInt16 = short.MinValue;

    private const int BufferBytes = 1 << 18;

    /// <summary>Returns the bytes of a number.</summary>
    public static int Size(MatNumber number) => number switch
    {
        MatNumber.Int8 or MatNumber.UInt8 => 1,
        MatNumber.Int16 or MatNumber.UInt16 => 2,
        MatNumber.Int32 or MatNumber.Single => 4,
        _ => 8,
    };

    /// <summary>Reads numbers of one row or column.</summary>
    /// <param name="first">Index of the first number, counted column by column.</param>
    /// <param name="stride">Step from one number to the next.</param>
    /// <param name="destination">Receives the numbers; NaN = missing.</param>
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
            // Numbers that are far apart are read one by one.
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
        MatNumber.Int16 => ToInt16(bytes) is var units && units == MissingInt16 ? EcgLead.MissingAdcUnits : units,
        MatNumber.UInt16 => IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        _ => IsBigEndian ? BinaryPrimitives.ReadInt32BigEndian(bytes) : BinaryPrimitives.ReadInt32LittleEndian(bytes),
    };

    private double ToDouble(ReadOnlySpan<byte> bytes) => Stored switch
    {
        MatNumber.Single => IsBigEndian ? BinaryPrimitives.ReadSingleBigEndian(bytes) : BinaryPrimitives.ReadSingleLittleEndian(bytes),
        MatNumber.Double => IsBigEndian ? BinaryPrimitives.ReadDoubleBigEndian(bytes) : BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        // MATLAB stores whole doubles as integers; −32768 is then a number, not a missing sample.
        MatNumber.Int16 => ToInt16(bytes),
        _ => ToInt(bytes),
    };

    private short ToInt16(ReadOnlySpan<byte> bytes) =>
        IsBigEndian ? BinaryPrimitives.ReadInt16BigEndian(bytes) : BinaryPrimitives.ReadInt16LittleEndian(bytes);
}

/// <summary>The samples of one lead of a matrix.</summary>
/// <param name="count">Number of samples.</param>
/// <param name="read">Reads a window of them.</param>
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
