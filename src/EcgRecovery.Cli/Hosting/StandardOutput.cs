using System.Text;

namespace EcgRecovery.Cli.Hosting;

/// <summary>The process's stdout, as UTF-8, whose errors name it.</summary>
/// <remarks>A reader that stops reading, as <c>head</c> does, is no error: the runtime drops what is written after that.</remarks>
internal sealed class StandardOutput(Stream stream) : Stream
{
    /// <summary>Puts it in the place of <see cref="Console.Out"/>.</summary>
    public static void Install()
    {
        // The texts hold σ, µ, … and names of people; a terminal set to another encoding would garble them.
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        Console.OutputEncoding = utf8;
        Console.SetOut(new StreamWriter(new StandardOutput(Console.OpenStandardOutput()), utf8) { AutoFlush = true });
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            stream.Write(buffer);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException) // full; or closed from the start
        {
            throw new IOException($"cannot write to stdout: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush() => stream.Flush();

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
