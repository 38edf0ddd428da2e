using EcgRecovery.Beats;
using EcgRecovery.Neural;
using EcgRecovery.Neural.Training;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats.Model;
using EcgRecovery.Recovery.Beats.Training;
using EcgRecovery.Recovery.Training;
using EcgRecovery.Tests.Recovery.Training;

namespace EcgRecovery.Tests.Recovery.Beats.Training;

/// <summary>Training the autoencoder, on few rows; resuming: <see cref="TrainingCheckpointTests"/>.</summary>
public sealed class BeatTrainingTests
{
    // 21 rows: 18 train in batches of 8, 8 and 2; 3 validate.
    private static readonly BeatTrainingData s_data = new(SyntheticBeats.Make(21), "hash");
    private static readonly AutoencoderTraining s_options = new() { Epochs = 2, BatchSize = 8, Threads = 2 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Lowers_training_and_validation_loss(bool masked)
    {
        var model = BeatTraining.Train(
            new BeatTrainingData(SyntheticBeats.MakeAlike(60), "hash"),
            new AutoencoderTraining { Masked = masked, Epochs = 12, BatchSize = 4, LearningRate = 5e-3, Threads = 2 });
        var curve = model.Card.Curve;
        Assert.Equal(Enumerable.Range(1, 12), curve.Select(e => e.Epoch));
        Assert.All(curve, e => Assert.Equal(5e-3, e.LearningRate));
        Assert.True(curve[^1].Loss < 0.6 * curve[0].Loss, LearningCurveCsv.Format(curve));
        Assert.True(curve[^1].ValidationLoss < 0.8 * curve[0].ValidationLoss, LearningCurveCsv.Format(curve));
    }

    [Fact]
    public void The_curve_is_the_loss_of_the_weights()
    {
        // After one epoch: the mean squared error of the model on the validation rows.
        var model = BeatTraining.Train(s_data, s_options with { Epochs = 1 });
        using var method = new BeatModel("m", model, 1);
        var held = s_data.Set.Samples.AsSpan(18 * HeartbeatSet.BeatLength).ToArray();
        var output = new float[held.Length];
        method.Estimate(held, output);
        Assert.Equal(held.Zip(output, (t, y) => (double)(y - t) * (y - t)).Average(), model.Card.Curve[0].ValidationLoss, 1e-9);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Threads_do_not_change_a_bit_and_the_seed_does(bool masked)
    {
        var options = s_options with { Masked = masked, Threads = 1 };
        var one = BeatTraining.Train(s_data, options);
        AssertSame(one, BeatTraining.Train(s_data, options with { Threads = 3 }));
        Assert.NotEqual(Values(one), Values(BeatTraining.Train(s_data, options with { Seed = 2 })));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Never_learns_from_the_validation_rows(bool masked)
    {
        var options = s_options with { Masked = masked };
        var model = BeatTraining.Train(s_data, options);

        var other = BeatTraining.Train(WithRows(18..21), options);
        Assert.Equal(Values(model), Values(other));
        Assert.Equal(model.Card.Curve.Select(e => e.Loss), other.Card.Curve.Select(e => e.Loss));
        Assert.NotEqual(model.Card.Curve[0].ValidationLoss, other.Card.Curve[0].ValidationLoss);

        Assert.NotEqual(Values(model), Values(BeatTraining.Train(WithRows(17..18), options)));   // the last row that trains

        static BeatTrainingData WithRows(Range rows)
        {
            var samples = s_data.Set.Samples.ToArray();
            var strange = SyntheticBeats.Make(21, seed: 99).Samples;
            var (from, to) = (rows.Start.Value * HeartbeatSet.BeatLength, rows.End.Value * HeartbeatSet.BeatLength);
            strange.AsSpan(from..to).CopyTo(samples.AsSpan(from));
            return new BeatTrainingData(new HeartbeatSet(samples, s_data.Set.Classes), "hash");
        }
    }

    [Fact]
    public void Learns_from_the_smaller_last_batch_too()
    {
        // Three updates per epoch for 18 rows in batches of 8.
        var done = new List<(int, int)>();
        BeatTraining.Train(s_data, s_options, null, p => done.Add((p.Epoch, p.Finished is null ? p.Done : -1)));
        Assert.Equal([(1, 8), (1, 16), (1, 18), (1, -1), (2, 8), (2, 16), (2, 18), (2, -1)], done);
    }

    [Fact]
    public void A_batch_larger_than_the_data_is_all_of_them()
    {
        var whole = BeatTraining.Train(s_data, s_options with { BatchSize = 18 });
        AssertSame(whole, BeatTraining.Train(s_data, s_options with { BatchSize = 19 }));
        AssertSame(whole, BeatTraining.Train(s_data, s_options with { BatchSize = int.MaxValue }));
    }

    [Fact]
    public void Masked_training_sees_gaps_and_the_original_none()
    {
        // Two runs that differ only in the focus gap.
        var clean = BeatTraining.Train(s_data, s_options with { Epochs = 1 });
        var masked = BeatTraining.Train(s_data, s_options with { Epochs = 1, Masked = true });
        Assert.NotEqual(Values(clean), Values(masked));
        AssertSame(clean, BeatTraining.Train(s_data, s_options with { Epochs = 1, FocusGap = new SampleSpan(10, 20) }));
        Assert.NotEqual(
            Values(masked),
            Values(BeatTraining.Train(s_data, s_options with { Epochs = 1, Masked = true, FocusGap = new SampleSpan(10, 20) })));
    }

    [Fact]
    public void A_schedule_lowers_the_learning_rate()
    {
        var curve = BeatTraining.Train(s_data, s_options with { Epochs = 3, Schedule = LearningRateSchedule.Cosine }).Card.Curve;
        Assert.Equal(
            [.. Enumerable.Range(1, 3).Select(e => LearningRates.At(LearningRateSchedule.Cosine, 1e-3, (3 * e) - 1, 9))],
            curve.Select(e => e.LearningRate));
    }

    [Fact]
    public void Without_validation_there_is_no_validation_loss()
    {
        var model = BeatTraining.Train(s_data, s_options with { Epochs = 1, ValidationSplit = 0 });
        Assert.Equal(double.NaN, model.Card.Curve[0].ValidationLoss);
        Assert.Equal("rows 0..21 trained, rows 21..21 held out for validation", model.Card.Split);
    }

    [Fact]
    public void Patience_ends_the_run_with_the_best_epochs_weights()
    {
        // All training beats are 1, all validation beats 0: the untrained output is near 0, and every epoch increases the error.
        var samples = new float[20 * HeartbeatSet.BeatLength];
        samples.AsSpan(0, 18 * HeartbeatSet.BeatLength).Fill(1f);
        var data = new BeatTrainingData(new HeartbeatSet(samples, new AamiClass[20]), "hash");
        var model = BeatTraining.Train(data, s_options with { Epochs = 9, Patience = 2 });
        Assert.Equal([1, 2, 3], model.Card.Curve.Select(e => e.Epoch));
        Assert.Equal(model.Card.Curve.Select(e => e.ValidationLoss).Order(), model.Card.Curve.Select(e => e.ValidationLoss));
        Assert.Equal(Values(BeatTraining.Train(data, s_options with { Epochs = 1 })), Values(model));
    }

    [Fact]
    public void Without_patience_the_model_has_the_last_epochs_weights()
    {
        var model = BeatTraining.Train(s_data, s_options with { Epochs = 2 });
        Assert.NotEqual(Values(BeatTraining.Train(s_data, s_options with { Epochs = 1 })), Values(model));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Refuses_a_beat_that_is_not_whole(float value)
    {
        var samples = s_data.Set.Samples.ToArray();
        samples[(19 * HeartbeatSet.BeatLength) + 5] = value;
        var error = Assert.Throws<InvalidDataException>(() =>
            BeatTraining.Train(new BeatTrainingData(new HeartbeatSet(samples, s_data.Set.Classes), "hash"), s_options));
        Assert.Equal($"Row 19 (counted from 0) has {value} at sample 5; expected whole beats to train on.", error.Message);
    }

    [Theory]
    [InlineData(1e30, 0.1, 8)]
    [InlineData(1e39, 0, 18)]    // one update, whose loss was still finite
    public void Refuses_training_that_diverges(double learningRate, double validationSplit, int batchSize)
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<InvalidDataException>(() => BeatTraining.Train(
            s_data,
            s_options with { Epochs = 1, LearningRate = learningRate, ValidationSplit = validationSplit, BatchSize = batchSize },
            new TrainingCheckpoint(folder.File("checkpoints"), resume: false)));
        Assert.StartsWith("Training diverged in epoch 1", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Empty(Directory.GetFiles(folder.File("checkpoints")));
    }

    [Fact]
    public void The_card_describes_the_training()
    {
        var sources = Enumerable.Range(0, 21).Select(i => new HeartbeatSource(i % 2 == 0 ? "101" : "100", i, "N")).ToArray();
        var data = new BeatTrainingData(new HeartbeatSet(s_data.Set.Samples, s_data.Set.Classes, sources), "abc");
        var card = BeatTraining.Train(data, s_options with { Epochs = 1, Masked = true, Seed = 7 }).Card;
        Assert.Equal(("autoencoder", true, "abc", 21), (card.Preset, card.Masked, card.DataSha256, card.DataRows));
        Assert.Equal("rows 0..18 trained, rows 18..21 held out for validation", card.Split);
        Assert.Equal(["100", "101"], card.Records!);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["seed"] = "7",
                ["epochs"] = "1",
                ["batch_size"] = "8",
                ["learning_rate"] = "0.001",
                ["schedule"] = "constant",
                ["validation_split"] = "0.1",
                ["patience"] = "0",
                ["engine_path"] = EnginePaths.Active.ToString().ToLowerInvariant(),
                ["focus_gap"] = "100..137",
            },
            card.Settings);
        Assert.Matches(@"^\d+\.\d+\.\d+$", card.ToolVersion);
        Assert.Null(BeatTraining.Train(s_data, s_options with { Epochs = 1 }).Card.Records);
    }

    [Fact]
    public void Stops_between_two_batches()
    {
        using var stop = new CancellationTokenSource();
        var batches = 0;
        Assert.Throws<OperationCanceledException>(() => BeatTraining.Train(
            s_data,
            s_options,
            null,
            _ =>
            {
                if (++batches == 2)
                    stop.Cancel();
            },
            stop.Token));
        Assert.Equal(2, batches);
    }

    internal static float[] Values(BeatModelFile model) => [.. model.Weights.SelectMany(t => t.Values)];

    internal static void AssertSame(BeatModelFile expected, BeatModelFile actual)
    {
        Assert.Equal(Values(expected), Values(actual));
        Assert.Equal(expected.Card.Curve, actual.Card.Curve);
    }
}
