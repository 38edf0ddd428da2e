using System.Diagnostics.CodeAnalysis;

namespace EcgRecovery.Records;

/// <summary>A recording: leads that began at the same time, with annotations and what else is known about them.</summary>
/// <remarks>
/// Samples are read by windows, most of them straight from the file. The record that a file was opened as owns the file: it stays open
/// until that record is disposed. Records made from it (<see cref="EcgRecord(EcgRecord)"/>, <see cref="RecordViews"/>) are views: they read
/// the same samples and own nothing, so disposing one closes nothing. Reading is safe from several threads.
/// </remarks>
public sealed class EcgRecord : IDisposable
{
    /// <summary>Suffix of a lead's name: the lead with the lower bounds of its recovered samples.</summary>
    public const string LowerBoundSuffix = " lower";

    /// <summary>Suffix of a lead's name: the lead with the upper bounds of its recovered samples.</summary>
    public const string UpperBoundSuffix = " upper";

    /// <summary>Makes an empty record, to be given leads.</summary>
    public EcgRecord()
    {
    }

    /// <summary>Makes a view of a record: the same leads and facts, of which an initializer may replace some. It owns no file.</summary>
    /// <param name="whole">The record; it must stay open while the view is read.</param>
    [SetsRequiredMembers]
    public EcgRecord(EcgRecord whole)
    {
        ArgumentNullException.ThrowIfNull(whole);
        Name = whole.Name;
        SamplingFrequencyHz = whole.SamplingFrequencyHz;
        Leads = whole.Leads;
        Annotations = whole.Annotations;
        AnnotationDefinitions = whole.AnnotationDefinitions;
        Provenance = whole.Provenance;
        StartDate = whole.StartDate;
        StartTime = whole.StartTime;
        Comments = whole.Comments;
        Patient = whole.Patient;
        Recording = whole.Recording;
        Remarks = whole.Remarks;
        Files = whole.Files;
    }

    /// <summary>Name of the record, as in <c>208</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Samples per second, as annotations count them; a lead may have another frequency.</summary>
    public required double SamplingFrequencyHz { get; init; }

    /// <summary>The leads, in the file's order.</summary>
    public required IReadOnlyList<EcgLead> Leads { get; init; }

    /// <summary>Beats, rhythms, notes, in time order; empty where there are none.</summary>
    public IReadOnlyList<Annotation> Annotations { get; init; } = [];

    /// <summary>Annotation codes that the file defines or renames; empty where all codes are those of <see cref="BeatCode"/>.</summary>
    public IReadOnlyList<AnnotationDefinition> AnnotationDefinitions { get; init; } = [];

    /// <summary>The samples that were not measured but derived or recovered.</summary>
    public IReadOnlyList<ProvenanceSpan> Provenance { get; init; } = [];

    /// <summary>Day of the first sample, by the recorder's clock; null where not known.</summary>
    public DateOnly? StartDate { get; init; }

    /// <summary>Time of day of the first sample, by the recorder's clock; null where not known.</summary>
    public TimeOnly? StartTime { get; init; }

    /// <summary>Free text of the file, one entry a line: age, sex, medication, notes.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <summary>EDF's local patient identification, unchanged; empty for other formats.</summary>
    public string Patient { get; init; } = "";

    /// <summary>EDF's local recording identification, unchanged; empty for other formats.</summary>
    public string Recording { get; init; } = "";

    /// <summary>Decisions that the reader had to make and what it could not check, one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The files that the record was read from, which must not be overwritten; empty where it was made in memory.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Seconds from the first sample to the end of the longest lead.</summary>
    public double DurationSeconds => Leads.Count == 0 ? 0 : Leads.Max(lead => lead.SampleCount / lead.SamplingFrequencyHz);

    /// <summary>Number of samples to the end of the longest lead, counted as annotations count them.</summary>
    public long SampleCount => Leads.Count == 0
        ? 0
        : Leads.Max(lead => lead.SamplingFrequencyHz == SamplingFrequencyHz
            ? lead.SampleCount
            : FrequencyRatio.Between(lead.SamplingFrequencyHz, SamplingFrequencyHz).FirstAtOrBehind(lead.SampleCount));

    /// <summary>The files that the samples are read from, closed with the record; null where it owns none.</summary>
    internal IDisposable? Source { get; init; }

    /// <summary>Returns the leads with the bounds of a lead's recovered samples; null where the record has no such pair.</summary>
    public (EcgLead Lower, EcgLead Upper)? FindBounds(EcgLead lead)
    {
        ArgumentNullException.ThrowIfNull(lead);
        var lower = Leads.FirstOrDefault(other => other.Name == lead.Name + LowerBoundSuffix);
        var upper = Leads.FirstOrDefault(other => other.Name == lead.Name + UpperBoundSuffix);
        return lower is null || upper is null ? null : (lower, upper);
    }

    /// <summary>Returns a lead's first sample at or after the time of a sample of the record, at most the lead's end.</summary>
    /// <param name="lead">A lead of the record.</param>
    /// <param name="sample">Counted as annotations are.</param>
    public long FirstSampleOf(EcgLead lead, long sample)
    {
        ArgumentNullException.ThrowIfNull(lead);
        var ratio = FrequencyRatio.Between(SamplingFrequencyHz, lead.SamplingFrequencyHz);
        return Math.Clamp(ratio.FirstAtOrBehind(sample), 0, lead.SampleCount);
    }

    /// <summary>Returns the record's sample that is nearest in time to a sample of a lead.</summary>
    /// <param name="lead">A lead of the record.</param>
    /// <param name="sample">Counted in the lead's own samples.</param>
    public long NearestSampleTo(EcgLead lead, long sample)
    {
        ArgumentNullException.ThrowIfNull(lead);
        return FrequencyRatio.Between(lead.SamplingFrequencyHz, SamplingFrequencyHz).Nearest(sample);
    }

    /// <summary>Closes the files that the samples are read from; of a view, nothing.</summary>
    public void Dispose() => Source?.Dispose();
}
