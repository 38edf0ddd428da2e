using Microsoft.Win32.SafeHandles;

namespace EcgRecovery.Formats.Mat;

/// <summary>Bytes that can be read at any offset, from several threads.</summary>
internal abstract class MatSource : IDisposable
{
    /// <summary>Number of bytes.</summary>
    public abstract long Length { get; }

    /// <summary>Fills the destination.</summary>
    /// <exception cref="InvalidDataException">The bytes end before the destination is full.</exception>
    public abstract void Read(long offset, Span<byte> destination);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>The bytes of a file.</summary>
internal sealed class MatFileSource(SafeFileHandle file, string path) : MatSource
{
    /// <inheritdoc/>
    public override long Length { get; } = RandomAccess.GetLength(file);

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination)
    {
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
    public override void Dispose() => file.Dispose();
}

/// <summary>Unpacked bytes; disposing them closes the file that they come from.</summary>
internal sealed class MatMemorySource(byte[] bytes, string path, MatSource file) : MatSource
{
    /// <inheritdoc/>
    public override long Length => bytes.Length;

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination)
    {
        if (offset < 0 || offset > bytes.Length - destination.Length)
        {
            throw new InvalidDataException(
                $"{path}: a packed variable ends at byte {bytes.Length}; expected {destination.Length} from {offset} on.");
        }

        bytes.AsSpan((int)offset, destination.Length).CopyTo(destination);
    }

    /// <inheritdoc/>
    public override void Dispose() => file.Dispose();
}
