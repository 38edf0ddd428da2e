using System.Globalization;
using EcgRecovery.Beats;

namespace EcgRecovery.Recovery.Beats.Training;

/// <summary>Which rows each member of an ensemble is not trained on, and which beats must not serve a row as evidence.</summary>
/// <remarks>
/// For patients never seen, whole records (a patient with two records counts as two): a member has not seen the records of its fold, and no beat is told about by its own record. For
/// patients that the training rows include, or rows of unknown origin, single rows.
/// </remarks>
internal sealed class TrainingFolds
{
    /// <param name="set">The training rows.</param>
    /// <param name="rows">[N]: their numbers in the file.</param>
    /// <param name="maximum">Folds at most; fewer where there are fewer records.</param>
    /// <param name="samePatients">Whether the beats to be recovered come from patients of the training rows.</param>
    public TrainingFolds(HeartbeatSet set, int[] rows, int maximum, bool samePatients)
    {
        var records = samePatients || set.Sources is null ? [] : set.Sources.Select(s => s.Record).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        ByRecord = records.Count > 1;
        Count = Math.Min(maximum, ByRecord ? records.Count : set.Count);
        Group = ByRecord ? [.. set.Sources!.Select(s => records.IndexOf(s.Record))] : rows;
        FoldOfRow = [.. Group.Select(group => group % Count)];
        LeftOut = [.. Enumerable.Range(0, Count).Select(fold => ByRecord
            ? string.Join(',', records.Where((_, i) => i % Count == fold))
            : string.Create(CultureInfo.InvariantCulture, $"every row n with n mod {Count} = {fold}"))];
    }

    /// <summary>Whether whole records are held out.</summary>
    public bool ByRecord { get; }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>[N]: the fold that a row is in.</summary>
    public int[] FoldOfRow { get; }

    /// <summary>[N]: rows of one number never serve each other as evidence.</summary>
    public int[] Group { get; }

    /// <summary>What each fold holds, in words.</summary>
    public IReadOnlyList<string> LeftOut { get; }
}
