using System.Runtime.CompilerServices;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Tests.Engine;
using EcgRecovery.Neural.Training;

namespace EcgRecovery.Neural.Tests;

public sealed class NetworkTrainerTests
{
    private static readonly RandomBatch s_batch = RandomBatch.Create(2, "5 3b", 1, sequences: 5, timeSteps: 4);

    public static TheoryData<EnginePath> Paths => [.. EnginePaths.Available];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Goes_on_from_a_saved_state_with_the_same_bits(EnginePath path)
    {
        using var undisturbed = New(path);
        Steps(undisturbed, 6);

        using var first = New(path);
        Steps(first, 2);
        using var second = new NetworkTrainer(s_batch.Spec, first.ExportWeights(), 2, null, null, path);
        second.ImportOptimizer(first.ExportOptimizer());
        Steps(second, 4);
        Assert.Equal(Values(undisturbed.ExportWeights()), Values(second.ExportWeights()));
        Assert.Equal(6, second.ExportOptimizer().Updates);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Takes_Adams_constants_from_its_options(EnginePath path)
    {
        // One step from zero moments changes each weight by lr·√(1 − β₂)/(1 − β₁)·(1 − β₁)g/(√((1 − β₂)g²) + ε) = lr·g/(|g| + ε/√(1 − β₂)):
        // with ε = 1 and β₂ = 0.75 by lr·g/(|g| + 2).
        using var trainer = new NetworkTrainer(
            s_batch.Spec, s_batch.Weights, 1, new AdamOptions(Beta1: 0.5f, Beta2: 0.75f, Epsilon: 1f), null, path);
        Steps(trainer, 1);
        var gradients = Values(trainer.ExportGradients());
        var moved = Values(trainer.ExportWeights());
        var before = Values(s_batch.Weights);
        for (var i = 0; i < moved.Length; i++)
            Assert.Equal(before[i] - (0.01 * gradients[i] / (Math.Abs(gradients[i]) + 2)), moved[i], 1e-7);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Weights_decay_beside_Adam_and_biases_do_not(EnginePath path)
    {
        var batch = RandomBatch.Create(2, "5 17b", 3, sequences: 5, timeSteps: 4);
        var without = Step(decay: 0);
        var with = Step(decay: 0.25f);
        for (var n = 0; n < without.Count; n++)
        {
            for (var i = 0; i < without[n].Values.Length; i++)
            {
                // The learning rate is 0.5.
                var share = without[n].Shape.Length == 2 ? 0.125f * batch.Weights[n].Values[i] : 0;
                Assert.Equal(without[n].Values[i] - share, with[n].Values[i], 3e-7);
                if (share == 0)
                    Assert.Equal(without[n].Values[i], with[n].Values[i]);
            }
        }

        IReadOnlyList<WeightTensor> Step(float decay)
        {
            using var trainer = new NetworkTrainer(batch.Spec, batch.Weights, 2, new AdamOptions(WeightDecay: decay), null, path);
            trainer.Step(batch.Input, batch.Target, [], 5, 4, 0.5);
            return trainer.ExportWeights();
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Gradients_may_be_asked_for_twice_and_after_a_prediction(EnginePath path)
    {
        var batch = RandomBatch.Create(2, "5 3b", 1, sequences: 40, timeSteps: 4);
        using var trainer = new NetworkTrainer(batch.Spec, batch.Weights, 2, null, null, path);
        trainer.ComputeGradients(batch.Input, batch.Target, [], 40, 4);
        trainer.Predict(batch.Input, 40, 4, new float[160]);
        var gradients = Values(trainer.ExportGradients());
        Assert.Equal(gradients, Values(trainer.ExportGradients()));

        using var other = new NetworkTrainer(batch.Spec, batch.Weights, 1, null, null, path);
        other.ComputeGradients(batch.Input, batch.Target, [], 40, 4);
        Assert.Equal(gradients, Values(other.ExportGradients()));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Takes_the_tensors_in_any_order(EnginePath path)
    {
        using var trainer = new NetworkTrainer(s_batch.Spec, [.. s_batch.Weights.Reverse()], 1, null, null, path);
        Assert.Equal(Values(s_batch.Weights), Values(trainer.ExportWeights()));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Says_which_tensor_does_not_fit(EnginePath path)
    {
        var kernel = s_batch.Weights[0];
        Assert.Equal("Tensor dense.bias is missing; expected shape [1].", Refusal([.. s_batch.Weights.SkipLast(1)]));
        Assert.Equal(
            "Tensor lstm_1.kernel has shape [20, 2]; expected [2, 20].",
            Refusal([kernel with { Shape = [20, 2] }, .. s_batch.Weights.Skip(1)]));
        Assert.Equal(
            "Tensor lstm_1.kernel has 39 values; expected [2, 20] = 40.",
            Refusal([kernel with { Values = kernel.Values[1..] }, .. s_batch.Weights.Skip(1)]));
        Assert.Equal("Tensor lstm_1.kernel occurs twice.", Refusal([kernel, .. s_batch.Weights]));
        Assert.Equal(
            "Tensor lstm_3.bias is not part of this network; its last tensor is dense.bias.",
            Refusal([.. s_batch.Weights, new WeightTensor("lstm_3.bias", [1], [0])]));

        string Refusal(IReadOnlyList<WeightTensor> weights)
        {
            var error = Assert.Throws<ArgumentException>(() => new NetworkTrainer(s_batch.Spec, weights, 2, null, null, path));
            var other = Assert.Throws<ArgumentException>(() => new NetworkPredictor(s_batch.Spec, weights, 2, path));
            Assert.Equal(error.Message, other.Message);
            return error.Message;
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Refuses_moments_that_do_not_fit_and_keeps_its_own(EnginePath path)
    {
        using var trainer = New(path);
        Steps(trainer, 2);
        var state = trainer.ExportOptimizer();
        Assert.Throws<ArgumentException>(() => trainer.ImportOptimizer(state with { Updates = -1 }));
        Assert.Throws<ArgumentException>(() => trainer.ImportOptimizer(new(9, s_batch.Weights, [.. state.SecondMoments.Skip(1)])));
        var kept = trainer.ExportOptimizer();
        Assert.Equal(2, kept.Updates);
        Assert.Equal(Values(state.FirstMoments), Values(kept.FirstMoments));
        Assert.Equal(Values(state.SecondMoments), Values(kept.SecondMoments));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Says_which_length_does_not_fit(EnginePath path)
    {
        using var trainer = New(path);
        var error = Assert.Throws<ArgumentException>(() => trainer.Step(new float[41], new float[20], [], 5, 4, 0.01));
        Assert.Equal("Input has 41 values; expected [B, T, I] = [5, 4, 2] = 40.", error.Message);
        error = Assert.Throws<ArgumentException>(() => trainer.Step(new float[40], new float[21], [], 5, 4, 0.01));
        Assert.Equal("Target has 21 values; expected [B, T, O] = [5, 4, 1] = 20.", error.Message);
        error = Assert.Throws<ArgumentException>(() => trainer.Step(new float[40], new float[20], new float[19], 5, 4, 0.01));
        Assert.Equal("LossWeights has 19 values; expected [B, T, O] = [5, 4, 1] = 20.", error.Message);
        error = Assert.Throws<ArgumentException>(() => trainer.Predict(new float[40], 5, 4, new float[22]));
        Assert.Equal("Destination has 22 values; expected [B, T, O] = [5, 4, 1] = 20.", error.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Predict([], 0, 4, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Predict([], 5, 0, []));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Needs_a_thread(EnginePath path)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new NetworkTrainer(s_batch.Spec, s_batch.Weights, 0, null, null, path));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NetworkPredictor(s_batch.Spec, s_batch.Weights, 0, path));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Is_of_no_use_once_disposed_of(EnginePath path)
    {
        var trainer = New(path);
        Steps(trainer, 1);
        var state = trainer.ExportOptimizer();
        trainer.Dispose();
        trainer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Steps(trainer, 1));
        Assert.Throws<ObjectDisposedException>(() => trainer.Predict(s_batch.Input, 5, 4, new float[20]));
        Assert.Throws<ObjectDisposedException>(trainer.ExportWeights);
        Assert.Throws<ObjectDisposedException>(trainer.ExportOptimizer);
        Assert.Throws<ObjectDisposedException>(() => trainer.ImportOptimizer(state));

        var predictor = new NetworkPredictor(s_batch.Spec, s_batch.Weights, 2, path);
        predictor.Dispose();
        predictor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => predictor.Predict(s_batch.Input, 5, 4, new float[20]));
    }

    [Fact]
    public void Refuses_a_network_whose_outputs_are_not_the_losss()
    {
        var error = Assert.Throws<ArgumentException>(
            () => new NetworkTrainer(s_batch.Spec, s_batch.Weights, 1, loss: new EstimateAndQuantilesLoss()));
        Assert.Equal("There are 1 outputs; expected a multiple of 3 for this loss: an estimate and 2 quantiles a sample.", error.Message);
    }

    [Fact]
    public void Roots_of_sequences_are_not_ruled_by_the_few_worst()
    {
        // Nine of ten targets equal their input; the tenth, of the same input, is −5 times it. The minimum of the mean square is at 0.4·x
        // (mean of |1 − 0.4| and |5 + 0.4|: 1.08 times the input's size), that of the mean root at x (0.6 times).
        const int sequences = 40, timeSteps = 8;
        var spec = RandomBatch.Network(1, "6", 1);
        var four = RandomBatch.Uniform(4 * timeSteps, 1, new SeededRandom(1));
        float[] input = [.. Enumerable.Repeat(four, 10).SelectMany(x => x)];
        float[] target = [.. input.Select((x, i) => i < four.Length ? -5 * x : x)];
        var squares = MeanRoot(new MeanSquaredError());
        var roots = MeanRoot(new RootMeanSquareLoss());
        Assert.True(roots < 0.75 * squares, $"{roots} against {squares}");

        double MeanRoot(LossFunction loss)
        {
            using var trainer = new NetworkTrainer(spec, NetworkInitializer.Initialize(spec, 1), 1, loss: loss);
            for (var step = 0; step < 600; step++)
                trainer.Step(input, target, [], sequences, timeSteps, 0.01);
            var output = new float[target.Length];
            trainer.Predict(input, sequences, timeSteps, output);
            return new RootMeanSquareLoss().Evaluate(output, target, [], sequences, timeSteps);
        }
    }

    [Fact]
    public void A_forgotten_trainer_is_collected_though_its_threads_sleep()
    {
        var forgotten = Forget();
        var deadline = DateTime.UtcNow.AddSeconds(20);
        while (forgotten.IsAlive && DateTime.UtcNow < deadline)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(10);
        }

        Assert.False(forgotten.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Forget()
        {
            var trainer = New(EnginePath.Vector128);
            Steps(trainer, 2);
            return new WeakReference(trainer);
        }
    }

    private static NetworkTrainer New(EnginePath path) => new(s_batch.Spec, s_batch.Weights, 2, null, null, path);

    private static void Steps(NetworkTrainer trainer, int count)
    {
        for (var step = 0; step < count; step++)
            trainer.Step(s_batch.Input, s_batch.Target, [], s_batch.Sequences, s_batch.TimeSteps, 0.01);
    }

    private static float[] Values(IReadOnlyList<WeightTensor> tensors) => [.. tensors.SelectMany(t => t.Values)];
}
