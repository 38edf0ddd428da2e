using EcgRecovery.Formats.Files;

namespace EcgRecovery.Cli.Downloads;

/// <summary>Downloads a database: the files that its SHA256SUMS.txt lists outside of sub-folders.</summary>
/// <remarks>
/// The 48 records of mitdb, their annotations, older annotations and WAVE settings are outside of sub-folders. The sub-folders hold the
/// sources of the printed directory (<c>mitdbdir</c>) and records that are not among the 48 (<c>x_mitdb</c>); in nstdb, the first edition
/// (<c>old</c>), which its nstdb.txt advises against.
/// </remarks>
internal sealed class DatabaseDownload
{
    /// <summary>Address of the database's folder; ends with a slash.</summary>
    public required Uri Address { get; init; }

    /// <summary>The local folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether local files that differ from the list may be replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Timeouts, retries and limits.</summary>
    public DownloadOptions Options { get; init; } = new();

    /// <summary>Receives the progress.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Downloads missing files and checks every file; files that the server refuses do not stop the others.</summary>
    /// <exception cref="OutputExistsException">A local file differs from the list and may not be replaced.</exception>
    /// <exception cref="TransferException">The list cannot be fetched.</exception>
    /// <exception cref="InvalidDataException">The list is not valid.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The download was cancelled; <c>.part</c> files remain for the next run.</exception>
    public async Task<DownloadSummary> RunAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(Folder))
            throw new OutputExistsException($"Output {Folder} is a file; expected a folder.");
        OutputFile.RefuseUnwritable(PathOf(Sha256Sums.FileName));
        using var source = new WebSource(Address, Options);
        var list = await new FileDownload(source, Options)
            .FetchIntoMemoryAsync(Sha256Sums.FileName, Sha256Sums.MaximumBytes, cancellationToken);
        var listAddress = source.AddressOf(Sha256Sums.FileName).AbsoluteUri;
        var listed = Sha256Sums.Parse(list, listAddress);
        var wanted = listed.Where(file => !file.IsInSubfolder).ToList();
        if (wanted.Count == 0)
            throw new InvalidDataException($"{listAddress} names only files of sub-folders; expected recordings beside it.");

        var missing = await MissingAsync(wanted, cancellationToken);
        KeepList(list);
        var failures = await FetchAsync(source, missing, cancellationToken);
        return new DownloadSummary
        {
            Files = wanted.Count,
            AlreadyThere = wanted.Count - missing.Count,
            LeftOut = listed.Count - wanted.Count,
            Failures = failures,
            Bytes = wanted.Select(file => new FileInfo(PathOf(file.Name)))
                .Where(info => info.Exists && !IsFailed(info.Name))
                .Sum(info => info.Length),
        };

        bool IsFailed(string name) => failures.Any(failure => failure.Name == name);
    }

    private string PathOf(string name) => Path.Combine(Folder, name);

    // All files are checked before any is fetched, so that an error about an existing file comes early.
    private async Task<List<ListedFile>> MissingAsync(List<ListedFile> wanted, CancellationToken cancellationToken)
    {
        var missing = new List<ListedFile>();
        foreach (var file in wanted)
        {
            var path = PathOf(file.Name);
            if (File.Exists(path) && await FileDownload.HashAsync(path, cancellationToken) == file.Sha256)
                continue;
            if (Directory.Exists(path))
                throw new OutputExistsException($"Output {path} is a directory; expected a file name.");
            if (File.Exists(path) && !Overwrite)
            {
                var message = $"Output {path} exists and is not the file that {Sha256Sums.FileName} lists.";
                throw new OutputExistsException(message) { CanBeReplaced = true };
            }

            missing.Add(file);
        }

        return missing;
    }

    // The list lies beside the files, for sha256sum --check.
    private void KeepList(byte[] list)
    {
        var path = PathOf(Sha256Sums.FileName);
        if (!File.Exists(path) || new FileInfo(path).Length != list.Length || !File.ReadAllBytes(path).AsSpan().SequenceEqual(list))
            OutputFile.Write(path, Overwrite, stream => stream.Write(list));
    }

    // Returns the failures in the order of the list.
    private async Task<IReadOnlyList<FailedFile>> FetchAsync(
        WebSource source, List<ListedFile> missing, CancellationToken cancellationToken)
    {
        using var progress = new DownloadProgress(missing.Count, Error, Options.Clock);
        var download = new FileDownload(source, Options) { Received = progress.AddBytes };
        var failures = new FailedFile?[missing.Count];
        var unreachable = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Options.Connections, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, missing.Count, parallel, async (index, token) =>
        {
            var file = missing[index];
            if (Volatile.Read(ref unreachable) >= Options.MaximumUnreachableFiles)
            {
                failures[index] = new FailedFile(file.Name, Cause: null);
                return;
            }

            try
            {
                await download.FetchAsync(file, PathOf(file.Name), Overwrite, token);
                progress.AddFile();
            }
            catch (Exception exception) when (exception is TransferException or InvalidDataException)
            {
                failures[index] = new FailedFile(file.Name, exception);
                if (exception is TransferException { IsRefusal: false })
                    Interlocked.Increment(ref unreachable);
            }
        });
        return [.. failures.OfType<FailedFile>()];
    }
}
