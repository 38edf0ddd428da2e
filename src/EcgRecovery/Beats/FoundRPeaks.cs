namespace EcgRecovery.Beats;

/// <summary>The R peaks of a recording, and where they are not to be trusted.</summary>
public sealed class FoundRPeaks
{
    internal FoundRPeaks(int lead, IReadOnlyList<int> leads, IReadOnlyList<long> peaks, IReadOnlyList<DoubtfulBeats> doubtful)
    {
        Lead = lead;
        Leads = leads;
        Peaks = peaks;
        Doubtful = doubtful;
    }

    /// <summary>The number, from 0, of the lead in which the peaks are placed and in whose samples they are counted.</summary>
    public int Lead { get; }

    /// <summary>The leads in which beats were looked for, by number.</summary>
    public IReadOnlyList<int> Leads { get; }

    /// <summary>The samples of the peaks, ascending.</summary>
    public IReadOnlyList<long> Peaks { get; }

    /// <summary>The stretches in which they are not to be trusted, in order, without overlap.</summary>
    public IReadOnlyList<DoubtfulBeats> Doubtful { get; }

    /// <summary>Returns the result with other numbers of leads, and other samples.</summary>
    /// <param name="number">Returns the new number of a lead.</param>
    /// <param name="samples">What is added to samples.</param>
    internal FoundRPeaks Moved(Func<int, int> number, long samples) => new(
        number(Lead),
        [.. Leads.Select(number)],
        [.. Peaks.Select(peak => peak + samples)],
        [.. Doubtful.Select(doubt => doubt with { Span = doubt.Span.Shift(samples) })]);
}
