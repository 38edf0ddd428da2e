namespace EcgRecovery.Formats.Csv.Heads;

/// <summary>A column as the head of a text file describes it.</summary>
/// <param name="Name">Its name; empty if the head has none.</param>
/// <param name="Unit">Its unit; null if the head has none.</param>
/// <param name="Bits">The resolution of the converter whose counts the column holds; null if it is not known.</param>
internal sealed record TextHeadColumn(string Name, string? Unit = null, int? Bits = null);

/// <summary>What the lines above a recording's rows state, in the way of a device or a program.</summary>
internal sealed record TextHead
{
    /// <summary>The device or program, as in <c>OpenSignals</c>; empty for lines of keys and values as many programs write them.</summary>
    public string Program { get; init; } = "";

    /// <summary>Number of lines of the head among the file's first lines; a heading, if there is one, and the rows follow.</summary>
    public int Lines { get; init; }

    /// <summary>Samples per second.</summary>
    public double? FrequencyHz { get; init; }

    /// <summary>The columns, or the last of them: those before are times.</summary>
    public IReadOnlyList<TextHeadColumn> Columns { get; init; } = [];

    /// <summary>Whether no column holds times.</summary>
    public bool HasNoTimes { get; init; }

    /// <summary>The unit of all leads that have none of their own.</summary>
    public string? Unit { get; init; }

    /// <summary>Day and time of the first sample, by the recorder's clock.</summary>
    public DateTime? Start { get; init; }

    /// <summary>Assumptions that the head makes necessary, one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
