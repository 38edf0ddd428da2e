using EcgRecovery.Neural.Reference;

namespace EcgRecovery.Neural.Tests.Engine;

/// <summary>Batches of few sequences, which are computed one by one: the bits of the same sequences in a large batch.</summary>
public sealed class SequenceEngineTests
{
    // As in EngineShapesTests; the network forgets the roundings of a few thousand time steps.
    private const double OutputTolerance = 2e-6;

    // Enough for groups with every thread count of these tests.
    private const int ManySequences = 64;

    /// <summary>I, layers, O, T: blocks hold 16 time steps, tiles 16 units, products 4 (2) time steps and 2 (1) tiles.</summary>
    public static TheoryData<int, string, int, int> Shapes => new()
    {
        { 1, "1", 1, 1 },
        { 2, "3", 1, 2 },
        { 3, "4b", 2, 7 },
        { 5, "16b", 7, 16 },
        { 17, "17", 1, 17 },
        { 20, "33 5", 2, 31 },
        { 1, "48", 1, 33 },
        { 1, "64 32 64", 1, 187 },
        { 2, "65", 3, 18 },
        { 4, "80b 16", 1, 35 },
        { 16, "20 3b 5b 6", 2, 49 },
        { 1, "7 6 5 4b", 1, 64 },
        { 1, "5 4b", 1, 2100 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_single_sequence_has_the_bits_that_it_has_among_many(int inputs, string layers, int outputs, int timeSteps)
    {
        var batch = RandomBatch.Create(inputs, layers, outputs, ManySequences, timeSteps);
        foreach (var path in EnginePaths.Available.Where(path => path != EnginePath.Reference))
        {
            var many = Predict(batch, ManySequences, threads: 1, path);
            foreach (var (sequences, threads) in ((int, int)[])[(1, 1), (1, 2), (1, 5), (3, 1), (3, 2), (7, 3), (17, 1)])
                Assert.Equal(many[..(sequences * timeSteps * outputs)], Predict(batch, sequences, threads, path));
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_single_sequence_is_that_of_the_specification(int inputs, string layers, int outputs, int timeSteps)
    {
        var batch = RandomBatch.Create(inputs, layers, outputs, 1, timeSteps);
        var expected = new float[timeSteps * outputs];
        new ReferenceNetwork(batch.Spec, batch.Weights).Forward(batch.Input, 1, timeSteps, expected);
        foreach (var path in EnginePaths.Available)
        {
            var actual = Predict(batch, 1, threads: 2, path);
            var worst = expected.Zip(actual, (x, y) => Math.Abs((double)x - y)).Max();
            Assert.True(worst <= OutputTolerance, $"{path}: an output is wrong by {worst:E2}.");
        }
    }

    [Fact]
    public void A_trainer_predicts_with_the_weights_of_its_last_step()
    {
        var batch = RandomBatch.Create(1, "5 4b", 1, sequences: 3, timeSteps: 20);
        foreach (var path in EnginePaths.Available)
        {
            using var trainer = new NetworkTrainer(batch.Spec, batch.Weights, 2, null, null, path);
            for (var step = 0; step < 3; step++)
            {
                trainer.Step(batch.Input, batch.Target, [], 3, 20, 0.01);
                var output = new float[60];
                trainer.Predict(batch.Input, 3, 20, output);
                Assert.Equal(Predict(batch with { Weights = trainer.ExportWeights() }, 3, threads: 1, path), output);
            }
        }
    }

    [Fact]
    public void Nothing_is_allocated_once_the_largest_size_has_been_seen()
    {
        (int Sequences, int TimeSteps)[] sizes = [(5, 40), (1, 187), (20, 33), (1, 5)];
        foreach (var path in EnginePaths.Available.Where(path => path != EnginePath.Reference))
        {
            var batch = RandomBatch.Create(1, "20 5b 16", 1, 40, 187);
            var output = new float[batch.Target.Length];
            using var predictor = new NetworkPredictor(batch.Spec, batch.Weights, 1, path);   // one thread, to count its allocations
            predictor.Predict(batch.Input, 40, 187, output);
            PredictAll();
            var before = GC.GetAllocatedBytesForCurrentThread();
            PredictAll();
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

            void PredictAll()
            {
                foreach (var (sequences, timeSteps) in sizes)
                {
                    var values = sequences * timeSteps;
                    predictor.Predict(batch.Input.AsSpan(0, values), sequences, timeSteps, output.AsSpan(0, values));
                }
            }
        }
    }

    private static float[] Predict(RandomBatch batch, int sequences, int threads, EnginePath path)
    {
        var output = Enumerable.Repeat(float.NaN, sequences * batch.TimeSteps * batch.Spec.OutputCount).ToArray();
        using var predictor = new NetworkPredictor(batch.Spec, batch.Weights, threads, path);
        predictor.Predict(batch.Input.AsSpan(0, sequences * batch.TimeSteps * batch.Spec.InputCount), sequences, batch.TimeSteps, output);
        return output;
    }
}
