using EcgRecovery.BeatDesigns.Designs;
using EcgRecovery.BeatDesigns.Losses;
using EcgRecovery.Neural;

namespace EcgRecovery.BeatDesigns.Tests.Losses;

public unsafe class LaneLossTests
{
    private const int Lanes = 16;
    private const int Steps = 20;

    [Theory]
    [InlineData("loss=mse")]
    [InlineData("loss=huber huber-delta=0.3")]
    [InlineData("loss=rmse")]
    [InlineData("loss=derivative derivative-weight=0.5")]
    [InlineData("loss=quantiles")]
    public void Gradients_are_those_of_the_value(string settings)
    {
        var design = Of(settings);
        var random = new SeededRandom(1);
        var (y, x, w) = Values(design.OutputCount, random);
        var gradient = y.ToArray();
        Run(design, gradient, x, w);
        for (var i = 0; i < y.Length; i += 7)
        {
            const float step = 1e-3f;
            var (above, below) = (y.ToArray(), y.ToArray());
            above[i] += step;
            below[i] -= step;
            var distance = above[i] - below[i];   // the losses write over their outputs
            var expected = (Run(design, above, x, w) - Run(design, below, x, w)) / distance;
            // Values are summed in single precision.
            Assert.Equal(expected, gradient[i], 2e-3 * (Math.Abs(expected) + 1e-3));
        }
    }

    [Fact]
    public void Values_are_those_of_the_formulae()
    {
        // One beat of one of sixteen misses two samples, by 0.1 and 0.3; all divide by 30 samples.
        float[] y = new float[Steps * Lanes], x = new float[y.Length], w = new float[y.Length];
        (y[5 * Lanes], y[6 * Lanes]) = (0.6f, 0.2f);
        (x[5 * Lanes], x[6 * Lanes]) = (0.5f, 0.5f);
        (w[5 * Lanes], w[6 * Lanes]) = (1, 1);
        double Value(string settings) => Run(Of(settings), y.ToArray(), x, w);
        Assert.Equal((0.01 + 0.09) / 30 / 16, Value("loss=mse"), 1e-9);
        Assert.Equal((0.01 + (0.2 * (0.6 - 0.2))) / 30 / 16, Value("loss=huber huber-delta=0.2"), 1e-9);
        Assert.Equal(Math.Sqrt((0.1 / 30) + 1e-4) / 16, Value("loss=rmse"), 1e-9);
        Assert.Equal((0.01 + 0.09 + (2 * (0.01 + 0.16 + 0.09))) / 30 / 16, Value("loss=derivative derivative-weight=2"), 1e-9);
    }

    [Fact]
    public void The_middle_quantile_is_the_median()
    {
        var design = Of("loss=quantiles");
        Assert.Equal(0.5, QuantileLoss.Levels[design.OutputCount / 2]);
        float[] y = new float[design.OutputCount * Lanes], x = new float[y.Length], w = new float[y.Length];
        x.AsSpan().Fill(0.2f);
        for (var o = 0; o < design.OutputCount; o++)
            w[o * Lanes] = 1;
        // All targets lie above: each level pulls with its own force.
        Assert.Equal(0.2 * QuantileLoss.Levels.Sum() / 30 / 16, Run(design, y, x, w), 1e-9);
        for (var o = 0; o < design.OutputCount; o++)
            Assert.Equal(-QuantileLoss.Levels[o] / 30 / 16, y[o * Lanes], 1e-9);
    }

    [Fact]
    public void An_experiments_loss_trains_a_network_as_the_engines_own_does()
    {
        // Weights of 16/30 everywhere make the engine's RMSE over 16 steps that over 30; its floor only shifts the value.
        var spec = new NetworkSpec(2, [new LstmLayerSpec(4, true)], 1);
        var random = new SeededRandom(3);
        var input = Random(4 * 16 * 2, random);
        var target = Random(4 * 16, random);
        var ones = Enumerable.Repeat(1f, target.Length).ToArray();
        var shares = Enumerable.Repeat(16 / 30f, target.Length).ToArray();
        var start = NetworkInitializer.Initialize(spec, 1);
        using var experiment = new NetworkTrainer(spec, start, 1, new AdamOptions(ClipNorm: 1f), LossFunction.Of(LaneLoss.Of(Of("loss=rmse"))));
        using var own = new NetworkTrainer(spec, start, 1, new AdamOptions(ClipNorm: 1f), LossFunction.RootMeanSquare(0.01f));
        for (var update = 0; update < 5; update++)
            Assert.Equal(own.Step(input, target, shares, 4, 16, 1e-2) + 0.01, experiment.Step(input, target, ones, 4, 16, 1e-2), 1e-5);
        foreach (var (a, b) in own.ExportWeights().Zip(experiment.ExportWeights()))
            Assert.All(a.Values.Zip(b.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void An_experiments_loss_has_no_scalar_twin()
    {
        var spec = new NetworkSpec(1, [new LstmLayerSpec(2, true)], 1);
        using var trainer = new NetworkTrainer(
            spec, NetworkInitializer.Initialize(spec, 1), 1, new AdamOptions(), LossFunction.Of(LaneLoss.Of(Of("loss=mse"))), EnginePath.Reference);
        Assert.Contains("HuberLoss", Assert.Throws<NotSupportedException>(() => trainer.Step(new float[4], new float[4], [], 1, 4, 1e-3)).Message);
    }

    private static Design Of(string settings) => ((DesignEntry)DesignList.Parse($"x {settings}", "list")[0]).Design;

    private static double Run(Design design, float[] y, float[] x, float[] w)
    {
        fixed (float* a = y, b = x, c = w)
            return LaneLoss.Of(design).Run(a, b, c, y.Length / Lanes / design.OutputCount, design.OutputCount, Lanes);
    }

    /// <summary>Two gaps; errors between 0 and 1, of which none is so small that a loss is not smooth there.</summary>
    private static (float[] Y, float[] X, float[] W) Values(int outputs, SeededRandom random)
    {
        float[] y = new float[Steps * outputs * Lanes], x = new float[y.Length], w = new float[y.Length];
        for (var i = 0; i < y.Length; i++)
        {
            var t = i / Lanes / outputs;
            x[i] = 0.1f * t;
            y[i] = x[i] + ((random.NextDouble() < 0.5 ? -1 : 1) * (0.02f + random.NextSingle()));
            w[i] = t is (> 3 and < 9) or (> 12 and < 15) ? 1 : 0;
        }

        return (y, x, w);
    }

    private static float[] Random(int count, SeededRandom random) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
}
