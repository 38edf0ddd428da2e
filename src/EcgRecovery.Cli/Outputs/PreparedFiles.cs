using System.Security.Cryptography;
using EcgRecovery.Beats;
using EcgRecovery.Formats.Files;
using EcgRecovery.Formats.Heartbeats;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Outputs;

/// <summary>The folder that <c>prepare</c> fills, and what it says of each file.</summary>
/// <param name="folder">Made where it does not exist.</param>
/// <param name="overwrite">Whether existing files may be replaced.</param>
/// <param name="output">Receives what a file holds.</param>
/// <param name="log">Receives what is being done.</param>
internal sealed class PreparedFiles(string folder, bool overwrite, TextWriter output, TextWriter log)
{
    public void Say(string line) => output.WriteLine(line);

    public void Log(string line) => log.WriteLine(line);

    /// <summary>Before the long work, not after it.</summary>
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
        OutputFile.Write(HeartbeatSources.PathFor(PathOf(name)), overwrite, stream => HeartbeatSources.Write(stream, set.Sources!));

        var hash = Convert.ToHexStringLower(sha256.Hash!);
        var labels = Enum.GetValues<AamiClass>().Select(label => $"{(int)label} ({label}) {set.Classes.Count(c => c == label)}");
        Say(PathOf(name));
        Say($"  ({set.Count}, {HeartbeatSet.BeatLength}) → ({set.Count}, {HeartbeatSet.BeatLength}, 1)");
        Say($"  labels: {string.Join(", ", labels)}");
        Say($"  SHA-256 {hash}");
        return hash;
    }

    private string PathOf(string name) => Path.Combine(folder, name);
}
