using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Reference;
using EcgRecovery.Neural.Tests.Training;
using EcgRecovery.Neural.Training;

namespace EcgRecovery.Neural.Tests.Engine;

/// <summary>The same seed gives the same bits, whatever runs before or beside it, on any number of threads.</summary>
public sealed class EngineDeterminismTests
{
    // Clips some steps of these networks and not others: the norms are 0.4 down to 0.05.
    private static readonly AdamOptions s_clipped = new(ClipNorm: 0.2f, WeightDecay: 0.1f);

    [Theory]
    [InlineData(37, nameof(HuberLoss))]    // three groups, the last of five
    [InlineData(130, nameof(HuberLoss))]   // nine groups in eight slots
    [InlineData(130, nameof(RootMeanSquareLoss))]
    [InlineData(37, nameof(EstimateAndQuantilesLoss))]
    public void Threads_do_not_change_a_bit(int sequences, string lossName)
    {
        var batch = RandomBatch.Create(1, "8b 20", lossName == nameof(EstimateAndQuantilesLoss) ? 3 : 1, sequences, timeSteps: 7);
        foreach (var path in EnginePaths.Available.Where(path => path != EnginePath.Reference || sequences < 100))
        {
            var alone = Train(batch, lossName, threads: 1, steps: 4, path);
            foreach (var threads in (int[])[2, 3, 8])
            {
                var together = Train(batch, lossName, threads, steps: 4, path);
                Assert.Equal(alone.Losses, together.Losses);
                AssertSameBits(alone.Weights, together.Weights);
                Assert.Equal(alone.Output, together.Output);
            }
        }
    }

    [Fact]
    public void Some_of_these_steps_are_clipped_and_some_are_not()
    {
        var batch = RandomBatch.Create(1, "8b 20", 1, sequences: 37, timeSteps: 7);
        using var trainer = new NetworkTrainer(batch.Spec, batch.Weights, 1, s_clipped);
        var clipped = Enumerable.Range(0, 4).Select(_ =>
        {
            trainer.Step(batch.Input, batch.Target, batch.LossWeights, batch.Sequences, batch.TimeSteps, 0.01);
            return Math.Sqrt(trainer.ExportGradients().SelectMany(t => t.Values).Sum(g => (double)g * g)) > s_clipped.ClipNorm;
        }).ToArray();
        Assert.Contains(true, clipped);
        Assert.Contains(false, clipped);
    }

    [Fact]
    public void Batches_may_grow_and_shrink_in_both_directions()
    {
        (int Sequences, int TimeSteps)[] sizes = [(5, 3), (40, 9), (1, 2), (21, 17), (130, 4), (16, 1), (17, 16)];
        foreach (var path in EnginePaths.Available)
        {
            var weights = RandomBatch.Create(3, "5 4b", 2, 1, 1).Weights;
            var spec = RandomBatch.Network(3, "5 4b", 2);
            using var trainer = new NetworkTrainer(spec, weights, 2, null, null, path);
            using var predictor = new NetworkPredictor(spec, weights, 2, path);
            foreach (var (sequences, timeSteps) in sizes)
            {
                var batch = RandomBatch.Create(3, "5 4b", 2, sequences, timeSteps) with { Weights = weights };
                using var fresh = new NetworkTrainer(spec, weights, 1, null, null, path);
                Assert.Equal(Loss(fresh, batch), Loss(trainer, batch));
                AssertSameBits(fresh.ExportGradients(), trainer.ExportGradients());
                var expected = Predict(fresh.Predict, batch);
                Assert.Equal(expected, Predict(trainer.Predict, batch));
                Assert.Equal(expected, Predict(predictor.Predict, batch));
            }
        }
    }

    [Fact]
    public void A_sequence_does_not_see_the_others_of_its_batch()
    {
        var batch = RandomBatch.Create(1, "5 4b", 1, sequences: 37, timeSteps: 6);
        foreach (var path in EnginePaths.Available)
        {
            using var predictor = new NetworkPredictor(batch.Spec, batch.Weights, 2, path);
            var together = Predict(predictor.Predict, batch);
            for (var s = 0; s < 37; s += 4)
            {
                var range = (s * 6)..((s + 1) * 6);
                var single = batch with { Sequences = 1, Input = batch.Input[range], Target = new float[6] };
                Assert.Equal(together[range], Predict(predictor.Predict, single));
            }
        }
    }

    [Fact]
    public void Two_trainers_do_not_disturb_each_other()
    {
        var one = RandomBatch.Create(1, "8b 20", 1, sequences: 20, timeSteps: 9, seed: 1);
        var two = RandomBatch.Create(2, "17 5", 3, sequences: 33, timeSteps: 5, seed: 2);
        using var first = new NetworkTrainer(one.Spec, one.Weights, 2);
        using var second = new NetworkTrainer(two.Spec, two.Weights, 2);
        for (var step = 0; step < 5; step++)
        {
            Step(first, one);
            Step(second, two);
        }

        AssertSameBits(Alone(one), first.ExportWeights());
        AssertSameBits(Alone(two), second.ExportWeights());

        static IReadOnlyList<WeightTensor> Alone(RandomBatch batch)
        {
            using var trainer = new NetworkTrainer(batch.Spec, batch.Weights, 1);
            for (var step = 0; step < 5; step++)
                Step(trainer, batch);
            return trainer.ExportWeights();
        }
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.5f)]   // fifty steps of 0.01·0.5 remove a quarter of a weight
    public void Fifty_steps_of_a_padded_network_stay_beside_the_specification(float decay)
    {
        // Learning rates of 0.01 change weights by up to 0.5; Adam's division keeps the relative rounding errors of the paths.
        const double tolerance = 2e-5;
        var batch = RandomBatch.Create(1, "5 3b", 1, sequences: 21, timeSteps: 9);
        var specification = new ReferenceNetwork(batch.Spec, batch.Weights);
        var adam = new ReferenceAdam(specification.Parameters.Length);
        var gradients = new double[specification.Parameters.Length];
        for (var step = 0; step < 50; step++)
        {
            specification.LossAndGradients(
                batch.Input, batch.Target, batch.LossWeights, batch.Sequences, batch.TimeSteps, new MeanSquaredError(), gradients);
            var at = 0;
            foreach (var (name, shape) in batch.Spec.TensorShapes())
            {
                var end = at + shape.Aggregate(1, (product, n) => product * n);
                for (; at < end; at++)
                    specification.Parameters[at] *= name.EndsWith("kernel", StringComparison.Ordinal) ? 1 - (0.01 * decay) : 1;
            }

            adam.Step(specification.Parameters, gradients, 0.01);
        }

        foreach (var path in EnginePaths.Available)
        {
            using var trainer = new NetworkTrainer(batch.Spec, batch.Weights, 2, new AdamOptions(WeightDecay: decay), null, path);
            for (var step = 0; step < 50; step++)
                Step(trainer, batch);
            var values = trainer.ExportWeights().SelectMany(t => t.Values).ToArray();
            var worst = values.Zip(specification.Parameters, (x, y) => Math.Abs(x - y)).Max();
            Assert.True(worst <= tolerance, $"{path}: a weight is wrong by {worst:E2}.");
        }
    }

    private static (double[] Losses, IReadOnlyList<WeightTensor> Weights, float[] Output) Train(
        RandomBatch batch, string lossName, int threads, int steps, EnginePath path)
    {
        using var trainer = new NetworkTrainer(batch.Spec, batch.Weights, threads, s_clipped, Losses.Of(lossName), path);
        var losses = Enumerable.Range(0, steps).Select(_ => Step(trainer, batch)).ToArray();
        using var predictor = new NetworkPredictor(batch.Spec, trainer.ExportWeights(), threads, path);
        return (losses, trainer.ExportWeights(), Predict(predictor.Predict, batch));
    }

    private static double Step(NetworkTrainer trainer, RandomBatch batch) =>
        trainer.Step(batch.Input, batch.Target, batch.LossWeights, batch.Sequences, batch.TimeSteps, 0.01);

    private static double Loss(NetworkTrainer trainer, RandomBatch batch) =>
        trainer.ComputeGradients(batch.Input, batch.Target, batch.LossWeights, batch.Sequences, batch.TimeSteps);

    private delegate void Prediction(ReadOnlySpan<float> input, int sequences, int timeSteps, Span<float> destination);

    private static float[] Predict(Prediction predict, RandomBatch batch)
    {
        var output = Enumerable.Repeat(float.NaN, batch.Target.Length).ToArray();
        predict(batch.Input, batch.Sequences, batch.TimeSteps, output);
        return output;
    }

    private static void AssertSameBits(IReadOnlyList<WeightTensor> expected, IReadOnlyList<WeightTensor> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        foreach (var (x, y) in expected.Zip(actual))
        {
            Assert.Equal(x.Name, y.Name);
            Assert.Equal(x.Values, y.Values);
        }
    }
}
