using EcgRecovery.Beats;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Training;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats.Model;
using EcgRecovery.Recovery.Beats.Training;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Tests.Recovery.Beats.Training;

/// <summary>Training the beat model through <see cref="BeatTraining"/>, on few rows.</summary>
public sealed class EnsembleRunTests
{
    private const int Length = HeartbeatSet.BeatLength;
    private static readonly BeatTrainingData s_data = new(SyntheticBeats.Make(48, records: 4), "hash");
    private static readonly BeatModelTraining s_options = new() { Epochs = 2, BatchSize = 8, Folds = 4, LibraryRows = 40, Threads = 2 };
    private static readonly Lazy<BeatModelFile> s_model = new(() => BeatTraining.Train(s_data, s_options));

    [Fact]
    public void The_card_describes_the_training()
    {
        var card = s_model.Value.Card;
        Assert.Equal("beat", card.Preset);
        Assert.True(card.Masked);
        Assert.Equal(4, card.Ensemble!.Members);
        Assert.Equal(["100", "101", "102", "103"], card.Ensemble.HeldOut);
        Assert.Equal(3, card.Ensemble.Ridge);
        Assert.Equal(["100", "101", "102", "103"], card.Records);
        Assert.Equal("4", card.Settings["folds"]);
        Assert.Equal(2, card.Curve.Count);
        Assert.All(card.Curve, e => Assert.True(double.IsFinite(e.Loss) && double.IsFinite(e.ValidationLoss)));
        Assert.All(card.Ensemble.IntervalFactors, f => Assert.True(f.Lower > 0 && f.Upper > 0));
    }

    [Theory]
    [InlineData(nameof(EnsembleViews.Both))]
    [InlineData(nameof(EnsembleViews.Row))]
    [InlineData(nameof(EnsembleViews.Library))]
    public void Comes_back_from_its_file_and_recovers_the_same(string name)
    {
        var views = Enum.Parse<EnsembleViews>(name);
        using var folder = new TemporaryFolder();
        var trained = views == EnsembleViews.Both
            ? s_model.Value
            : BeatTraining.Train(s_data, s_options with { Views = views, Epochs = 1 });
        trained.Write(folder.File("m.safetensors"), overwrite: false);
        var read = BeatModelFile.Read(folder.File("m.safetensors"));
        Assert.Equal(views, read.Card.Ensemble!.Views);
        Assert.Equal(views != EnsembleViews.Row, read.Weights.Any(t => t.Name == EnsembleTensors.Library));
        Assert.Equal(trained.Card.Ensemble!.IntervalFactors, read.Card.Ensemble.IntervalFactors);

        var broken = SyntheticBeats.Break(SyntheticBeats.Make(20, seed: 5), new SampleSpan(40, 60));
        Assert.Equal(Recover(trained, broken, 1), Recover(read, broken, 1));
        Assert.Equal(Recover(trained, broken, 1), Recover(read, broken, 3));
    }

    [Fact]
    public void Bounds_enclose_the_recovery_and_observed_samples_are_their_own()
    {
        using var model = new BeatModel("m", s_model.Value, 2);
        Assert.True(model.HasInterval);
        var broken = SyntheticBeats.Break(SyntheticBeats.Make(600, seed: 6), new SampleSpan(30, 50), new SampleSpan(120, 150));
        float[] recovered = new float[broken.Length], lower = new float[broken.Length], upper = new float[broken.Length];
        model.Recover(broken, recovered, lower, upper, TestContext.Current.CancellationToken);
        var plain = new float[broken.Length];
        model.Recover(broken, plain, TestContext.Current.CancellationToken);
        Assert.Equal(plain, recovered);
        for (var i = 0; i < broken.Length; i++)
        {
            if (!float.IsNaN(broken[i]))
                Assert.Equal((broken[i], broken[i], broken[i]), (recovered[i], lower[i], upper[i]));
            Assert.True(0 <= lower[i] && lower[i] <= recovered[i] && recovered[i] <= upper[i] && upper[i] <= 1);
        }
    }

    [Fact]
    public void A_gap_up_to_the_rows_end_may_be_padding()
    {
        // Bounds very close to the estimate, so that those of the other run are not 0.
        var ensemble = s_model.Value.Card.Ensemble! with { Interval = new IntervalCalibration([new IntervalFactor(Length, 1e-3f, 1e-3f)]) };
        using var model = new BeatModel("m", s_model.Value with { Card = s_model.Value.Card with { Ensemble = ensemble } }, 1);
        var broken = SyntheticBeats.Break(SyntheticBeats.Make(20, seed: 6), new SampleSpan(20, 40), new SampleSpan(150, Length));
        float[] recovered = new float[broken.Length], lower = new float[broken.Length], upper = new float[broken.Length];
        model.Recover(broken, recovered, lower, upper, TestContext.Current.CancellationToken);
        for (var row = 0; row < 20; row++)
            Assert.All(Enumerable.Range(150, Length - 150), t => Assert.Equal(0, lower[(row * Length) + t]));
        Assert.Contains(Enumerable.Range(0, 20), row => lower[(row * Length) + 30] > 0);
    }

    [Theory]
    [InlineData(1.5f)]
    [InlineData(-0.3f)]
    public void Beats_that_are_not_scaled_are_not_recovered(float value)
    {
        using var model = new BeatModel("m", s_model.Value, 1);
        var broken = SyntheticBeats.Break(SyntheticBeats.Make(3), new SampleSpan(40, 60));
        broken[Length + 7] = value;
        var error = Assert.Throws<InvalidDataException>(() => model.Recover(broken, new float[broken.Length]));
        Assert.Equal(
            $"Row 1 (counted from 0) has {value} at sample 7; expected beats scaled to 0…1, as this model learned from.",
            error.Message);
    }

    [Fact]
    public void A_gap_in_the_padding_is_padding()
    {
        using var model = new BeatModel("m", s_model.Value, 1);
        var broken = new float[Length];
        broken.AsSpan(0, 60).Fill(0.5f);
        broken.AsSpan(100, 37).Fill(float.NaN);
        float[] recovered = new float[Length], lower = new float[Length], upper = new float[Length];
        model.Recover(broken, recovered, lower, upper, TestContext.Current.CancellationToken);
        Assert.All(Enumerable.Range(100, 37), t => Assert.Equal((0f, 0f, 0f), (recovered[t], lower[t], upper[t])));
    }

    [Fact]
    public void The_recovery_of_a_beat_does_not_depend_on_other_beats()
    {
        var broken = SyntheticBeats.Break(SyntheticBeats.Make(20, seed: 5), new SampleSpan(40, 60));
        var together = Recover(s_model.Value, broken, 2);
        for (var row = 0; row < 20; row += 7)
            Assert.Equal(
                together.AsSpan(row * Length, Length).ToArray(),
                Recover(s_model.Value, broken.AsSpan(row * Length, Length).ToArray(), 1));
    }

    [Fact]
    public void Threads_do_not_change_a_bit_and_the_seed_does()
    {
        var one = BeatTraining.Train(s_data, s_options with { Threads = 1 });
        BeatTrainingTests.AssertSame(one, s_model.Value);
        Assert.NotEqual(
            BeatTrainingTests.Values(one),
            BeatTrainingTests.Values(BeatTraining.Train(s_data, s_options with { Seed = 2, Epochs = 1 })));
    }

    [Fact]
    public void A_network_never_learns_from_its_held_out_records()
    {
        // Record 102 is turned upside down: a network without the library and trained without 102 stays the same to the bit.
        var options = s_options with { Views = EnsembleViews.Row, Epochs = 1 };
        var samples = s_data.Set.Samples.ToArray();
        for (var row = 24; row < 36; row++)
        {
            for (var t = 0; t < s_data.Set.RealLength(row); t++)
                samples[(row * Length) + t] = Math.Clamp(1.002f - samples[(row * Length) + t], 0.001f, 1);
        }

        var turned = new BeatTrainingData(new HeartbeatSet(samples, s_data.Set.Classes, s_data.Set.Sources), "hash");
        var (before, after) = (BeatTraining.Train(s_data, options), BeatTraining.Train(turned, options));
        for (var member = 0; member < 4; member++)
        {
            var pairs = MemberTensors.Of(before.Weights, member).Zip(MemberTensors.Of(after.Weights, member));
            var same = pairs.All(pair => pair.First.Values.SequenceEqual(pair.Second.Values));
            Assert.Equal(member == 2, same);
        }
    }

    [Fact]
    public void Killed_and_resumed_it_ends_with_the_same_bits()
    {
        // Folds of unequal size: the networks have made different numbers of updates.
        var data = new BeatTrainingData(SyntheticBeats.Make(50, records: 3), "hash");
        var options = s_options with { Folds = 2, Epochs = 3 };
        var undisturbed = BeatTraining.Train(data, options);
        using var folder = new TemporaryFolder();
        foreach (var reports in (int[])[3, 11, 12])
        {
            using var source = new CancellationTokenSource();
            var left = reports;
            Assert.ThrowsAny<OperationCanceledException>(() => BeatTraining.Train(
                data, options, new TrainingCheckpoint(folder.File("c"), resume: true), _ => Cancel(source, ref left), source.Token));
        }

        var checkpoint = new TrainingCheckpoint(folder.File("c"), resume: true);
        BeatTrainingTests.AssertSame(undisturbed, BeatTraining.Train(data, options with { Threads = 1 }, checkpoint));
    }

    [Fact]
    public void For_the_same_patients_rows_are_held_out_instead_of_records()
    {
        var model = BeatTraining.Train(s_data, s_options with { SamePatients = true, Epochs = 1, Folds = 2 });
        Assert.Equal(1, model.Card.Ensemble!.Ridge);
        Assert.Equal(["every row n with n mod 2 = 0", "every row n with n mod 2 = 1"], model.Card.Ensemble.HeldOut);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_changed_file_is_refused(int what)
    {
        using var folder = new TemporaryFolder();
        var (card, weights) = (s_model.Value.Card, s_model.Value.Weights);
        var broken = what switch
        {
            0 => new BeatModelFile(
                card, [.. weights.Select(t => t.Name == EnsembleTensors.Library ? t with { Type = TensorType.F32 } : t)]),
            _ => new BeatModelFile(card with { Ensemble = card.Ensemble! with { HeldOut = ["100"] } }, weights),
        };
        broken.Write(folder.File("m.safetensors"), overwrite: false);
        var error = Assert.Throws<InvalidDataException>(() => BeatModelFile.Read(folder.File("m.safetensors")));
        Assert.Contains(
            what == 0 ? "has a library of F32; expected U8" : "left_out has 1 parts; expected 4",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Another_companion_file_is_another_run()
    {
        // The same hash of the CSV, other records of its rows: continuing would train networks on held-out records.
        using var folder = new TemporaryFolder();
        var options = s_options with { Schedule = LearningRateSchedule.Constant };
        BeatTraining.Train(s_data, options with { Epochs = 1 }, new TrainingCheckpoint(folder.File("c"), resume: true));
        var other = new BeatTrainingData(new HeartbeatSet(s_data.Set.Samples, s_data.Set.Classes), "hash");
        Assert.Throws<InvalidDataException>(() => BeatTraining.Train(
            other, options, new TrainingCheckpoint(folder.File("c"), resume: true)));
    }

    [Fact]
    public void A_library_of_one_record_is_refused()
    {
        // Records 100 (5 of 6 rows) and 101: two evenly spaced rows are rows 0 and 3, both of record 100.
        var set = SyntheticBeats.Make(6);
        var sources = Enumerable.Range(0, 6).Select(row => new HeartbeatSource(row < 5 ? "100" : "101", row, "N")).ToList();
        var error = Assert.Throws<InvalidDataException>(() => BeatTraining.Train(
            new BeatTrainingData(new HeartbeatSet(set.Samples, set.Classes, sources), "hash"),
            s_options with { Folds = 2, LibraryRows = 2 }));
        Assert.Contains("The library's 2 rows are all of one record", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Beats_that_are_not_scaled_are_refused()
    {
        var samples = s_data.Set.Samples.ToArray();
        samples[(3 * Length) + 5] = 1.5f;
        var data = new BeatTrainingData(new HeartbeatSet(samples, s_data.Set.Classes), "hash");
        var error = Assert.Throws<InvalidDataException>(() => BeatTraining.Train(data, s_options));
        Assert.Equal("Row 3 (counted from 0) has 1.5 at sample 5; expected beats scaled to 0…1.", error.Message);
    }

    private static void Cancel(CancellationTokenSource source, ref int left)
    {
        if (--left == 0)
            source.Cancel();
    }

    private static float[] Recover(BeatModelFile file, float[] broken, int threads)
    {
        using var model = new BeatModel("m", file, threads);
        var recovered = new float[broken.Length];
        model.Recover(broken, recovered);
        return recovered;
    }
}
