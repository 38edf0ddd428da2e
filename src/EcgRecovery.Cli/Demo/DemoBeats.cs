using EcgRecovery.Beats;

namespace EcgRecovery.Cli.Demo;

/// <summary>The heartbeats of the recording that ships with the tool, found by our own detector and divided in time.</summary>
/// <param name="BeatsFound">R peaks found; the last one's row cannot be cut.</param>
/// <param name="Train">The first four fifths.</param>
/// <param name="Test">The rest, but for the one beat between, which overlaps both sides.</param>
internal sealed record DemoBeats(int BeatsFound, HeartbeatSet Train, HeartbeatSet Test)
{
    /// <summary>The recording: five minutes of MIT-BIH 208, lead MLII; DemoData/ATTRIBUTION.md says whose it is.</summary>
    public const string RecordName = "208-1935";

    private const double TrainShare = 0.8;

    /// <summary>Reads the recording beside the program, finds its beats and cuts them as Kaggle's heartbeat files are cut.</summary>
    /// <exception cref="FileNotFoundException">The recording is not there.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static DemoBeats Read()
    {
        using var record = RecordFormats.Open(Path.Combine(AppContext.BaseDirectory, "DemoData", RecordName));
        var peaks = RPeakDetector.Detect(record.Leads[0].ToMilliVolts(), record.SamplingFrequencyHz);
        var (train, test) = Divide(HeartbeatCutter.Cut(record, RPeakDetector.ToAnnotations(peaks)));
        return new DemoBeats(peaks.Length, train, test);
    }

    /// <summary>Divides rows in time.</summary>
    /// <remarks>A row reaches a fifth of an interval into the next one, so the row between the two sides is left out.</remarks>
    internal static (HeartbeatSet Train, HeartbeatSet Test) Divide(HeartbeatSet beats)
    {
        var trainCount = (int)(TrainShare * beats.Count);
        var testStart = trainCount + 1;
        return (beats.Select([.. Enumerable.Range(0, trainCount)]), beats.Select([.. Enumerable.Range(testStart, beats.Count - testStart)]));
    }
}
