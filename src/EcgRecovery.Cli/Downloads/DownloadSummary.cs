using System.Globalization;

namespace EcgRecovery.Cli.Downloads;

/// <summary>A file that did not come.</summary>
/// <param name="Name">As listed.</param>
/// <param name="Cause">Why; null: it was not asked for any more.</param>
internal sealed record FailedFile(string Name, Exception? Cause);

/// <summary>What a download has come to.</summary>
internal sealed record DownloadSummary
{
    /// <summary>Files that were to be had.</summary>
    public required int Files { get; init; }

    /// <summary>How many of them were there before, with the right hash.</summary>
    public required int AlreadyThere { get; init; }

    /// <summary>Listed files of sub-folders, which are left out.</summary>
    public required int LeftOut { get; init; }

    /// <summary>The bytes of all files that are there now, each with the right hash.</summary>
    public required long Bytes { get; init; }

    /// <summary>What did not come, in the order of the list.</summary>
    public required IReadOnlyList<FailedFile> Failures { get; init; }

    /// <summary>Writes the result: counts, what did not come, and what a user owes to the authors.</summary>
    public void Write(TextWriter output, PhysioNetDatabase database, Uri address, string folder)
    {
        var whole = Files - Failures.Count;
        output.WriteLine($"{database.Title}, from {address.AbsoluteUri}");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{whole} of {Files} files are in {folder}, {Bytes:N0} bytes, each as {Sha256Sums.FileName} says; {AlreadyThere} were there already"));
        if (LeftOut > 0)
            output.WriteLine($"left out: {LeftOut} files that are listed in sub-folders");
        foreach (var failure in Failures)
            output.WriteLine($"not here: {failure.Cause?.Message ?? $"{failure.Name}, not asked for any more"}");
        output.WriteLine($"{PhysioNetDatabase.License}; please cite:");
        output.WriteLine($"- {database.Citation}");
        output.WriteLine($"- {PhysioNetDatabase.PhysioNetCitation}");
    }

    /// <summary>Says in one line that files did not come.</summary>
    /// <exception cref="InvalidDataException">One that came was not the listed file.</exception>
    /// <exception cref="TransferException">One could not be had.</exception>
    public void ThrowIfIncomplete()
    {
        if (Failures.Count == 0)
            return;
        // What came wrong weighs more than what did not come.
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
