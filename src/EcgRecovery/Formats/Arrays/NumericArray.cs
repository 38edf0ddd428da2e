using System.Buffers;
using System.Buffers.Binary;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Arrays;

/// <summary>An array of real numbers in a file, of which windows are read on demand.</summary>
/// <param name="Parent">The struct or group that holds it, as in <c>ECG</c>; empty for the file itself.</param>
/// <param name="Leaf">Its own name, as in <c>data</c>.</param>
/// <param name="Name">Its whole name, as in <c>ECG.data</c>.</param>
/// <param name="Dimensions">Its size, rows first; empty for a single number.</param>
/// <param name="Stored">Storage type of the numbers.</param>
/// <param name="Source">The bytes.</param>
internal sealed record NumericArray(
    string Parent, string Leaf, string Name, IReadOnlyList<long> Dimensions, ArrayNumber Stored, ArraySource Source)
{
    /// <summary>The value of a missing sample in wfdb2mat's files, as in WFDB's format 16.</summary>
    private const int MissingInt16 = short.MinValue;

    private const int BufferBytes = 1 << 18;

    /// <summary>Whether the array is of a floating-point class, whatever its storage type.</summary>
    public bool IsReal { get; init; } = Stored.IsFloat();

    /// <summary>Byte order.</summary>
    public bool IsBigEndian { get; init; }

    /// <summary>Whether the first dimension varies fastest, as in MATLAB and Fortran.</summary>
    public bool IsColumnMajor { get; init; }

    /// <summary>First byte of the numbers.</summary>
    public long Offset { get; init; }

    /// <summary>Whether it is an attribute of an HDF5 object, which holds no recording.</summary>
    public bool IsAttribute { get; init; }

    /// <summary>Number of numbers; 0 also where no file can hold so many.</summary>
    public long Count { get; } = ArraySize.Product(Dimensions) is var count && count <= long.MaxValue / 8 ? count : 0;

    /// <summary>The dimensions that are not 1, at most two; null where there are more.</summary>
    public (long Rows, long Columns)? Shape => Dimensions.Where(length => length != 1).ToArray() switch
    {
        [] => (1, 1),
        // A vector is a row here: for one lead the direction makes no difference.
        [var length] => (1, length),
        [var rows, var columns] => (rows, columns),
        _ => null,
    };

    /// <summary>The name with the size, as in <c>ECG.data (12 x 5000)</c>.</summary>
    public override string ToString() => $"{Name} ({(Dimensions.Count == 0 ? "1" : string.Join(" x ", Dimensions))})";

    /// <summary>Reads numbers that lie evenly in the file.</summary>
    /// <param name="first">Index of the first number, in the file's order.</param>
    /// <param name="stride">Step from one number to the next.</param>
    /// <param name="destination">Receives the numbers; NaN = missing.</param>
    public void Read(long first, long stride, Span<double> destination) => Read(first, stride, destination, ToDouble);

    /// <inheritdoc cref="Read(long, long, Span{double})"/>
    public void Read(long first, long stride, Span<int> destination) => Read(first, stride, destination, ToInt);

    /// <summary>Returns one number.</summary>
    public double ReadOne(long index)
    {
        Span<double> one = stackalloc double[1];
        Read(index, 1, one);
        return one[0];
    }

    private delegate T Convert<T>(ReadOnlySpan<byte> bytes);

    private void Read<T>(long first, long stride, Span<T> destination, Convert<T> convert)
    {
        var size = Stored.Size();
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
        ArrayNumber.Int16 => ToInt16(bytes) is var units && units == MissingInt16 ? EcgLead.MissingAdcUnits : units,
        ArrayNumber.UInt32 => (int)ToUInt32(bytes),
        ArrayNumber.Int64 or ArrayNumber.UInt64 => (int)ToInt64(bytes),
        _ => SmallWhole(bytes),
    };

    private double ToDouble(ReadOnlySpan<byte> bytes) => Stored switch
    {
        ArrayNumber.Half => (double)ToHalf(bytes),
        ArrayNumber.Single => IsBigEndian ? BinaryPrimitives.ReadSingleBigEndian(bytes) : BinaryPrimitives.ReadSingleLittleEndian(bytes),
        ArrayNumber.Double => IsBigEndian ? BinaryPrimitives.ReadDoubleBigEndian(bytes) : BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        // MATLAB stores whole doubles as integers; −32768 is then a number, not a missing sample.
        ArrayNumber.Int16 => ToInt16(bytes) is var units && units == MissingInt16 && !IsReal ? double.NaN : units,
        ArrayNumber.UInt32 => ToUInt32(bytes),
        ArrayNumber.Int64 => ToInt64(bytes),
        ArrayNumber.UInt64 => (ulong)ToInt64(bytes),
        _ => SmallWhole(bytes),
    };

    private int SmallWhole(ReadOnlySpan<byte> bytes) => Stored switch
    {
        ArrayNumber.Int8 => (sbyte)bytes[0],
        ArrayNumber.UInt8 => bytes[0],
        ArrayNumber.UInt16 => IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        _ => (int)ToUInt32(bytes),
    };

    private Half ToHalf(ReadOnlySpan<byte> bytes) =>
        IsBigEndian ? BinaryPrimitives.ReadHalfBigEndian(bytes) : BinaryPrimitives.ReadHalfLittleEndian(bytes);

    private short ToInt16(ReadOnlySpan<byte> bytes) =>
        IsBigEndian ? BinaryPrimitives.ReadInt16BigEndian(bytes) : BinaryPrimitives.ReadInt16LittleEndian(bytes);

    private uint ToUInt32(ReadOnlySpan<byte> bytes) =>
        IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private long ToInt64(ReadOnlySpan<byte> bytes) =>
        IsBigEndian ? BinaryPrimitives.ReadInt64BigEndian(bytes) : BinaryPrimitives.ReadInt64LittleEndian(bytes);
}
