using EcgRecovery.Recovery.Records.Model;
using EcgRecovery.Recovery.Records.Training;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Tests.Recovery.Records.Training;

/// <summary>Training the record model, on a few synthetic recordings.</summary>
public sealed class RecordTrainingTests
{
    private static readonly Lazy<RecordTrainingData> s_data = new(() => SyntheticRecordings.Data());
    private static readonly RecordTrainingOptions s_options =
        new() { Units = 4, Layers = 1, Epochs = 2, Rounds = 2, BatchSize = 4, Threads = 2 };

    private static readonly Lazy<RecordModelFile> s_model = new(() => RecordTraining.Train(s_data.Value, s_options));

    [Fact]
    public void The_card_describes_the_training()
    {
        var card = s_model.Value.Card;
        Assert.Equal(("record", 3), (card.Preset, card.Members));
        Assert.Equal(["a", "b", "c", "d"], card.Records);
        Assert.Equal(["a,b", "c", "d"], card.HeldOut);
        Assert.Equal(s_data.Value.Sha256, card.DataSha256);
        Assert.Equal([1, 2], card.Curve.Select(epoch => epoch.Epoch));
        Assert.All(card.Curve, epoch => Assert.InRange(epoch.ValidationLoss, 0.001, 1));
        Assert.Equal(("1", "2", "cosine"), (card.Settings["seed"], card.Settings["rounds"], card.Settings["schedule"]));
        Assert.Matches(@"^\d+\.\d+\.\d+$", card.ToolVersion);
        Assert.Equal(12, card.Calibration.Bins.Count);
        Assert.Equal(3, s_model.Value.Members.Count);
    }

    [Fact]
    public void Threads_do_not_change_a_bit_and_the_seed_does()
    {
        AssertSame(s_model.Value, RecordTraining.Train(s_data.Value, s_options with { Threads = 1 }));
        Assert.NotEqual(Values(s_model.Value), Values(RecordTraining.Train(s_data.Value, s_options with { Seed = 2 })));
    }

    [Fact]
    public void Lowers_the_loss_and_the_validation_loss()
    {
        var curve = RecordTraining.Train(s_data.Value, s_options with { Epochs = 12, LearningRate = 0.02 }).Card.Curve;
        Assert.True(curve[^1].Loss < 0.9 * curve[0].Loss, LearningCurveCsv.Format(curve));
        Assert.True(curve[^1].ValidationLoss < curve[0].ValidationLoss, LearningCurveCsv.Format(curve));
    }

    [Fact]
    public void A_stopped_run_goes_on_to_the_same_bits_wherever_it_was_stopped()
    {
        using var folder = new TemporaryFolder();
        Stop(cutting: 3, batches: int.MaxValue);
        Assert.Equal(3, Directory.GetFiles(folder.File("run/gaps")).Length);
        Stop(cutting: int.MaxValue, batches: 1);
        var epochs = 0;
        Assert.Throws<OperationCanceledException>(() => Train(new CancellationTokenSource(), _ => { }, (progress, stop) =>
        {
            if (progress.Finished is not null && ++epochs == 1)
                stop.Cancel();
        }));
        Assert.True(File.Exists(folder.File("run/checkpoint.safetensors")));
        var last = new RecordTrainingFolder(folder.File("run"), resume: true);
        AssertSame(s_model.Value, RecordTraining.Train(s_data.Value, s_options, last));
        Assert.Equal(8, Directory.GetFiles(folder.File("run/gaps")).Length);

        void Stop(int cutting, int batches)
        {
            var (cut, done) = (0, 0);
            var source = new CancellationTokenSource();
            Assert.Throws<OperationCanceledException>(() => Train(
                source,
                _ =>
                {
                    if (++cut == cutting)
                        source.Cancel();
                },
                (_, _) =>
                {
                    if (++done == batches)
                        source.Cancel();
                }));
        }

        void Train(
            CancellationTokenSource source, Action<GapCuttingProgress> cutting, Action<TrainingProgress, CancellationTokenSource> progress)
        {
            using (source)
            {
                RecordTraining.Train(
                    s_data.Value,
                    s_options,
                    new RecordTrainingFolder(folder.File("run"), resume: true),
                    cutting,
                    state => progress(state, source),
                    source.Token);
            }
        }
    }

    [Fact]
    public void A_checkpoint_of_another_run_is_refused()
    {
        using var folder = new TemporaryFolder();
        RecordTraining.Train(s_data.Value, s_options with { Epochs = 1 }, new RecordTrainingFolder(folder.File("run"), resume: false));
        Assert.Throws<CheckpointExistsException>(() => new RecordTrainingFolder(folder.File("run"), resume: false));
        var resumed = new RecordTrainingFolder(folder.File("run"), resume: true);
        var error = Assert.Throws<InvalidDataException>(() => RecordTraining.Train(s_data.Value, s_options, resumed));
        Assert.EndsWith("belongs to another run; it has epochs=1; expected epochs=2.", error.Message, StringComparison.Ordinal);
        // Gaps alone are a run too.
        File.Delete(folder.File("run/checkpoint.safetensors"));
        Assert.Throws<CheckpointExistsException>(() => new RecordTrainingFolder(folder.File("run"), resume: false));
    }

    [Fact]
    public void Fewer_patients_than_folds_give_fewer_networks()
    {
        var card = RecordTraining.Train(s_data.Value, s_options with { Epochs = 1, Rounds = 1, Folds = 9 }).Card;
        Assert.Equal(3, card.Members);
    }

    [Fact]
    public void Refuses_training_that_diverges()
    {
        var error = Assert.Throws<InvalidDataException>(
            () => RecordTraining.Train(s_data.Value, s_options with { Epochs = 1, Rounds = 1, LearningRate = 1e35 }));
        Assert.StartsWith("Training diverged in epoch 1", error.Message, StringComparison.Ordinal);
    }

    internal static float[] Values(RecordModelFile model) => [.. model.Weights.SelectMany(tensor => tensor.Values)];

    private static void AssertSame(RecordModelFile expected, RecordModelFile actual)
    {
        Assert.Equal(Values(expected), Values(actual));
        Assert.Equal(expected.Card.ToMetadata(), actual.Card.ToMetadata());
    }
}
