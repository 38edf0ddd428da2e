namespace EcgRecovery.Tests.Formats.Fuzzing;

/// <summary>A sound recording whose files are to be broken.</summary>
/// <param name="Name">As the report calls it, as in <c>WFDB 212</c>.</param>
/// <param name="Open">The file to open.</param>
/// <param name="Files">All of its files: name and content.</param>
/// <param name="Targets">Those that are broken, with what the report calls their kind.</param>
internal sealed record FuzzSeed(
    string Name, string Open, IReadOnlyDictionary<string, byte[]> Files, IReadOnlyList<(string File, string Kind)> Targets);
