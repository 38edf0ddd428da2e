using EcgRecovery.Beats;

namespace EcgRecovery.Tests.Recovery;

/// <summary>The recording that ships with the tool: five minutes of MIT-BIH 208, lead MLII.</summary>
internal static class DemoRecording
{
    public const double FrequencyHz = 360;

    public static float[] MilliVolts()
    {
        using var record = Open();
        Assert.Equal(FrequencyHz, record.SamplingFrequencyHz);
        return record.Leads[0].ToMilliVolts();
    }

    public static HeartbeatSet Beats()
    {
        using var record = Open();
        return HeartbeatCutter.Cut(record, RPeakDetector.ToAnnotations(RPeakDetector.Detect(MilliVolts(), FrequencyHz)));
    }

    private static EcgRecovery.Records.EcgRecord Open() =>
        RecordFormats.Open(Checkout.PathOf("src", "EcgRecovery.Cli", "DemoData", "208-1935"));
}
