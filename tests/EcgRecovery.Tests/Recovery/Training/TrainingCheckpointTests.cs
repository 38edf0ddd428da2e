using EcgRecovery.Beats;
using EcgRecovery.Neural;
using EcgRecovery.Neural.Files;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Training;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats.Model;
using EcgRecovery.Recovery.Beats.Training;
using EcgRecovery.Recovery.Training;
using EcgRecovery.Tests.Recovery.Beats;
using EcgRecovery.Tests.Recovery.Beats.Model;
using static EcgRecovery.Tests.Recovery.Beats.Training.BeatTrainingTests;

namespace EcgRecovery.Tests.Recovery.Training;

/// <summary>An interrupted and resumed run ends with the bits of an uninterrupted one; other checkpoints are refused.</summary>
public sealed class TrainingCheckpointTests
{
    // 20 rows: 18 train in batches of 8, 8 and 2; so an epoch reports progress four times.
    private static readonly BeatTrainingData s_data = new(SyntheticBeats.Make(20), "hash");
    private static readonly AutoencoderTraining s_options = new() { Epochs = 4, BatchSize = 8 };

    public static TheoryData<object> Runs => new()
    {
        s_options,
        s_options with { Masked = true },
        s_options with { Masked = true, Patience = 3, Schedule = LearningRateSchedule.Cosine },
        s_options with { ValidationSplit = 0 },
    };

    [Theory]
    [MemberData(nameof(Runs))]
    public void Killed_at_any_moment_and_resumed_it_ends_with_the_same_bits(object run)
    {
        var options = (BeatTrainingOptions)run;
        using var folder = new TemporaryFolder();
        var undisturbed = BeatTraining.Train(s_data, options);

        // Cancelled after so many reports: in the first epoch, in the second, at an epoch's end, in the fourth; then not at all.
        int[] reports = [2, 6, 4, 6];
        for (var attempt = 0; attempt < reports.Length; attempt++)
        {
            Assert.Throws<OperationCanceledException>(
                () => Train(folder.File("checkpoints"), options with { Threads = 1 + (attempt % 3) }, stopAfter: reports[attempt]));
        }

        AssertSame(undisturbed, Train(folder.File("checkpoints"), options with { Threads = 2 }));
    }

    [Fact]
    public void Resumed_at_every_epoch_it_ends_with_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        for (var epochs = 1; epochs <= 4; epochs++)
        {
            var options = s_options with { Epochs = epochs };
            AssertSame(BeatTraining.Train(s_data, options), Train(folder.File("checkpoints"), options));
        }
    }

    [Fact]
    public void A_finished_run_is_not_trained_again()
    {
        using var folder = new TemporaryFolder();
        var model = Train(folder.File("checkpoints"), s_options);
        AssertSame(model, Train(folder.File("checkpoints"), s_options, stopAfter: 1));   // no report comes, so nothing stops it
    }

    [Fact]
    public void Exhausted_patience_stays_exhausted()
    {
        // As in BeatTrainingTests: every epoch is worse than the one before.
        var samples = new float[20 * HeartbeatSet.BeatLength];
        samples.AsSpan(0, 18 * HeartbeatSet.BeatLength).Fill(1f);
        var data = new BeatTrainingData(new HeartbeatSet(samples, new AamiClass[20]), "hash");
        var options = s_options with { Epochs = 9, Patience = 2 };
        using var folder = new TemporaryFolder();
        var undisturbed = BeatTraining.Train(data, options);
        Assert.Throws<OperationCanceledException>(() => Train(folder.File("checkpoints"), options, stopAfter: 9, data));
        AssertSame(undisturbed, Train(folder.File("checkpoints"), options, data: data));
        AssertSame(undisturbed, Train(folder.File("checkpoints"), options, stopAfter: 1, data));
        Assert.Equal(3, undisturbed.Card.Curve.Count);
    }

    [Theory]
    [InlineData(new[] { 0.5, 0.4, 0.4, 0.4 }, 2, true)]     // a tie is not better: the second epoch is the best
    [InlineData(new[] { 0.5, 0.4, 0.4 }, 2, false)]
    [InlineData(new[] { 0.5, 0.4, 0.4, 0.39 }, 2, false)]
    [InlineData(new[] { 0.5 }, 1, false)]
    [InlineData(new[] { 0.5, 0.6 }, 1, true)]
    [InlineData(new double[0], 1, false)]
    public void Patience_counts_the_epochs_since_the_best(double[] validationLosses, int patience, bool isOver)
    {
        var network = SmallModel.Network;
        var weights = NetworkInitializer.Initialize(network, 1);
        IReadOnlyList<WeightTensor> zeros = [.. weights.Select(t => t with { Values = new float[t.Values.Length] })];
        var curve = validationLosses.Select((loss, i) => new EpochResult(i + 1, 0.1, loss, 0.001)).ToArray();
        using var run = new RowRun(
            s_data.Set,
            s_options with { Epochs = 99, Patience = patience },
            network,
            new TrainingState([new NetworkState(weights, new(0, zeros, zeros), weights)], curve));
        Assert.Equal(isOver, run.IsOver);
    }

    [Fact]
    public void A_run_with_fewer_epochs_than_the_checkpoint_is_refused()
    {
        using var folder = new TemporaryFolder();
        Train(folder.File("checkpoints"), s_options with { Epochs = 2 });
        var error = Assert.Throws<InvalidDataException>(() => Train(folder.File("checkpoints"), s_options with { Epochs = 1 }));
        Assert.EndsWith("has 2 epochs behind it; expected at most the 1 that are asked for.", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<object, string, string> Others => new()
    {
        { s_options with { Seed = 2 }, "hash", "it has seed=1; expected seed=2." },
        { s_options with { BatchSize = 9 }, "hash", "it has batch=8; expected batch=9." },
        { s_options with { LearningRate = 0.002 }, "hash", "it has lr=0.001; expected lr=0.002." },
        { s_options with { Masked = true }, "hash", "it has masked=False; expected masked=True." },
        { s_options with { Patience = 5 }, "hash", "it has patience=0; expected patience=5." },
        { s_options, "another hash", "it has data=hash; expected data=another hash." },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void A_checkpoint_of_another_run_is_refused_and_the_difference_named(object run, string sha256, string difference)
    {
        var other = (BeatTrainingOptions)run;
        using var folder = new TemporaryFolder();
        Train(folder.File("checkpoints"), s_options with { Epochs = 1 });
        var before = File.ReadAllBytes(new TrainingCheckpoint(folder.File("checkpoints"), resume: true).Path);
        var error = Assert.Throws<InvalidDataException>(
            () => Train(folder.File("checkpoints"), other with { Epochs = 1 }, data: s_data with { Sha256 = sha256 }));
        Assert.EndsWith("belongs to another run; " + difference, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(new TrainingCheckpoint(folder.File("checkpoints"), resume: true).Path));
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused()
    {
        using var folder = new TemporaryFolder();
        Train(folder.File("checkpoints"), s_options with { Epochs = 1 });
        var path = new TrainingCheckpoint(folder.File("checkpoints"), resume: true).Path;
        var whole = File.ReadAllBytes(path);

        Refused([]);
        Refused(whole[..100]);
        Refused(whole[..^1]);
        for (var at = 3; at < whole.Length; at += whole.Length / 9)
        {
            var flipped = whole.ToArray();
            flipped[at] ^= 4;
            Refused(flipped);
        }

        Refused("epoch,loss\n"u8.ToArray());
        SmallModel.File().Write(folder.File("model"), overwrite: false);
        Refused(File.ReadAllBytes(folder.File("model")));   // a model is no checkpoint

        void Refused(byte[] content)
        {
            File.WriteAllBytes(path, content);
            var error = Assert.Throws<InvalidDataException>(() => Train(folder.File("checkpoints"), s_options));
            Assert.Contains("checkpoint.safetensors", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Theory]
    [InlineData("updates", "", "updates is ''; expected whole numbers")]
    [InlineData("updates", "3,x", "updates is '3,x'; expected whole numbers")]
    [InlineData("updates", "-1", "updates is '-1'; expected whole numbers")]
    [InlineData("updates", "3,3", "it has no 2/weights/lstm_1.kernel [1, 12]")]
    [InlineData("curve", "", "curve is no JSON: ")]
    [InlineData("curve", "{}", "curve is no list of rows")]
    [InlineData("curve", "[null]", "a row of curve is null; expected 4 numbers")]
    [InlineData("curve", "[[1,2,\"NaN\",3]]", "curve has \"NaN\"; expected a number or null")]
    [InlineData("curve", "[[1,2]]", "a row of curve is [1,2]; expected 4 numbers")]
    public void A_checkpoint_with_other_content_is_refused(string key, string value, string message)
    {
        using var folder = new TemporaryFolder();
        var checkpoint = new TrainingCheckpoint(folder.File("checkpoints"), resume: false);
        var weights = NetworkInitializer.Initialize(SmallModel.Network, 1);
        EpochResult[] curve = [new(1, 0.5, double.NaN, 0.001)];
        checkpoint.Save(new TrainingState([new NetworkState(weights, new(3, weights, weights), null)], curve), "run");
        Assert.Equal(curve, checkpoint.Load(_ => SmallModel.Network, "run")!.Curve);

        var file = SafetensorsFile.Read(checkpoint.Path);
        var metadata = new Dictionary<string, string>(file.Metadata) { [key] = value };
        using (var stream = File.Create(checkpoint.Path))
            new SafetensorsFile(metadata, file.Tensors).Write(stream);
        var error = Assert.Throws<InvalidDataException>(() => checkpoint.Load(_ => SmallModel.Network, "run"));
        Assert.Contains("has a checkpoint's format but not its content: " + message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_of_the_caller_is_not_blamed_on_the_checkpoint()
    {
        using var folder = new TemporaryFolder();
        var checkpoint = new TrainingCheckpoint(folder.File("checkpoints"), resume: false);
        var weights = NetworkInitializer.Initialize(SmallModel.Network, 1);
        checkpoint.Save(new TrainingState([new NetworkState(weights, new(3, weights, weights), null)], []), "run");
        Assert.Throws<NullReferenceException>(() => checkpoint.Load(_ => null!, "run"));
    }

    [Fact]
    public void A_checkpoint_is_no_model()
    {
        using var folder = new TemporaryFolder();
        Train(folder.File("checkpoints"), s_options with { Epochs = 1 });
        var path = Path.Combine(folder.File("checkpoints"), "checkpoint.safetensors");
        var error = Assert.Throws<InvalidDataException>(() => BeatModelFile.Read(path));
        Assert.Contains("its format is 'ecg-recovery-checkpoint/2'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_existing_checkpoint_is_not_overwritten()
    {
        using var folder = new TemporaryFolder();
        Train(folder.File("checkpoints"), s_options with { Epochs = 1 });
        var error = Assert.Throws<CheckpointExistsException>(() => new TrainingCheckpoint(folder.File("checkpoints"), resume: false));
        Assert.Equal(Path.Combine(folder.File("checkpoints"), "checkpoint.safetensors"), error.Path);
        Assert.Equal($"Checkpoint {error.Path} exists; expected a folder without one.", error.Message);
        Assert.Equal(["checkpoint.safetensors"], Directory.GetFileSystemEntries(folder.File("checkpoints")).Select(Path.GetFileName));
    }

    /// <summary>Trains from a checkpoint; cancels at the given report.</summary>
    private static BeatModelFile Train(
        string directory, BeatTrainingOptions options, int stopAfter = int.MaxValue, BeatTrainingData? data = null)
    {
        using var stop = new CancellationTokenSource();
        var reports = 0;
        return BeatTraining.Train(
            data ?? s_data,
            options,
            new TrainingCheckpoint(directory, resume: true),
            _ =>
            {
                if (++reports == stopAfter)
                    stop.Cancel();
            },
            stop.Token);
    }
}
