namespace EcgRecovery.Records;

/// <summary>A recording: leads that began together, under one name, with what is known about them.</summary>
/// <remarks>
/// Samples are read by windows, most of them straight from the file, which stays open until the record is disposed. Reading is safe from several threads.
/// </remarks>
public sealed record EcgRecord : IDisposable
{
    /// <summary>Behind a lead's name: the lead that holds the lower bounds of its recovered samples.</summary>
    public const string LowerBoundSuffix = " lower";

    /// <summary>Behind a lead's name: the lead that holds the upper bounds of its recovered samples.</summary>
    public const string UpperBoundSuffix = " upper";

    /// <summary>Name of the record, as in <c>208</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The frequency in which annotations count their samples; a lead may have another.</summary>
    public required double SamplingFrequencyHz { get; init; }

    /// <summary>The leads, in the file's order.</summary>
    public required IReadOnlyList<EcgLead> Leads { get; init; }

    /// <summary>Beats, rhythms, notes, in time order; empty where there are none.</summary>
    public IReadOnlyList<Annotation> Annotations { get; init; } = [];

    /// <summary>What codes of <see cref="Annotations"/> mean where the annotation file says so itself; empty where all are those of <see cref="BeatCode"/>.</summary>
    public IReadOnlyList<AnnotationDefinition> AnnotationDefinitions { get; init; } = [];

    /// <summary>Which samples are not as a recorder measured them, by lead and time.</summary>
    public IReadOnlyList<ProvenanceSpan> Provenance { get; init; } = [];

    /// <summary>Day of the first sample, by the recorder's clock; null where not known.</summary>
    public DateOnly? StartDate { get; init; }

    /// <summary>Time of day of the first sample, by the recorder's clock; null where not known.</summary>
    public TimeOnly? StartTime { get; init; }

    /// <summary>What the file says in words, one entry a line: age, sex, medication, notes.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <summary>EDF's local patient identification, as it stands in the file; empty elsewhere.</summary>
    public string Patient { get; init; } = "";

    /// <summary>EDF's local recording identification, as it stands in the file; empty elsewhere.</summary>
    public string Recording { get; init; } = "";

    /// <summary>What the reader had to decide or could not check, one sentence each; empty where the file left no doubt.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The files that it was read from, which must not be written over; empty where it was made in memory.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Seconds from the first sample to the end of the longest lead.</summary>
    public double DurationSeconds => Leads.Count == 0 ? 0 : Leads.Max(lead => lead.SampleCount / lead.SamplingFrequencyHz);

    /// <summary>Samples, counted as annotations count them, to the end of the longest lead.</summary>
    public long SampleCount => Leads.Count == 0
        ? 0
        : Leads.Max(lead => lead.SamplingFrequencyHz == SamplingFrequencyHz
            ? lead.SampleCount
            : FrequencyRatio.Between(lead.SamplingFrequencyHz, SamplingFrequencyHz).FirstAtOrBehind(lead.SampleCount));

    /// <summary>The files that the samples are read from; closed with the record.</summary>
    internal IDisposable? Source { get; init; }

    /// <summary>The leads that hold the bounds of a lead's recovered samples; null where the record has no such pair.</summary>
    public (EcgLead Lower, EcgLead Upper)? FindBounds(EcgLead lead)
    {
        ArgumentNullException.ThrowIfNull(lead);
        var lower = Leads.FirstOrDefault(other => other.Name == lead.Name + LowerBoundSuffix);
        var upper = Leads.FirstOrDefault(other => other.Name == lead.Name + UpperBoundSuffix);
        return lower is null || upper is null ? null : (lower, upper);
    }

    /// <summary>The first sample of a lead at or behind the time of a sample of the record, within the lead or at its end.</summary>
    /// <param name="lead">A lead of the record.</param>
    /// <param name="sample">Counted as annotations are.</param>
    public long FirstSampleOf(EcgLead lead, long sample)
    {
        ArgumentNullException.ThrowIfNull(lead);
        return Math.Clamp(FrequencyRatio.Between(SamplingFrequencyHz, lead.SamplingFrequencyHz).FirstAtOrBehind(sample), 0, lead.SampleCount);
    }

    /// <summary>The sample, counted as annotations are, that is nearest in time to a sample of a lead.</summary>
    /// <param name="lead">A lead of the record.</param>
    /// <param name="sample">Counted in the lead's own samples.</param>
    public long NearestSampleTo(EcgLead lead, long sample)
    {
        ArgumentNullException.ThrowIfNull(lead);
        return FrequencyRatio.Between(lead.SamplingFrequencyHz, SamplingFrequencyHz).Nearest(sample);
    }

    /// <summary>Closes the files that the samples are read from.</summary>
    public void Dispose() => Source?.Dispose();
}
