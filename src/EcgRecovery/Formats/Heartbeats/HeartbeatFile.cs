using EcgRecovery.Beats;

namespace EcgRecovery.Formats.Heartbeats;

/// <summary>Options for reading heartbeat CSVs.</summary>
public sealed record HeartbeatCsvOptions
{
    /// <summary>Whether an empty cell, <c>NaN</c> or <c>NA</c> is a missing sample (NaN). Default false: an error.</summary>
    public bool AllowMissing { get; init; }

    /// <summary>Whether rows of 187 samples without a label are read, as beats of class Q. Default false: an error.</summary>
    public bool AllowUnlabelled { get; init; }

    /// <summary>Whether the SHA-256 of the (uncompressed) bytes is computed. Default false.</summary>
    public bool ComputeSha256 { get; init; }
}

/// <summary>The content of a heartbeat CSV.</summary>
/// <param name="Set">The rows, with their sources if the companion <c>X.rows.csv</c> is beside the file.</param>
/// <param name="Sha256">SHA-256 of the uncompressed bytes, in lower-case hexadecimal; null if it was not asked for.</param>
/// <param name="HadHeader">Whether the first line was a heading.</param>
/// <param name="HadIndexColumn">Whether the first column held row numbers.</param>
public sealed record HeartbeatFile(HeartbeatSet Set, string? Sha256, bool HadHeader, bool HadIndexColumn)
{
    /// <summary>Whether the rows have a label; without one every class is Q, which stands for an unknown beat.</summary>
    public bool HadLabels { get; init; } = true;

    /// <summary>The character between cells: a comma, a semicolon or a tab.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>Whether numbers have a decimal comma, which is possible where the delimiter is none.</summary>
    public bool HadDecimalComma { get; init; }
}
