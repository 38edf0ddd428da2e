using System.Globalization;
using EcgRecovery.Beats;

namespace EcgRecovery.Recovery.Beats.Training;

/// <summary>The rows held out from each member of an ensemble, and the beats excluded as evidence for each row.</summary>
/// <remarks>
/// For unseen patients, whole records are held out (a patient with two records counts as two), and a row's own record gives no evidence for
/// it. For patients of the training rows, or rows of unknown origin, single rows.
/// </remarks>
internal sealed class TrainingFolds
{
    /// <param name="set">The training rows.</param>
    /// <param name="rows">[N]: their row numbers in the file.</param>
    /// <param name="maximum">Maximum number of folds; fewer if there are fewer records.</param>
    /// <param name="samePatients">Whether the beats to be recovered come from patients of the training rows.</param>
    public TrainingFolds(HeartbeatSet set, int[] rows, int maximum, bool samePatients)
    {
        var records = samePatients || set.Sources is null
            ? []
            : set.Sources.Select(s => s.Record).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        ByRecord = records.Count > 1;
        Count = Math.Min(maximum, ByRecord ? records.Count : set.Count);
        Group = ByRecord ? [.. set.Sources!.Select(s => records.IndexOf(s.Record))] : rows;
        FoldOfRow = [.. Group.Select(group => group % Count)];
        HeldOut = [.. Enumerable.Range(0, Count).Select(fold => ByRecord
            ? string.Join(',', records.Where((_, i) => i % Count == fold))
            : string.Create(CultureInfo.InvariantCulture, $"every row n with n mod {Count} = {fold}"))];
    }

    /// <summary>Whether whole records are held out.</summary>
    public bool ByRecord { get; }

    /// <summary>Number of folds.</summary>
    public int Count { get; }

    /// <summary>[N]: the fold of a row.</summary>
    public int[] FoldOfRow { get; }

    /// <summary>[N]: the group of a row; rows of one group give no evidence for each other.</summary>
    public int[] Group { get; }

    /// <summary>The contents of each fold, in words.</summary>
    public IReadOnlyList<string> HeldOut { get; }
}
