using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Records.Truth;

namespace EcgRecovery.Evaluation.Records.Entrants;

/// <summary>What is tested: a method of the product, or predictions that somebody else made.</summary>
internal abstract class Entrant : IDisposable
{
    /// <summary>Its name in tables.</summary>
    public abstract string Name { get; }

    /// <summary>All that decides its estimates, as text: of two runs with the same one, the second need not be made.</summary>
    public virtual string Identity => Name;

    /// <summary>Whether it learned from patients that it is tested on; null where that is not known.</summary>
    /// <param name="patients">The patients that it is tested on.</param>
    public virtual bool? SawAny(IReadOnlySet<string> patients) => null;

    /// <summary>Estimates the scored gaps of a cut. Safe for concurrent calls.</summary>
    /// <param name="record">The record. What lies under the gaps is known here, and no method gets it.</param>
    /// <param name="cut">The gaps.</param>
    /// <param name="place">Which cut it is.</param>
    /// <param name="threads">Maximum number of threads.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>One estimate per scored gap, in the order of the cut's leads and gaps.</returns>
    public abstract IReadOnlyList<Estimate> Fill(
        TestedRecord record, GapCut cut, CutPlace place, int threads, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}

/// <summary>Which cut of a plan it is.</summary>
/// <param name="Kind">The cell.</param>
/// <param name="Number">Its number among the record's cuts of the cell, from 0.</param>
/// <param name="Count">The number of those cuts.</param>
internal readonly record struct CutPlace(CellKind Kind, int Number, int Count)
{
    /// <summary>Returns the path of a record's file in folders of gapped recordings and of predictions, without extension.</summary>
    /// <param name="record">Name of the record.</param>
    public string FileOf(string record) =>
        Path.Combine(Kind.Name, Count == 1 ? record : FormattableString.Invariant($"{record}-{Number + 1}"));
}
