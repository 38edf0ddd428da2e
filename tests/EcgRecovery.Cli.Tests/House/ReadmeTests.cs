using EcgRecovery.Cli.Demo;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Tests.House;

// The README's lines name files of the current folder, which a process has one of.
[CollectionDefinition(nameof(ReadmeTests), DisableParallelization = true)]
public sealed class ReadmeRuns;

/// <summary>The C# of the README runs and does what the README says.</summary>
[Collection(nameof(ReadmeTests))]
public sealed class ReadmeTests : IDisposable
{
    private static readonly SampleSpan s_gap = new(7200, 7290);

    private readonly TemporaryFolder _folder = new();
    private readonly string _home = Environment.CurrentDirectory;
    private readonly TextWriter _console = Console.Out;
    private readonly StringWriter _printed = new();

    public ReadmeTests()
    {
        Environment.CurrentDirectory = _folder.Root;
        Console.SetOut(_printed);
    }

    public void Dispose()
    {
        Console.SetOut(_console);
        Environment.CurrentDirectory = _home;
        _folder.Dispose();
        _printed.Dispose();
    }

    [Fact]
    public void An_array_is_filled()
    {
        var milliVolts = Enumerable.Range(0, 1000).Select(t => t is > 400 and < 500 ? float.NaN : MathF.Sin(t * 0.1f)).ToArray();
        DocumentSnippets.ReadmeArray(milliVolts);
        Assert.Equal("99 of 99 missing samples recovered by cubic\n", _printed.ToString());
    }

    [Fact]
    public void A_recording_is_recovered_and_written()
    {
        using (var record = EcgRecord.Open(Checkout.PathOf("src", "EcgRecovery.Cli", "DemoData", DemoRecording.Name)))
        {
            var minute = record.Cut(new SampleSpan(0, 21_600));
            new EcgRecord(minute) { Leads = [RecordViews.WithMissing(minute.Leads[0], [s_gap])] }.Write("night.edf");
        }

        DocumentSnippets.ReadmeRecording();
        using var copy = EcgRecord.Open("night-recovered.csv");
        Assert.Equal(21_600, copy.SampleCount);
        Assert.DoesNotContain(float.NaN, copy.Leads[0].ToMilliVolts());
        var span = Assert.Single(copy.Provenance);
        Assert.Equal((s_gap, SampleOrigin.Recovered, "record"), (span.Span, span.Origin, span.Method));
    }

    [Fact]
    public void Heartbeats_are_recovered()
    {
        File.WriteAllText(
            "broken-heartbeats.csv",
            string.Join(',', Enumerable.Range(0, 187).Select(t => t is > 50 and < 70 ? "" : t < 120 ? "0.5" : "0").Append("0")) + "\n");
        DocumentSnippets.ReadmeHeartbeats();
        Assert.Equal("19 missing samples recovered\n", _printed.ToString());
    }
}
