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
    public void A_recording_is_opened_and_written()
    {
        using (var record = EcgRecord.Open(Path.Combine(AppContext.BaseDirectory, "DemoData", DemoBeats.RecordName)))
            record.Cut(new SampleSpan(0, 3600)).Write("night.edf");
        DocumentSnippets.ReadmeRecording();
        using var copy = EcgRecord.Open("night.csv");
        Assert.Equal(3600, copy.SampleCount);
    }

    [Fact]
    public void Heartbeats_are_recovered()
    {
        File.WriteAllText(
            "broken.csv",
            string.Join(',', Enumerable.Range(0, 187).Select(t => t is > 50 and < 70 ? "" : t < 120 ? "0.5" : "0").Append("0")) + "\n");
        DocumentSnippets.ReadmeHeartbeats();
        Assert.Equal("19 missing samples recovered\n", _printed.ToString());
    }
}
