using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Tests.Training;
using EcgRecovery.Neural.Training;

namespace EcgRecovery.Neural.Tests.Engine;

/// <summary>The allocations of the engine, and the segments that bound them.</summary>
public sealed class EngineMemoryTests
{
    // Losses of values and losses of sequences have different code in the engine.
    public static TheoryData<EnginePath, string> VectorPaths => new(
        from path in EnginePaths.Available
        where path != EnginePath.Reference
        from lossName in (string[])[nameof(MeanSquaredError), nameof(EstimateAndQuantilesLoss)]
        select (path, lossName));

    [Theory]
    [MemberData(nameof(VectorPaths))]
    public void Training_steps_and_predictions_allocate_nothing_once_warm(EnginePath path, string lossName)
    {
        var batch = RandomBatch.Create(2, "20 5b", 3, sequences: 37, timeSteps: 21);
        using var trainer = new NetworkTrainer(
            batch.Spec, batch.Weights, threads: 2, new AdamOptions(ClipNorm: 1f), Losses.Of(lossName), path);
        using var predictor = new NetworkPredictor(batch.Spec, batch.Weights, threads: 2, path);
        var output = new float[batch.Target.Length];
        for (var i = 0; i < 3; i++)
            Work();

        // Allocations of the whole process, to include the engine's threads. Other tests run at the same time, so one pass of many must be
        // without any allocation.
        var minimum = long.MaxValue;
        for (var attempt = 0; attempt < 200 && minimum > 0; attempt++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < 5; i++)
                Work();
            minimum = Math.Min(minimum, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.Equal(0, minimum);

        void Work()
        {
            trainer.Step(batch.Input, batch.Target, batch.LossWeights, batch.Sequences, batch.TimeSteps, 0.001);
            trainer.Predict(batch.Input, batch.Sequences, batch.TimeSteps, output);
            predictor.Predict(batch.Input, batch.Sequences, batch.TimeSteps, output);
        }
    }

    [Theory]
    [MemberData(nameof(VectorPaths))]
    public void A_sequence_computed_again_in_segments_has_the_same_bits(EnginePath path, string lossName)
    {
        var batch = RandomBatch.Create(2, "5 4b 17", 3, sequences: 21, timeSteps: 61);
        var (loss, gradients) = Gradients(batch, Losses.Of(lossName), path, segmentSteps: 1000);
        foreach (var segmentSteps in (int[])[1, 8, 16, 24, 56, 60, 61, 64])
        {
            var (segmentLoss, segmentGradients) = Gradients(batch, Losses.Of(lossName), path, segmentSteps);
            Assert.Equal(loss, segmentLoss);
            Assert.All(gradients.Zip(segmentGradients), pair => Assert.Equal(pair.First.Values, pair.Second.Values));
        }
    }

    [Fact]
    public void Segments_bound_the_memory_of_long_sequences()
    {
        var batch = RandomBatch.Create(1, "32b 32b", 1, sequences: 16, timeSteps: 4096);
        var whole = Memory(4096);
        var segments = Memory(256);
        Assert.InRange(segments, 1, whole / 2);

        long Memory(int segmentSteps)
        {
            using var trainer = new NetworkTrainer(batch.Spec, batch.Weights, threads: 1, segmentSteps: segmentSteps);
            trainer.ComputeGradients(batch.Input, batch.Target, [], batch.Sequences, batch.TimeSteps);
            return trainer.MemoryBytes;
        }
    }

    [Fact]
    public void Segments_of_no_steps_are_refused()
    {
        var batch = RandomBatch.Create(1, "4", 1, 1, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new NetworkTrainer(batch.Spec, batch.Weights, threads: 1, segmentSteps: 0));
    }

    private static (double Loss, IReadOnlyList<WeightTensor> Gradients) Gradients(
        RandomBatch batch, LossFunction function, EnginePath path, int segmentSteps)
    {
        using var trainer = new NetworkTrainer(batch.Spec, batch.Weights, threads: 2, null, function, path, segmentSteps);
        var loss = trainer.ComputeGradients(batch.Input, batch.Target, batch.LossWeights, batch.Sequences, batch.TimeSteps);
        return (loss, trainer.ExportGradients());
    }
}
