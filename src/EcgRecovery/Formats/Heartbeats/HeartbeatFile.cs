using EcgRecovery.Beats;

namespace EcgRecovery.Formats.Heartbeats;

/// <summary>How a heartbeat CSV is read.</summary>
public sealed record HeartbeatCsvOptions
{
    /// <summary>Whether an empty cell or <c>NaN</c> is a missing sample (NaN); by default it is an error.</summary>
    public bool AllowMissing { get; init; }

    /// <summary>Whether to compute the SHA-256 of the (uncompressed) bytes on the way.</summary>
    public bool ComputeSha256 { get; init; }
}

/// <summary>What a heartbeat CSV held.</summary>
/// <param name="Set">The rows, with their sources where the companion <c>X.rows.csv</c> lies beside the file.</param>
/// <param name="Sha256">Of the uncompressed bytes, in lower-case hexadecimal; null where it was not asked for.</param>
/// <param name="HadHeader">Whether the first line named the columns.</param>
/// <param name="HadIndexColumn">Whether the first column counted the rows.</param>
public sealed record HeartbeatFile(HeartbeatSet Set, string? Sha256, bool HadHeader, bool HadIndexColumn);
