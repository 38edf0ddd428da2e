using EcgRecovery.Beats;

namespace EcgRecovery.Cli.Demo;

/// <summary>The heartbeats of the recording that ships with the tool, found by the R-peak detector and divided in time.</summary>
/// <param name="BeatsFound">Number of R peaks; the last one has no row.</param>
/// <param name="Train">The first four fifths.</param>
/// <param name="Test">The rest, without the one beat between, which overlaps both sides.</param>
internal sealed record DemoBeats(int BeatsFound, HeartbeatSet Train, HeartbeatSet Test)
{
    /// <summary>The recording: five minutes of MIT-BIH 208, lead MLII; see DemoData/ATTRIBUTION.md.</summary>
    public const string RecordName = "208-1935";

    private const double TrainShare = 0.8;

    /// <summary>Reads the recording beside the program, finds its beats and cuts them as in Kaggle's heartbeat files.</summary>
    /// <exception cref="FileNotFoundException">The recording is missing.</exception>
    /// <exception cref="InvalidDataException">The recording is damaged.</exception>
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
        return (Rows(0, trainCount), Rows(testStart, beats.Count - testStart));

        HeartbeatSet Rows(int start, int count) => beats.Select([.. Enumerable.Range(start, count)]);
    }
}
