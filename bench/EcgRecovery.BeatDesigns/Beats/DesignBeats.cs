using System.Globalization;
using EcgRecovery.BeatDesigns.Designs;
using EcgRecovery.Evaluation.Splits;
using EcgRecovery.Records;

namespace EcgRecovery.BeatDesigns.Beats;

/// <summary>The beats that designs learn from, refer to and are chosen on: patients of DS1 without 201 and 208; no record of DS2 is read.</summary>
/// <param name="recordsFolder">Holds the records of the MIT-BIH Arrhythmia Database.</param>
internal sealed class DesignBeats(string recordsFolder)
{
    private readonly Dictionary<BeatSource, (HeartbeatSet Training, HeartbeatSet Library)> _sets = [];

    /// <summary>The validation patients' first leads.</summary>
    public HeartbeatSet Validation => field ??= MitBihDatabase.ReadHeartbeats(recordsFolder, InterPatientSplit.Validation);

    /// <summary>The training patients' beats.</summary>
    public HeartbeatSet Training(BeatSource source) => Of(source).Training;

    /// <summary>The training patients' beats that estimates refer to.</summary>
    public HeartbeatSet Library(BeatSource source) => Of(source).Library;

    /// <summary>Each row's record, as a number.</summary>
    public static int[] Patients(HeartbeatSet set) => [.. set.Sources!.Select(source => int.Parse(source.Record, CultureInfo.InvariantCulture))];

    private (HeartbeatSet Training, HeartbeatSet Library) Of(BeatSource source)
    {
        if (_sets.TryGetValue(source, out var known))
            return known;
        // Of one lead every third beat, of both every sixth, 11,183 both times: estimates of all gaps take a minute, and lose 1 % against all beats.
        var stride = source == BeatSource.BothLeads ? 6 : 3;
        var training = MitBihDatabase.ReadHeartbeats(recordsFolder, InterPatientSplit.Training);
        if (source == BeatSource.BothLeads)
            training = MitBihDatabase.Concatenate([training, MitBihDatabase.ReadHeartbeats(recordsFolder, InterPatientSplit.Training, lead: 1)]);
        var library = training.Select([.. Enumerable.Range(0, training.Count).Where(row => row % stride == 0)]);
        return _sets[source] = (training, library);
    }
}
