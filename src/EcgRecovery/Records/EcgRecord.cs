namespace EcgRecovery.Records;

/// <summary>A recording: leads sampled together, under one name.</summary>
public sealed class EcgRecord
{
    /// <summary>Name of the record, as in <c>208</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The frequency in which annotations count their samples.</summary>
    public required double SamplingFrequencyHz { get; init; }

    /// <summary>The leads, in the file's order.</summary>
    public required IReadOnlyList<EcgLead> Leads { get; init; }

    /// <summary>What the file says in words, one entry a line: age, sex, medication, notes.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];
}
