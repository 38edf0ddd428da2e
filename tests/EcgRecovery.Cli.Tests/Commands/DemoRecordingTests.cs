using System.Security.Cryptography;
using EcgRecovery.Beats;

namespace EcgRecovery.Cli.Tests.Commands;

public class DemoRecordingTests
{
    private const int FirstSampleInRecord208 = 422_820;

    private static string Folder => Checkout.PathOf("src", "EcgRecovery.Cli", "DemoData");

    [Fact]
    public void It_is_five_minutes_of_MLII_at_360_Hz()
    {
        // The reader verifies initial value and checksum.
        using var record = RecordFormats.Open(Path.Combine(Folder, "208-1935"));
        Assert.Equal("208-1935", record.Name);
        Assert.Equal(360, record.SamplingFrequencyHz);
        var lead = Assert.Single(record.Leads);
        Assert.Equal("MLII", lead.Name);
        Assert.Equal(5 * 60 * 360, lead.SampleCount);
        Assert.Equal([975, 981, 987, 989, 990], lead.ToAdcUnits()[..5]);
        Assert.Equal((975 - 1024) / 200f, lead.ToMilliVolts()[0]);
        Assert.Contains(record.Comments, comment => comment.Contains("ODC-By", StringComparison.Ordinal));
    }

    [Fact]
    public void It_is_the_stretch_of_record_208_that_it_says()
    {
        var database = TestData.Folder("mitdb");
        Assert.SkipWhen(database is null, "The MIT-BIH Arrhythmia Database (shared/data/mitdb) is absent.");
        using var database208 = RecordFormats.Open(Path.Combine(database, "208"));
        using var shipped = RecordFormats.Open(Path.Combine(Folder, "208-1935"));
        var whole = database208.Leads[0].ToAdcUnits();
        var demo = shipped.Leads[0].ToAdcUnits();
        Assert.Equal(whole[FirstSampleInRecord208..(FirstSampleInRecord208 + demo.Length)], demo);
    }

    [Theory]
    [InlineData("208-1935.dat")]
    [InlineData("208-1935.hea")]
    public void The_attribution_names_the_hash_of_each_file(string file)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Folder, file))));
        Assert.Contains($"`{file}` | `{hash}`", File.ReadAllText(Path.Combine(Folder, "ATTRIBUTION.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_beats_are_found_and_cut()
    {
        using var record = RecordFormats.Open(Path.Combine(Folder, "208-1935"));
        var peaks = RPeakDetector.Detect(record.Leads[0].ToMilliVolts(), record.SamplingFrequencyHz);
        var beats = HeartbeatCutter.Cut(record, RPeakDetector.ToAnnotations(peaks));
        // Record 208 has 509 beats in this stretch; the last one found is not cut, as in Kaggle's files.
        Assert.InRange(peaks.Length, 500, 512);
        Assert.Equal(peaks.Length - 1, beats.Count);
        Assert.Equal(peaks[..^1], beats.Sources!.Select(source => source.Sample));
    }
}
