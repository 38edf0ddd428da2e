namespace EcgRecovery.Formats.Files;

/// <summary>An output stream whose errors name the output, so that they are not taken for errors of the content.</summary>
/// <param name="stream">Receives the bytes; closed with this one.</param>
/// <param name="name">The output's name in errors: a path, or <c>stdout</c>.</param>
internal sealed class NamedOutputStream(Stream stream, string name) : Stream
{
    /// <inheritdoc/>
    /// <exception cref="IOException">The output cannot be written: full, closed, or no permission.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            stream.Write(buffer);
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            throw Named(exception);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The output cannot be written: full, closed, or no permission.</exception>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    /// <exception cref="IOException">The output cannot be written: full, closed, or no permission.</exception>
    public override void Flush()
    {
        try
        {
            if (stream is FileStream file)
                file.Flush(flushToDisk: true);
            else
                stream.Flush();
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            throw Named(exception);
        }
    }

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

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        try
        {
            if (disposing)
                stream.Dispose();
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            throw Named(exception);
        }

        base.Dispose(disposing);
    }

    // .NET throws ArgumentOutOfRangeException for a file too large for its file system.
    private static bool IsRefusal(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;

    private IOException Named(Exception exception)
    {
        var reason = exception is ArgumentOutOfRangeException ? "File too large" : exception.Message;
        // The user does not know the temporary name.
        if (stream is FileStream file)
            reason = reason.Replace($" : '{file.Name}'", "", StringComparison.Ordinal);
        return new IOException($"Cannot write {name}: {reason}", exception);
    }
}
