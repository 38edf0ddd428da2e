using EcgRecovery.Records;

namespace EcgRecovery.Cli.Inputs;

/// <summary>The part of a recording that a verb works on. Disposing it closes the recording.</summary>
/// <param name="whole">The recording as in its file.</param>
/// <param name="part">The chosen time, with all leads; <paramref name="whole"/> itself where no time was chosen.</param>
/// <param name="time">The chosen time as samples of the whole recording, counted as annotations are; null where none was chosen.</param>
/// <param name="chosenLeads">The chosen leads; empty for all.</param>
internal sealed class RecordSelection(EcgRecord whole, EcgRecord part, SampleSpan? time, IReadOnlyList<int> chosenLeads) : IDisposable
{
    /// <summary>The recording as in its file.</summary>
    public EcgRecord Whole => whole;

    /// <summary>The chosen time, with all leads.</summary>
    public EcgRecord Part => part;

    /// <summary>The chosen time as samples of the whole recording, counted as annotations are; null where none was chosen.</summary>
    public SampleSpan? Time => time;

    /// <summary>The part's first sample in the whole recording, counted as annotations are.</summary>
    public long StartSample => time?.Start ?? 0;

    /// <summary>Whether leads were chosen by name or number.</summary>
    public bool HasChosenLeads => chosenLeads.Count > 0;

    /// <summary>The numbers, from 0, of the leads to work on: the chosen ones in the order of the options, or all.</summary>
    public IReadOnlyList<int> Leads { get; } = chosenLeads.Count > 0 ? chosenLeads : [.. Enumerable.Range(0, whole.Leads.Count)];

    /// <summary>Returns the part's first sample in a lead, counted in that lead's samples.</summary>
    public long StartOf(int lead) => whole.FirstSampleOf(whole.Leads[lead], StartSample);

    /// <summary>Closes the recording.</summary>
    public void Dispose() => whole.Dispose();
}
