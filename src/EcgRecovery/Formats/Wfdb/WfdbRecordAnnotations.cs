namespace EcgRecovery.Formats.Wfdb;

/// <summary>The annotations that belong to a record.</summary>
internal static class WfdbRecordAnnotations
{
    /// <summary>The annotator of reference annotations.</summary>
    public const string Default = "atr";

    /// <summary>Reads a record's annotation file.</summary>
    /// <param name="basePath">The record's path without extension.</param>
    /// <param name="annotator">The file's extension; null = <see cref="Default"/>, where there is such a file.</param>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="FileNotFoundException">An annotator is asked for and has no file.</exception>
    /// <exception cref="InvalidDataException">The file is broken.</exception>
    public static WfdbAnnotationFile? Read(string basePath, string? annotator)
    {
        var path = $"{basePath}.{annotator ?? Default}";
        return annotator is null && !File.Exists(path) ? null : WfdbAnnotationFile.Read(path);
    }
}
