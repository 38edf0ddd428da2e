namespace EcgRecovery.Cli.Downloads;

/// <summary>A file that was not downloaded.</summary>
/// <param name="Name">Its name in the list.</param>
/// <param name="Cause">The reason; null if it was not requested after failures of other files.</param>
internal sealed record FailedFile(string Name, Exception? Cause);

/// <summary>The result of a download.</summary>
internal sealed record DownloadSummary
{
    /// <summary>Number of files to have.</summary>
    public required int Files { get; init; }

    /// <summary>Number of those that existed before, with the right hash.</summary>
    public required int AlreadyThere { get; init; }

    /// <summary>Number of listed files in sub-folders, which are not fetched.</summary>
    public required int LeftOut { get; init; }

    /// <summary>Total bytes of the files that now exist with the right hash.</summary>
    public required long Bytes { get; init; }

    /// <summary>The files that were not downloaded, in the order of the list.</summary>
    public required IReadOnlyList<FailedFile> Failures { get; init; }

    /// <summary>Writes the counts, the failures, the licence and the citations.</summary>
    public void Write(TextWriter output, PhysioNetDatabase database, Uri address, string folder)
    {
        var whole = Files - Failures.Count;
        output.WriteLine($"{database.Title}, from {address.AbsoluteUri}");
        output.WriteLine($"{whole} of {Files} files are in {folder}, {Bytes:N0} bytes, "
            + $"each as listed in {Sha256Sums.FileName}; {AlreadyThere} were there already");
        if (LeftOut > 0)
            output.WriteLine($"left out: {LeftOut} files that are listed in sub-folders");
        foreach (var failure in Failures)
            output.WriteLine($"not here: {failure.Cause?.Message ?? $"{failure.Name}, not requested after these failures"}");
        output.WriteLine($"{PhysioNetDatabase.License}; please cite:");
        output.WriteLine($"- {database.Citation}");
        output.WriteLine($"- {PhysioNetDatabase.PhysioNetCitation}");
    }

    /// <summary>Throws where files are missing; the message is one line.</summary>
    /// <exception cref="InvalidDataException">A received file was not the listed one.</exception>
    /// <exception cref="TransferException">A file could not be fetched.</exception>
    public void ThrowIfIncomplete()
    {
        if (Failures.Count == 0)
            return;
        // A wrong file is a worse failure than a missing one.
        var cause = Failures.Select(failure => failure.Cause).FirstOrDefault(cause => cause is InvalidDataException)
            ?? Failures.Select(failure => failure.Cause).First(cause => cause is not null)!;
        var text = Failures.Count == 1 ? cause.Message : $"{Failures.Count} of {Files} files are not here, among them {cause.Message}";
        if (Files > Failures.Count)
            text += $"; {Files - Failures.Count} of {Files} are whole";
        if (Failures.Any(failure => failure.Cause is TransferException { IsRefusal: false }))
            text += "; the same command goes on from there";
        throw cause is InvalidDataException ? new InvalidDataException(text, cause) : new TransferException(text, cause);
    }
}
