using System.Security.Cryptography;
using EcgRecovery.Beats;
using EcgRecovery.Formats.Files;
using EcgRecovery.Formats.Heartbeats;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Outputs;

/// <summary>Writes the files of <c>prepare</c> and describes each of them.</summary>
/// <param name="folder">The folder; created where it is missing.</param>
/// <param name="overwrite">Whether existing files may be replaced.</param>
/// <param name="output">Receives the descriptions.</param>
/// <param name="log">Receives the progress.</param>
internal sealed class PreparedFiles(string folder, bool overwrite, TextWriter output, TextWriter log)
{
    /// <summary>Writes a line to the output.</summary>
    public void Print(string line) => output.WriteLine(line);

    /// <summary>Writes a line to the log.</summary>
    public void Log(string line) => log.WriteLine(line);

    /// <summary>Checks before the long work that the files may be written.</summary>
    public void RefuseExisting(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            OutputFile.RefuseExisting(PathOf(name), overwrite);
            OutputFile.RefuseExisting(HeartbeatSources.PathFor(PathOf(name)), overwrite);
        }
    }

    /// <summary>Writes a file and its companion; returns the file's SHA-256.</summary>
    public string Write(string name, HeartbeatSet set, CancellationToken cancellationToken)
    {
        Log($"writing {PathOf(name)}");
        Directory.CreateDirectory(folder);
        using var sha256 = SHA256.Create();
        OutputFile.Write(PathOf(name), overwrite, stream =>
        {
            using var hashing = new CryptoStream(stream, sha256, CryptoStreamMode.Write, leaveOpen: true);
            HeartbeatCsv.Write(hashing, set, cancellationToken);
        });
        var companion = HeartbeatSources.PathFor(PathOf(name));
        OutputFile.Write(companion, overwrite, stream => HeartbeatSources.Write(stream, set.Sources!));

        var hash = Convert.ToHexStringLower(sha256.Hash!);
        var labels = Enum.GetValues<AamiClass>().Select(label => $"{(int)label} ({label}) {set.Classes.Count(c => c == label)}");
        Print(PathOf(name));
        Print($"  ({set.Count}, {HeartbeatSet.BeatLength}) → ({set.Count}, {HeartbeatSet.BeatLength}, 1)");
        Print($"  labels: {string.Join(", ", labels)}");
        Print($"  SHA-256 {hash}");
        return hash;
    }

    private string PathOf(string name) => Path.Combine(folder, name);
}
