using System.Net.Http.Headers;
using System.Security.Cryptography;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Cli.Downloads;

/// <summary>Fetches single files: into a <c>.part</c> beside the target, gone on with after every break, renamed once its hash is right.</summary>
/// <param name="source">Where they are.</param>
/// <param name="options">How patient it is, and how large a file may be.</param>
internal sealed class FileDownload(WebSource source, DownloadOptions options)
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Called with the number of bytes of everything that comes; by several threads.</summary>
    public Action<int> Received { get; init; } = _ => { };

    /// <summary>Fetches a file whose hash is known.</summary>
    /// <param name="file">Its name and hash.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="overwrite">Whether it may replace what is there.</param>
    /// <param name="cancellationToken">Leaves the <c>.part</c> for the next run.</param>
    /// <exception cref="TransferException">It cannot be had.</exception>
    /// <exception cref="InvalidDataException">It came whole twice and was not the listed file, or it is too large; the <c>.part</c> is gone.</exception>
    /// <exception cref="IOException">It cannot be written: the disk is full, or there is no permission.</exception>
    public async Task FetchAsync(ListedFile file, string target, bool overwrite, CancellationToken cancellationToken)
    {
        var part = target + Sha256Sums.PartEnding;
        var hash = File.Exists(part) ? await HashAsync(part, cancellationToken) : "";
        for (var tries = 0; hash != file.Sha256; tries++)
        {
            // What came whole and is wrong may have been spliced from two versions of the file: once more, from its first byte.
            if (tries > 0)
                File.Delete(part);
            if (tries > 1)
                throw new InvalidDataException($"{source.AddressOf(file.Name)} has SHA-256 {hash}; expected {file.Sha256} as {Sha256Sums.FileName} says (2 tries)");
            await CompleteAsync(source.AddressOf(file.Name), part, cancellationToken);
            hash = await HashAsync(part, cancellationToken);
        }

        File.Move(part, target, overwrite);
    }

    /// <summary>Fetches a small file whose hash is not known, into memory.</summary>
    /// <exception cref="TransferException">It cannot be had.</exception>
    /// <exception cref="InvalidDataException">It has more than <paramref name="maximumBytes"/>.</exception>
    public async Task<byte[]> FetchIntoMemoryAsync(string name, int maximumBytes, CancellationToken cancellationToken)
    {
        var address = source.AddressOf(name);
        using var memory = new MemoryStream();
        await Tries.UntilDoneAsync(
            async () =>
            {
                memory.SetLength(0);
                using var answer = await source.OpenAsync(address, offset: 0, version: null, cancellationToken);
                await CopyAsync(address, answer, memory, have: 0, maximumBytes, cancellationToken);
            },
            received: () => 0,
            options,
            cancellationToken);
        return memory.ToArray();
    }

    /// <summary>A file's SHA-256, 64 lower-case hexadecimal digits.</summary>
    public static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }

    private async Task CompleteAsync(Uri address, string part, CancellationToken cancellationToken)
    {
        // Of a .part of an earlier run the version is not known; the hash will tell.
        RangeConditionHeaderValue? version = null;
        try
        {
            await Tries.UntilDoneAsync(
                async () =>
                {
                    using var answer = await OpenAsync(address, part, version, cancellationToken);
                    version = answer.Version;
                    using var stream = new NamedOutputStream(Open(part, answer.IsWhole ? FileMode.Create : FileMode.Append), part);
                    await CopyAsync(address, answer, stream, LengthOf(part), options.MaximumFileBytes, cancellationToken);
                    stream.Flush();
                },
                () => LengthOf(part),
                options,
                cancellationToken);
        }
        catch (InvalidDataException)
        {
            File.Delete(part);
            throw;
        }
    }

    // Asks for what is missing; where the server has no such part of this version of the file (206 elsewhere, 416), for all of it.
    private async Task<WebAnswer> OpenAsync(Uri address, string part, RangeConditionHeaderValue? version, CancellationToken cancellationToken)
    {
        var answer = await source.OpenAsync(address, LengthOf(part), version, cancellationToken);
        if (answer.IsWhole || answer.Continues(version))
            return answer;
        answer.Dispose();
        File.Delete(part);
        return await source.OpenAsync(address, offset: 0, version: null, cancellationToken);
    }

    // have: the bytes that the destination holds already.
    private async Task CopyAsync(Uri address, WebAnswer answer, Stream destination, long have, long maximumBytes, CancellationToken cancellationToken)
    {
        if (answer.AnnouncedBytes is { } announced && announced > maximumBytes)
            throw new InvalidDataException($"{address} has {announced} bytes; expected at most {maximumBytes}");
        var buffer = new byte[BufferBytes];
        for (int read; (read = await answer.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            have += read;
            if (have > maximumBytes)
                throw new InvalidDataException($"{address} has more bytes than expected: at most {maximumBytes}");
            destination.Write(buffer, 0, read);
            Received(read);
        }
    }

    private static FileStream Open(string part, FileMode mode)
    {
        try
        {
            // No buffer: what has come is in the file when the process is ended. Not shared: another run would mix its bytes in.
            return new FileStream(part, mode, FileAccess.Write, FileShare.None, bufferSize: 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"Cannot write {part}: {exception.Message}", exception);
        }
    }

    private static long LengthOf(string part) => File.Exists(part) ? new FileInfo(part).Length : 0;
}
