using EcgRecovery.Formats.Files;

namespace EcgRecovery.Cli.Downloads;

/// <summary>Fetches a database's recordings: the files that its SHA256SUMS.txt lists outside of sub-folders.</summary>
/// <remarks>
/// All of mitdb's 48 records lie outside of them, with their annotations, older annotations and WAVE settings. Its sub-folders, which are left
/// out, hold the sources of the printed directory (<c>mitdbdir</c>) and records that are not among the 48 (<c>x_mitdb</c>); that of nstdb
/// (<c>old</c>) its first edition, which its own nstdb.txt advises against.
/// </remarks>
internal sealed class DatabaseDownload
{
    /// <summary>Where the files are; ends with a slash.</summary>
    public required Uri Address { get; init; }

    /// <summary>Where they go.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether files that are there and differ may be replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>How patient it is.</summary>
    public DownloadOptions Options { get; init; } = new();

    /// <summary>Receives the progress.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Fetches what is not there yet, checks every file, and goes on past files that the server does not have.</summary>
    /// <exception cref="OutputExistsException">A file is there and differs, and may not be replaced; nothing was fetched but the list.</exception>
    /// <exception cref="TransferException">The list cannot be had.</exception>
    /// <exception cref="InvalidDataException">The list is none.</exception>
    /// <exception cref="IOException">Something cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; <c>.part</c> files are left for the next run.</exception>
    public async Task<DownloadSummary> RunAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(Folder))
            throw new OutputExistsException($"Output {Folder} is a file; expected a folder.");
        OutputFile.RefuseUnwritable(PathOf(Sha256Sums.FileName));
        using var source = new WebSource(Address, Options);
        var list = await new FileDownload(source, Options).FetchIntoMemoryAsync(Sha256Sums.FileName, Sha256Sums.MaximumBytes, cancellationToken);
        var listAddress = source.AddressOf(Sha256Sums.FileName).AbsoluteUri;
        var listed = Sha256Sums.Parse(list, listAddress);
        var wanted = listed.Where(file => !file.IsInSubfolder).ToList();
        if (wanted.Count == 0)
            throw new InvalidDataException($"{listAddress} names files of sub-folders alone; expected recordings beside it.");

        var missing = await MissingAsync(wanted, cancellationToken);
        KeepList(list);
        var failures = await FetchAsync(source, missing, cancellationToken);
        return new DownloadSummary
        {
            Files = wanted.Count,
            AlreadyThere = wanted.Count - missing.Count,
            LeftOut = listed.Count - wanted.Count,
            Failures = failures,
            Bytes = wanted.Select(file => new FileInfo(PathOf(file.Name))).Where(info => info.Exists && !IsFailed(info.Name)).Sum(info => info.Length),
        };

        bool IsFailed(string name) => failures.Any(failure => failure.Name == name);
    }

    private string PathOf(string name) => Path.Combine(Folder, name);

    // Asked of all files before any is fetched, so that nobody waits for an hour to be refused.
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
                throw new OutputExistsException($"Output {path} exists and is not the file that {Sha256Sums.FileName} lists.") { CanBeReplaced = true };
            missing.Add(file);
        }

        return missing;
    }

    // Beside the files, where sha256sum --check finds it.
    private void KeepList(byte[] list)
    {
        var path = PathOf(Sha256Sums.FileName);
        if (!File.Exists(path) || new FileInfo(path).Length != list.Length || !File.ReadAllBytes(path).AsSpan().SequenceEqual(list))
            OutputFile.Write(path, Overwrite, stream => stream.Write(list));
    }

    // The failures, in the order of the list whatever came first.
    private async Task<IReadOnlyList<FailedFile>> FetchAsync(WebSource source, List<ListedFile> missing, CancellationToken cancellationToken)
    {
        using var progress = new DownloadProgress(missing.Count, Error, Options.Clock);
        var download = new FileDownload(source, Options) { Received = progress.AddBytes };
        var failures = new FailedFile?[missing.Count];
        var unreachable = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Options.Connections, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, missing.Count, parallel, async (index, token) =>
        {
            var file = missing[index];
            if (Volatile.Read(ref unreachable) >= Options.UnreachableFiles)
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
