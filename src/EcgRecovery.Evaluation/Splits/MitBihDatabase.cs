using EcgRecovery.Beats;
using EcgRecovery.Formats.Wfdb;

namespace EcgRecovery.Evaluation.Splits;

/// <summary>The MIT-BIH Arrhythmia Database: its 48 records and the heartbeats cut from them for Kaggle's files.</summary>
/// <remarks>
/// Sources: Moody and Mark 2001, doi:10.1109/51.932724; Goldberger et al. 2000, doi:10.1161/01.CIR.101.23.e215;
/// https://physionet.org/content/mitdb/1.0.0/.
/// </remarks>
internal static class MitBihDatabase
{
    // Number of beats that HeartbeatCutter cuts from each record: they map a beat's index among all beats to its record.
    private static readonly (string Record, int Beats)[] Cut =
    [
        ("100", 2272), ("101", 1864), ("102", 2186), ("103", 2083), ("104", 2228), ("105", 2571), ("106", 2026), ("107", 2136),
        ("108", 1762), ("109", 2531), ("111", 2123), ("112", 2538), ("113", 1794), ("114", 1878), ("115", 1952), ("116", 2411),
        ("117", 1534), ("118", 2277), ("119", 1986), ("121", 1862), ("122", 2475), ("123", 1517), ("124", 1618), ("200", 2600),
        ("201", 1962), ("202", 2135), ("203", 2979), ("205", 2655), ("207", 1859), ("208", 2954), ("209", 3004), ("210", 2649),
        ("212", 2747), ("213", 3250), ("214", 2261), ("215", 3362), ("217", 2207), ("219", 2153), ("220", 2047), ("221", 2426),
        ("222", 2482), ("223", 2604), ("228", 2052), ("230", 2255), ("231", 1570), ("232", 1779), ("233", 3078), ("234", 2752),
    ];

    /// <summary>Names of the 48 records, in order.</summary>
    public static IReadOnlyList<string> Records { get; } = [.. Cut.Select(entry => entry.Record)];

    /// <summary>Returns the record of every heartbeat, in record and time order: 109,446 entries.</summary>
    public static IEnumerable<string> RecordOfEveryBeat() => Cut.SelectMany(entry => Enumerable.Repeat(entry.Record, entry.Beats));

    /// <summary>Cuts records into heartbeats by the rule of Kaggle's files.</summary>
    /// <param name="folder">
    /// Folder of the records' <c>.hea</c>, <c>.dat</c> and <c>.atr</c> files; record 102 is cut at the annotations of <c>102-0.atr</c>.
    /// </param>
    /// <param name="records">Names from <see cref="Records"/>.</param>
    /// <param name="lead">0 for the first lead, that of Kaggle's files; 1 for the second, cut at the same samples.</param>
    /// <param name="progress">Receives each record's name before it is read.</param>
    /// <param name="cancellationToken">Cancels between records.</param>
    /// <returns>The rows in the records' order, in time order within a record, with their sources.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">A record's file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is malformed or not that of the database.</exception>
    public static HeartbeatSet ReadHeartbeats(
        string folder,
        IReadOnlyList<string> records,
        int lead = 0,
        IProgress<string>? progress = null,
        CancellationToken cancellationToken = default)
    {
        RequireFolder(folder);

        var parts = new List<HeartbeatSet>(records.Count);
        foreach (var name in records)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(name);
            parts.Add(CutRecord(folder, name, lead));
        }

        return Concatenate(parts);
    }

    /// <summary>Returns the rows of several sets as one set.</summary>
    /// <param name="parts">Sets with their sources.</param>
    public static HeartbeatSet Concatenate(IReadOnlyList<HeartbeatSet> parts) => new(
        Concatenate(parts, part => part.Samples),
        Concatenate(parts, part => part.Classes),
        Concatenate(parts, part => part.Sources!.ToArray()));

    /// <summary>Throws unless the folder exists.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public static void RequireFolder(string folder)
    {
        if (Directory.Exists(folder))
            return;
        throw new DirectoryNotFoundException(
            $"Folder {folder} does not exist; expected the 48 records of the MIT-BIH Arrhythmia Database.");
    }

    private static HeartbeatSet CutRecord(string folder, string name, int lead)
    {
        var path = Path.Combine(folder, name);
        // Kaggle's file was made from the older annotations of record 102.
        var annotations = WfdbAnnotationFile.Read(path + (name == "102" ? "-0.atr" : ".atr")).Annotations;
        using var record = RecordFormats.Open(path);
        var rows = HeartbeatCutter.Cut(record, annotations, lead);
        var expected = Cut.Single(entry => entry.Record == name).Beats;
        if (rows.Count != expected)
            throw new InvalidDataException($"Record {path} gives {rows.Count} heartbeats; the database's {name} gives {expected}.");
        return rows;
    }

    private static T[] Concatenate<T>(IReadOnlyList<HeartbeatSet> parts, Func<HeartbeatSet, T[]> select)
    {
        var whole = new T[parts.Sum(part => select(part).Length)];
        var at = 0;
        foreach (var part in parts)
        {
            select(part).CopyTo(whole.AsSpan(at));
            at += select(part).Length;
        }

        return whole;
    }
}
