using EcgRecovery.Records;

namespace EcgRecovery.Cli.Inputs;

/// <summary>What of a recording a verb was asked to work on. Disposing it closes the recording.</summary>
/// <param name="whole">The recording as its file has it.</param>
/// <param name="stretch">The stretch of time, with all leads; <paramref name="whole"/> itself where none was asked for.</param>
/// <param name="startSample">The stretch's first sample in the whole, counted as annotations are.</param>
/// <param name="chosenLeads">The leads that were asked for; none = all.</param>
internal sealed class RecordSelection(EcgRecord whole, EcgRecord stretch, long startSample, IReadOnlyList<int> chosenLeads) : IDisposable
{
    /// <summary>The recording as its file has it.</summary>
    public EcgRecord Whole => whole;

    /// <summary>The stretch of time, with all leads.</summary>
    public EcgRecord Stretch => stretch;

    /// <summary>The stretch's first sample in the whole, counted as annotations are.</summary>
    public long StartSample => startSample;

    /// <summary>Whether leads were asked for by name or number.</summary>
    public bool HasChosenLeads => chosenLeads.Count > 0;

    /// <summary>The leads to work on, as numbers from 0 in the recording: those asked for, in that order, or all.</summary>
    public IReadOnlyList<int> Leads { get; } = chosenLeads.Count > 0 ? chosenLeads : [.. Enumerable.Range(0, whole.Leads.Count)];

    /// <summary>The first sample of a lead's stretch, in the whole lead's own samples.</summary>
    public long StartOf(int lead) => whole.FirstSampleOf(whole.Leads[lead], startSample);

    /// <summary>Closes the recording.</summary>
    public void Dispose() => whole.Dispose();
}
