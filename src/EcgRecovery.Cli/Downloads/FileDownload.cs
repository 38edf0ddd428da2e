using System.Net.Http.Headers;
using System.Security.Cryptography;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Cli.Downloads;

/// <summary>
/// Downloads a file into a <c>.part</c> beside the target, resumes it after interruptions, renames it once its hash is right.
/// </summary>
/// <param name="source">The folder on the server.</param>
/// <param name="options">Timeouts, retries and limits.</param>
internal sealed class FileDownload(WebSource source, DownloadOptions options)
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Called with the number of bytes of every block received, by several threads.</summary>
    public Action<int> Received { get; init; } = _ => { };

    /// <summary>Downloads a file with a known hash.</summary>
    /// <param name="file">The file's name and hash.</param>
    /// <param name="target">The local path.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    /// <param name="cancellationToken">Cancels the download; the <c>.part</c> remains for the next run.</param>
    /// <exception cref="TransferException">The file cannot be fetched.</exception>
    /// <exception cref="InvalidDataException">The hash was wrong twice, or the file is too large; the <c>.part</c> is deleted.</exception>
    /// <exception cref="IOException">The file cannot be written: the disk is full, or there is no permission.</exception>
    public async Task FetchAsync(ListedFile file, string target, bool overwrite, CancellationToken cancellationToken)
    {
        var part = target + Sha256Sums.PartEnding;
        var hash = File.Exists(part) ? await HashAsync(part, cancellationToken) : "";
        for (var tries = 0; hash != file.Sha256; tries++)
        {
            // A complete file with a wrong hash may be a mixture of two versions: fetch it once more, from its first byte.
            if (tries > 0)
                File.Delete(part);
            if (tries > 1)
            {
                throw new InvalidDataException(
                    $"{source.AddressOf(file.Name)} has SHA-256 {hash}; expected {file.Sha256}, from {Sha256Sums.FileName} (2 tries)");
            }

            await CompleteAsync(source.AddressOf(file.Name), part, cancellationToken);
            hash = await HashAsync(part, cancellationToken);
        }

        File.Move(part, target, overwrite);
    }

    /// <summary>Downloads a small file without a known hash into memory.</summary>
    /// <exception cref="TransferException">The file cannot be fetched.</exception>
    /// <exception cref="InvalidDataException">The file has more than <paramref name="maximumBytes"/>.</exception>
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

    /// <summary>Returns a file's SHA-256, 64 lower-case hexadecimal digits.</summary>
    public static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }

    private async Task CompleteAsync(Uri address, string part, CancellationToken cancellationToken)
    {
        // The version of a .part of an earlier run is not known; the hash decides in the end.
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

    // Requests the missing part; if the server does not have it in this version of the file (another range, or status 416), the whole file.
    private async Task<WebAnswer> OpenAsync(
        Uri address, string part, RangeConditionHeaderValue? version, CancellationToken cancellationToken)
    {
        var answer = await source.OpenAsync(address, LengthOf(part), version, cancellationToken);
        if (answer.IsWhole || answer.Continues(version))
            return answer;
        answer.Dispose();
        File.Delete(part);
        return await source.OpenAsync(address, offset: 0, version: null, cancellationToken);
    }

    // have: the number of bytes that the destination already holds.
    private async Task CopyAsync(
        Uri address, WebAnswer answer, Stream destination, long have, long maximumBytes, CancellationToken cancellationToken)
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
            // No buffer, so that received bytes survive the end of the process. Not shared, so that two runs cannot mix their bytes.
            return new FileStream(part, mode, FileAccess.Write, FileShare.None, bufferSize: 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"Cannot write {part}: {exception.Message}", exception);
        }
    }

    private static long LengthOf(string part) => File.Exists(part) ? new FileInfo(part).Length : 0;
}
