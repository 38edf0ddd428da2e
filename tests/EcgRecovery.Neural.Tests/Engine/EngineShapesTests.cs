using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Reference;
using EcgRecovery.Neural.Tests.Training;
using EcgRecovery.Neural.Training;

namespace EcgRecovery.Neural.Tests.Engine;

/// <summary>Every path of this machine against the specification, at shapes that fill tiles, groups and blocks or do not.</summary>
/// <remarks>Groups of 16 sequences, 8 gradient slots, gate blocks of 4 units, tiles of 16 × 16, gradient blocks of 8 steps.</remarks>
public sealed class EngineShapesTests
{
    // Outputs have size 1 and a float rounds to 6e-8; some tens of roundings in a row. Errors of gradients are relative to the norm of
    // their tensor, as in EngineGoldenContract, or of the whole gradient where a tensor's gradient nearly cancels.
    private const double OutputTolerance = 2e-6;
    private const double LossTolerance = 2e-6;
    private const double GradientTolerance = 1e-5;
    private const double WholeGradientTolerance = 1e-7;

    /// <summary>I, layers, O, B, T, loss, loss weights.</summary>
    public static TheoryData<int, string, int, int, int, string, bool> Shapes => new()
    {
        { 1, "1", 1, 1, 1, nameof(MeanSquaredError), false },
        { 2, "3", 1, 1, 2, nameof(HuberLoss), true },
        { 3, "4b", 2, 5, 7, nameof(MeanSquaredError), true },
        { 4, "5", 1, 16, 8, nameof(HuberLoss), false },
        { 5, "16b", 7, 21, 9, nameof(MeanSquaredError), false },
        { 16, "17", 1, 32, 16, nameof(HuberLoss), true },
        { 17, "20 3b", 2, 1, 17, nameof(MeanSquaredError), true },
        { 20, "32", 1, 5, 40, nameof(HuberLoss), false },
        { 1, "33b", 1, 16, 17, nameof(MeanSquaredError), false },
        { 1, "5 4b", 1, 130, 9, nameof(MeanSquaredError), true },
        { 17, "16", 7, 130, 2, nameof(HuberLoss), true },
        { 3, "3b", 2, 273, 2, nameof(MeanSquaredError), false },
        { 2, "48", 1, 21, 40, nameof(HuberLoss), false },
        { 3, "48b 33", 2, 5, 16, nameof(MeanSquaredError), true },
        { 20, "1b 1 1b", 7, 32, 9, nameof(HuberLoss), true },
        { 1, "3b 5b 4", 1, 21, 8, nameof(MeanSquaredError), false },
        { 4, "17b 20b", 1, 16, 7, nameof(HuberLoss), false },
        { 5, "4 16 32b", 2, 1, 40, nameof(MeanSquaredError), true },
        { 16, "48 1b", 1, 32, 1, nameof(HuberLoss), true },
        { 17, "33 17b 3", 7, 5, 2, nameof(MeanSquaredError), false },
        { 2, "32b 16b", 7, 21, 17, nameof(HuberLoss), false },
        { 20, "16 16 16", 1, 1, 8, nameof(MeanSquaredError), true },
        { 1, "20b", 2, 32, 40, nameof(HuberLoss), true },
        { 16, "16b 16", 1, 16, 16, nameof(MeanSquaredError), false },
        { 4, "1 48", 1, 5, 9, nameof(HuberLoss), false },
        { 5, "33 5b", 2, 21, 1, nameof(MeanSquaredError), true },
        { 1, "1", 1, 1, 1, nameof(RootMeanSquareLoss), false },
        { 3, "4b", 2, 5, 7, nameof(RootMeanSquareLoss), true },
        { 5, "16b", 7, 21, 9, nameof(RootMeanSquareLoss), false },
        { 1, "5 4b", 1, 130, 9, nameof(RootMeanSquareLoss), true },
        { 2, "48", 1, 40, 187, nameof(RootMeanSquareLoss), true },
        { 3, "3b", 3, 1, 1, nameof(EstimateAndQuantilesLoss), false },
        { 17, "20 3b", 3, 5, 17, nameof(EstimateAndQuantilesLoss), true },
        { 9, "33b", 3, 32, 67, nameof(EstimateAndQuantilesLoss), true },
        { 9, "33b", 27, 32, 5, nameof(EstimateAndQuantilesLoss), true },
        { 4, "5", 3, 273, 2, nameof(EstimateAndQuantilesLoss), false },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Outputs_loss_and_gradients_are_those_of_the_specification(
        int inputs, string layers, int outputs, int sequences, int timeSteps, string lossName, bool weighted)
    {
        var batch = RandomBatch.Create(inputs, layers, outputs, sequences, timeSteps, seed: (ulong)(sequences + timeSteps));
        batch = weighted ? batch : batch with { LossWeights = [] };
        Compare(batch, Losses.Of(lossName));
    }

    [Theory]
    [InlineData(1, nameof(RootMeanSquareLoss))]
    [InlineData(3, nameof(RootMeanSquareLoss))]
    [InlineData(3, nameof(EstimateAndQuantilesLoss))]
    public void Sequences_that_do_not_count_are_left_out(int outputs, string lossName)
    {
        var batch = RandomBatch.Create(2, "5 3b", outputs, sequences: 37, timeSteps: 9);
        var length = 9 * outputs;
        for (var s = 0; s < 37; s += 3)
            batch.LossWeights.AsSpan(s * length, length).Clear();
        Compare(batch, Losses.Of(lossName));
    }

    [Fact]
    public void A_network_of_zeros_has_the_gradients_of_the_specification()
    {
        var batch = RandomBatch.Create(2, "5 3b", 2, sequences: 21, timeSteps: 9);
        Compare(
            batch with { Weights = [.. batch.Weights.Select(t => t with { Values = new float[t.Values.Length] })] },
            new MeanSquaredError());
    }

    [Theory]
    [InlineData(nameof(MeanSquaredError))]
    [InlineData(nameof(HuberLoss))]
    [InlineData(nameof(RootMeanSquareLoss))]
    [InlineData(nameof(EstimateAndQuantilesLoss))]
    public void A_batch_without_any_weight_has_neither_loss_nor_gradient(string lossName)
    {
        var batch = RandomBatch.Create(2, "5 3b", 3, sequences: 21, timeSteps: 9);
        foreach (var path in EnginePaths.Available)
        {
            using var trainer = new NetworkTrainer(batch.Spec, batch.Weights, 2, null, Losses.Of(lossName), path);
            Assert.Equal(0, trainer.ComputeGradients(batch.Input, batch.Target, new float[batch.Target.Length], 21, 9));
            Assert.All(trainer.ExportGradients(), tensor => Assert.All(tensor.Values, value => Assert.Equal(0f, value)));
        }
    }

    private static void Compare(RandomBatch batch, LossFunction loss)
    {
        var specification = new ReferenceNetwork(batch.Spec, batch.Weights);
        var output = new float[batch.Target.Length];
        specification.Forward(batch.Input, batch.Sequences, batch.TimeSteps, output);
        var gradients = batch.Weights.Select(t => t with { Values = new float[t.Values.Length] }).ToArray();
        var value = specification.LossAndGradients(
            batch.Input, batch.Target, batch.LossWeights, batch.Sequences, batch.TimeSteps, loss, gradients);

        foreach (var path in EnginePaths.Available)
        {
            using var trainer = new NetworkTrainer(batch.Spec, batch.Weights, threads: 2, null, loss, path);
            using var predictor = new NetworkPredictor(batch.Spec, batch.Weights, threads: 2, path);
            var actual = Enumerable.Repeat(float.NaN, output.Length).ToArray();
            predictor.Predict(batch.Input, batch.Sequences, batch.TimeSteps, actual);
            var worst = output.Zip(actual, (x, y) => Math.Abs((double)x - y)).Max();
            Assert.True(worst <= OutputTolerance, $"{path}: an output is wrong by {worst:E2}.");

            var actualValue = trainer.ComputeGradients(batch.Input, batch.Target, batch.LossWeights, batch.Sequences, batch.TimeSteps);
            Assert.True(
                Math.Abs(value - actualValue) <= LossTolerance * value, $"{path}: the loss is {actualValue:R}; expected {value:R}.");
            CompareGradients(gradients, trainer.ExportGradients(), path);
        }
    }

    private static void CompareGradients(IReadOnlyList<WeightTensor> expected, IReadOnlyList<WeightTensor> actual, EnginePath path)
    {
        var whole = Norm(expected.SelectMany(t => t.Values).Select(x => (double)x));
        foreach (var (wanted, found) in expected.Zip(actual))
        {
            Assert.Equal(wanted.Name, found.Name);
            Assert.Equal(wanted.Shape, found.Shape);
            var norm = Norm(wanted.Values.Select(x => (double)x));
            var error = Norm(wanted.Values.Zip(found.Values, (x, y) => (double)x - y));
            Assert.True(
                error <= (GradientTolerance * norm) + (WholeGradientTolerance * whole),
                $"{path}: the gradient of {wanted.Name} is wrong by {error:E2}; its norm is {norm:E2}, that of all {whole:E2}.");
        }
    }

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));
}
