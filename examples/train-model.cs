// Trains a model on recordings of one's own, and recovers with it.   dotnet run examples/train-model.cs -- night-1.edf night-2.edf …
// Without arguments it makes four recordings to learn from, far too few and too short for a useful model.
#:project ../src/EcgRecovery/EcgRecovery.csproj

using EcgRecovery;
using EcgRecovery.Records;
using EcgRecovery.Recovery;
using Examples;

var folder = Directory.CreateTempSubdirectory();
string[] recordings = args.Length > 0 ? args : [.. Enumerable.Range(1, 4).Select(Make)];
var options = args.Length > 0
    ? new RecordModelTrainingOptions { CheckpointFolder = "checkpoint", Resume = Directory.Exists("checkpoint") }
    : new RecordModelTrainingOptions { Rounds = 2, Epochs = 3, Units = 8 };
var model = args.Length > 0 ? "own.safetensors" : Path.Combine(folder.FullName, "own.safetensors");
RecordModelTraining.Train(recordings, model, options, new EveryEpoch());

using var record = EcgRecord.Open(recordings[0]);
var (_, gaps) = record.Recover(new RecordRecoveryOptions { Method = model, Gaps = [new LeadSpan(0, new SampleSpan(3000, 3100))] });
Console.WriteLine($"{gaps[0][0].Span}: {(gaps[0][0].IsRecovered ? $"recovered by {gaps[0][0].Method}" : gaps[0][0].Reason)}");
folder.Delete(recursive: true);

// A minute of a made-up rhythm as CSV.
string Make(int patient)
{
    var random = new Random(patient);
    var (milliVolts, next) = (new double[7500], 0.5);
    while (next < 59)
    {
        for (var t = 0; t < milliVolts.Length; t++)
        {
            var seconds = (t / 125.0) - next;
            milliVolts[t] += Math.Exp(-Math.Pow(seconds / 0.015, 2)) + (0.3 * Math.Exp(-Math.Pow((seconds - 0.3) / 0.06, 2)));
        }

        next += 0.7 + (0.1 * patient) + (0.1 * random.NextDouble());
    }

    var path = Path.Combine(folder.FullName, $"patient-{patient}.csv");
    var rows = milliVolts.Select((value, t) => FormattableString.Invariant($"{t / 125.0:0.000},{value:0.0000}"));
    File.WriteAllLines(path, rows.Prepend("time (s),I (mV)"));
    return path;
}

namespace Examples
{
    /// <summary>Prints a line an epoch.</summary>
    internal sealed class EveryEpoch : IProgress<RecordModelTrainingProgress>
    {
        public void Report(RecordModelTrainingProgress value)
        {
            if (value.HeldOutRmse is { } rmse)
                Console.WriteLine($"epoch {value.Epoch}: RMSE {rmse:0.0000} mV in the gaps of recordings held out");
        }
    }
}
