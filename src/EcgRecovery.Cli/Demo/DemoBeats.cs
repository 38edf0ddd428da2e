using EcgRecovery.Beats;

namespace EcgRecovery.Cli.Demo;

/// <summary>The heartbeats of the recording that ships with the tool, found by the R-peak detector and divided in time.</summary>
/// <param name="BeatsFound">Number of R peaks; the last one has no row.</param>
/// <param name="Train">The first four fifths.</param>
/// <param name="Test">The rest, without the one beat between, which overlaps both sides.</param>
internal sealed record DemoBeats(int BeatsFound, HeartbeatSet Train, HeartbeatSet Test)
{
    private const double TrainShare = 0.8;

    /// <summary>Finds the recording's beats and cuts them as in Kaggle's heartbeat files.</summary>
    public static DemoBeats Of(DemoRecording recording)
    {
        var (train, test) = Divide(HeartbeatCutter.Cut(recording.Whole, RPeakDetector.ToAnnotations(recording.RPeaks)));
        return new DemoBeats(recording.RPeaks.Length, train, test);
    }

    /// <summary>Divides rows in time.</summary>
    /// <remarks>A row reaches a fifth of an interval into the next one, so the row between the two sides is left out.</remarks>
    internal static (HeartbeatSet Train, HeartbeatSet Test) Divide(HeartbeatSet beats)
    {
        var trainCount = (int)(TrainShare * beats.Count);
        var testStart = trainCount + 1;
        return (Rows(0, trainCount), Rows(testStart, beats.Count - testStart));

        HeartbeatSet Rows(int start, int count) => beats.Select([.. Enumerable.Range(start, count)]);
    }
}
