using Microsoft.Win32.SafeHandles;

namespace EcgRecovery.Formats.Arrays;

/// <summary>Bytes that can be read at any offset, from several threads.</summary>
internal abstract class ArraySource : IDisposable
{
    /// <summary>Number of bytes.</summary>
    public abstract long Length { get; }

    /// <summary>Fills the destination.</summary>
    /// <exception cref="InvalidDataException">The bytes end before the destination is full, or cannot be unpacked.</exception>
    public abstract void Read(long offset, Span<byte> destination);

    /// <summary>Closes the file; of bytes in memory, nothing.</summary>
    public virtual void Dispose()
    {
    }
}

/// <summary>The bytes of a file, which is closed when they are disposed.</summary>
internal sealed class FileArraySource(SafeFileHandle file, string path) : ArraySource
{
    /// <inheritdoc/>
    public override long Length { get; } = RandomAccess.GetLength(file);

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination)
    {
        if (offset < 0)
            throw new InvalidDataException($"{path} refers to byte {offset}, which is none of its {Length}.");
        while (!destination.IsEmpty)
        {
            var read = RandomAccess.Read(file, destination, offset);
            if (read == 0)
                throw new InvalidDataException($"{path} ends at byte {offset}; expected {destination.Length} more.");
            destination = destination[read..];
            offset += read;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        file.Dispose();
        base.Dispose();
    }
}

/// <summary>Bytes in memory.</summary>
internal sealed class MemoryArraySource(byte[] bytes, string path) : ArraySource
{
    /// <inheritdoc/>
    public override long Length => bytes.Length;

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination)
    {
        if (offset < 0 || offset > bytes.Length - destination.Length)
        {
            throw new InvalidDataException(
                $"{path}: a packed array ends at byte {bytes.Length}; expected {destination.Length} from {offset} on.");
        }

        bytes.AsSpan((int)offset, destination.Length).CopyTo(destination);
    }
}

/// <summary>Packed bytes, which are unpacked into memory when they are first read.</summary>
/// <param name="length">Number of bytes that they unpack to.</param>
/// <param name="unpack">Unpacks them; called once.</param>
/// <param name="path">The file's name in errors.</param>
internal sealed class PackedArraySource(long length, Func<byte[]> unpack, string path) : ArraySource
{
    /// <summary>The largest packed array that is unpacked into memory: 24 hours of twelve leads of 16 bits at 125 Hz.</summary>
    public const int MaximumBytes = 1 << 28;

    // zlib's largest compression ratio.
    private const int LargestRatio = 1032;

    private readonly Lazy<MemoryArraySource> _unpacked = new(() => new MemoryArraySource(unpack(), path));

    /// <summary>The first of the unpacked bytes, for which the rest need not be unpacked; null for none.</summary>
    public ArraySource? Beginning { get; init; }

    /// <inheritdoc/>
    public override long Length => length;

    /// <summary>Throws where an array is too large to be unpacked, or its packed bytes cannot hold it.</summary>
    /// <param name="what">The array in errors, as in <c>the packed variable val</c>.</param>
    /// <param name="bytes">The size that the file gives.</param>
    /// <param name="packedBytes">Its packed size.</param>
    /// <param name="path">The file's name in errors.</param>
    /// <exception cref="InvalidDataException">It cannot be unpacked.</exception>
    public static void Check(string what, long bytes, long packedBytes, string path)
    {
        if (bytes is < 0 or > MaximumBytes)
        {
            throw new InvalidDataException(
                $"{path}: {what} has {bytes} bytes; expected at most {MaximumBytes}: save it without compression.");
        }

        if (bytes / LargestRatio > packedBytes)
        {
            throw new InvalidDataException(
                $"{path}: {what} announces {bytes} bytes; {packedBytes} packed bytes cannot hold so many.");
        }
    }

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination)
    {
        if (Beginning is { } beginning && offset >= 0 && offset + destination.Length <= beginning.Length)
            beginning.Read(offset, destination);
        else
            _unpacked.Value.Read(offset, destination);
    }
}

/// <summary>A part of other bytes as a stream.</summary>
internal sealed class ArraySourceStream(ArraySource source, long offset, long length) : Stream
{
    private long _at;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => length;

    /// <inheritdoc/>
    public override long Position
    {
        get => _at;
        set => Seek(value, SeekOrigin.Begin);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Clamp(length - _at, 0, buffer.Length);
        source.Read(offset + _at, buffer[..count]);
        _at += count;
        return count;
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin)
    {
        var to = offset + (origin == SeekOrigin.Begin ? 0 : origin == SeekOrigin.Current ? _at : length);
        if (to < 0)
            throw new IOException($"Byte {to} lies before the beginning.");
        return _at = to;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
