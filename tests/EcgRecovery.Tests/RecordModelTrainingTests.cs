using System.Globalization;
using EcgRecovery.Formats.Files;
using EcgRecovery.Recovery;
using EcgRecovery.Recovery.Records.Model;
using EcgRecovery.Recovery.Training;
using EcgRecovery.Tests.Recovery.Records.Training;

namespace EcgRecovery.Tests;

/// <summary>Training from C#, on files.</summary>
public sealed class RecordModelTrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Trains_a_model_that_recovers()
    {
        string[] recordings = [.. "abcd".Select(name => Write(name.ToString()))];
        var (output, reports) = (_folder.File("own.safetensors"), new List<RecordModelTrainingProgress>());
        var options = new RecordModelTrainingOptions
        {
            Rounds = 2,
            Epochs = 2,
            Units = 4,
            Networks = 2,
            Seed = 7,
            PatientOf = name => name is "a.csv" or "b.csv" ? "one" : name,
            CheckpointFolder = _folder.File("run"),
        };
        RecordModelTraining.Train(recordings, output, options, new Listener(reports));

        var card = RecordModelFile.Read(output).Card;
        Assert.Equal(["a.csv", "b.csv", "c.csv", "d.csv"], card.Records);
        Assert.Equal(2, card.Members);
        Assert.Contains(card.HeldOut, fold => fold.Contains("a.csv,b.csv", StringComparison.Ordinal));
        Assert.Equal("7", card.Settings["seed"]);
        Assert.Equal((RecordModelTrainingStage.Cutting, 0), (reports[0].Stage, reports[0].Epoch));
        Assert.Equal(2, reports.Count(report => report.HeldOutRmse is > 0));
        Assert.All(reports, report => Assert.InRange(report.Done, 0, 1));

        var broken = SyntheticRecordings.Record("e", 60).Leads[0].ToMilliVolts();
        broken.AsSpan(3000, 40).Fill(float.NaN);
        var own = new RecoveryOptions { Method = output, SelfTestGaps = 0 };
        var recovered = EcgSignal.Recover(broken, SyntheticRecordings.FrequencyHz, own);
        Assert.Equal("own", recovered.Gaps[0].Method);
        Assert.Throws<OutputExistsException>(() => RecordModelTraining.Train(recordings, output, options));
        Assert.Throws<CheckpointExistsException>(() => RecordModelTraining.Train(recordings, output, options with { Overwrite = true }));
    }

    [Fact]
    public void Refuses_options_out_of_range_before_it_reads()
    {
        var error = Assert.Throws<ArgumentException>(() =>
            RecordModelTraining.Train(["none.csv"], _folder.File("own.safetensors"), new RecordModelTrainingOptions { Epochs = 0 }));
        Assert.Equal("Epochs are 0; expected at least 1.", error.Message);
    }

    public void Dispose() => _folder.Dispose();

    private string Write(string name)
    {
        var leads = SyntheticRecordings.Record(name, 60).Leads.Select(lead => lead.ToMilliVolts()).ToList();
        var rows = Enumerable.Range(0, leads[0].Length).Select(t => string.Create(
            CultureInfo.InvariantCulture,
            $"{t / SyntheticRecordings.FrequencyHz:0.000000},{leads[0][t]:0.0000},{leads[1][t]:0.0000}"));
        return _folder.Write($"{name}.csv", string.Join('\n', rows.Prepend("time (s),I (mV),II (mV)")));
    }

    private sealed class Listener(List<RecordModelTrainingProgress> reports) : IProgress<RecordModelTrainingProgress>
    {
        public void Report(RecordModelTrainingProgress value) => reports.Add(value);
    }
}
