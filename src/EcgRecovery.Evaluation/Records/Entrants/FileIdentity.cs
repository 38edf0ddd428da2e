namespace EcgRecovery.Evaluation.Records.Entrants;

/// <summary>Which files were read, as text: names, sizes and times of writing. Reading them would take as long as the work.</summary>
internal static class FileIdentity
{
    /// <summary>Returns the identity of files.</summary>
    public static string Of(IEnumerable<string> paths) => string.Join(
        '\n',
        paths.Order(StringComparer.Ordinal)
            .Select(path => new FileInfo(path))
            .Select(file => FormattableString.Invariant($"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}")));

    /// <summary>Returns the files of a folder with a name and any extension; none where there is no such folder.</summary>
    public static IEnumerable<string> Named(string folder, string name) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, $"{name}.*") : [];
}
