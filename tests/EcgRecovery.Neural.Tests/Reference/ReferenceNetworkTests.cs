using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Reference;
using EcgRecovery.Neural.Tests.Training;
using EcgRecovery.Neural.Training;

namespace EcgRecovery.Neural.Tests.Reference;

public class ReferenceNetworkTests
{
    private static readonly NetworkSpec Spec = new(3, [new(4), new(3, Bidirectional: true), new(2)], 2);

    [Theory]
    [InlineData(nameof(MeanSquaredError), false)]
    [InlineData(nameof(MeanSquaredError), true)]
    [InlineData(nameof(HuberLoss), false)]
    [InlineData(nameof(HuberLoss), true)]
    [InlineData(nameof(RootMeanSquareLoss), false)]
    [InlineData(nameof(RootMeanSquareLoss), true)]
    [InlineData(nameof(EstimateAndQuantilesLoss), false)]
    [InlineData(nameof(EstimateAndQuantilesLoss), true)]
    public void Every_gradient_is_the_slope_of_the_loss(string lossName, bool weighted)
    {
        const int sequences = 3, timeSteps = 5;
        var random = new SeededRandom(1);
        var spec = Spec with { OutputCount = lossName == nameof(EstimateAndQuantilesLoss) ? 3 : 2 };
        var network = new ReferenceNetwork(spec, NetworkInitializer.Initialize(spec, 2));
        var input = Uniform(random, sequences * timeSteps * 3);
        var target = Uniform(random, sequences * timeSteps * spec.OutputCount);
        float[] weights = weighted ? [.. Enumerable.Range(0, target.Length).Select(i => i % 4 * 0.5f)] : [];
        if (weighted)
            weights.AsSpan(^(target.Length / sequences)..).Clear();   // a sequence without weight
        LossFunction loss = lossName switch
        {
            nameof(RootMeanSquareLoss) => new RootMeanSquareLoss(0.1f),
            nameof(EstimateAndQuantilesLoss) => new EstimateAndQuantilesLoss([0.1f, 0.8f]),
            nameof(HuberLoss) => new HuberLoss(0.3f),
            _ => Losses.Of(lossName),
        };
        var gradients = new double[network.Parameters.Length];
        network.LossAndGradients(input, target, weights, sequences, timeSteps, loss, gradients);

        // Central differences: the step's error is of order 1e-10, the rounding of a loss of 1 gives 1e-16 / 1e-5.
        const double step = 1e-5;
        var ignored = new double[gradients.Length];
        for (var i = 0; i < gradients.Length; i++)
        {
            var kept = network.Parameters[i];
            network.Parameters[i] = kept + step;
            var above = network.LossAndGradients(input, target, weights, sequences, timeSteps, loss, ignored);
            network.Parameters[i] = kept - step;
            var below = network.LossAndGradients(input, target, weights, sequences, timeSteps, loss, ignored);
            network.Parameters[i] = kept;
            Assert.Equal((above - below) / (2 * step), gradients[i], 1e-8);
        }
    }

    [Fact]
    public void Sequences_do_not_see_each_other()
    {
        const int sequences = 3, timeSteps = 4;
        var network = new ReferenceNetwork(Spec, NetworkInitializer.Initialize(Spec, 3));
        var input = Uniform(new SeededRandom(4), sequences * timeSteps * 3);
        var together = new float[sequences * timeSteps * 2];
        network.Forward(input, sequences, timeSteps, together);
        for (var sequence = 0; sequence < sequences; sequence++)
        {
            var alone = new float[timeSteps * 2];
            network.Forward(input.AsSpan(sequence * timeSteps * 3, timeSteps * 3), 1, timeSteps, alone);
            Assert.Equal(alone, together[(sequence * timeSteps * 2)..((sequence + 1) * timeSteps * 2)]);
        }
    }

    [Fact]
    public void One_direction_sees_no_later_sample_and_two_see_all()
    {
        Assert.Equal([4, 5, 6], ChangedBy(new NetworkSpec(1, [new(3), new(2)], 1), at: 4));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], ChangedBy(new NetworkSpec(1, [new(3, Bidirectional: true)], 1), at: 4));

        static int[] ChangedBy(NetworkSpec spec, int at)
        {
            var network = new ReferenceNetwork(spec, NetworkInitializer.Initialize(spec, 5));
            var input = Uniform(new SeededRandom(6), 7);
            var before = new float[7];
            var after = new float[7];
            network.Forward(input, 1, 7, before);
            input[at] += 1;
            network.Forward(input, 1, 7, after);
            return [.. Enumerable.Range(0, 7).Where(t => before[t] != after[t])];
        }
    }

    [Fact]
    public void A_batch_without_any_weight_has_neither_loss_nor_gradient()
    {
        var network = new ReferenceNetwork(Spec, NetworkInitializer.Initialize(Spec, 7));
        var gradients = Enumerable.Repeat(double.NaN, network.Parameters.Length).ToArray();
        var loss = network.LossAndGradients(
            new float[12], new float[8], new float[8], 1, 4, new MeanSquaredError(), gradients);
        Assert.Equal(0, loss);
        Assert.All(gradients, gradient => Assert.Equal(0, gradient));
    }

    [Fact]
    public void A_network_may_be_a_dense_layer_alone()
    {
        // y = [1, 2]·[[3], [4]] + 5
        var network = new ReferenceNetwork(
            new NetworkSpec(2, [], 1), [new("dense.kernel", [2, 1], [3, 4]), new("dense.bias", [1], [5])]);
        var output = new float[1];
        network.Forward([1, 2], 1, 1, output);
        Assert.Equal([16f], output);
    }

    [Fact]
    public void Says_which_length_does_not_fit()
    {
        var network = new ReferenceNetwork(Spec, NetworkInitializer.Initialize(Spec, 8));
        var error = Assert.Throws<ArgumentException>(() => network.Forward(new float[29], 5, 2, new float[20]));
        Assert.Equal("Input: 29 values; expected [B, T, I] = [5, 2, 3] = 30.", error.Message);
        error = Assert.Throws<ArgumentException>(() => network.Forward(new float[30], 5, 2, new float[21]));
        Assert.Equal("Output: 21 values; expected [B, T, O] = [5, 2, 2] = 20.", error.Message);
    }

    [Fact]
    public void Says_which_tensor_does_not_fit()
    {
        var weights = NetworkInitializer.Initialize(Spec, 9).ToList();
        Assert.Contains("dense.bias", Refusal([.. weights.SkipLast(1)]), StringComparison.Ordinal);
        Assert.Contains("expected lstm_1.kernel [3, 16]", Refusal([.. weights.Skip(1)]), StringComparison.Ordinal);
        weights[1] = weights[1] with { Shape = [16, 4] };
        Assert.Contains("expected lstm_1.recurrent_kernel [4, 16]", Refusal(weights), StringComparison.Ordinal);

        static string Refusal(IReadOnlyList<WeightTensor> tensors) =>
            Assert.Throws<ArgumentException>(() => new ReferenceNetwork(Spec, tensors)).Message;
    }

    private static float[] Uniform(SeededRandom random, int count)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
            values[i] = (2 * random.NextSingle()) - 1;
        return values;
    }
}
