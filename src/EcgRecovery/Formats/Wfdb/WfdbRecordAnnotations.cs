namespace EcgRecovery.Formats.Wfdb;

/// <summary>Reads the annotation file of a record.</summary>
internal static class WfdbRecordAnnotations
{
    /// <summary>The annotator of reference annotations.</summary>
    public const string Default = "atr";

    /// <summary>Reads a record's annotation file.</summary>
    /// <param name="basePath">The record's path without extension.</param>
    /// <param name="annotator">The file's extension; null = <see cref="Default"/>, if there is such a file.</param>
    /// <returns>The file; null if there is none.</returns>
    /// <exception cref="FileNotFoundException">The given annotator has no file.</exception>
    /// <exception cref="InvalidDataException">The file is broken.</exception>
    public static WfdbAnnotationFile? Read(string basePath, string? annotator)
    {
        var path = $"{basePath}.{annotator ?? Default}";
        return annotator is null && !File.Exists(path) ? null : WfdbAnnotationFile.Read(path);
    }
}
