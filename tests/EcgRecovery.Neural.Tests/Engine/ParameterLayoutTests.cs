using EcgRecovery.Neural.Engine;
using EcgRecovery.Neural.Kernels;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Training;

namespace EcgRecovery.Neural.Tests.Engine;

public sealed class ParameterLayoutTests
{
    [Theory]
    [InlineData(1, "1", 1)]
    [InlineData(4, "5 3b", 2)]
    [InlineData(5, "16b 17", 7)]
    [InlineData(17, "33 32b 4", 1)]
    public unsafe void Every_weight_has_a_place_of_its_own(int inputs, string layers, int outputs)
    {
        var spec = RandomBatch.Network(inputs, layers, outputs);
        var layout = new ParameterLayout(spec);
        Assert.Equal(0, layout.Size % 16);
        var number = 0;
        var tensors = spec.TensorShapes()
            .Select(t => new WeightTensor(t.Name, t.Shape, Numbers(t.Shape.Aggregate(1, (p, n) => p * n))))
            .ToArray();
        var flat = new float[layout.Size];
        fixed (float* values = flat)
        {
            layout.Import(tensors, values);
            Assert.Equal(spec.ParameterCount, flat.Count(value => value != 0));
            Assert.Equal(spec.ParameterCount, flat.Where(value => value != 0).Distinct().Count());
            foreach (var (wanted, found) in tensors.Zip(layout.Export(values)))
            {
                Assert.Equal(wanted.Name, found.Name);
                Assert.Equal(wanted.Shape, found.Shape);
                Assert.Equal(wanted.Values, found.Values);
            }
        }

        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)++number)];
    }

    [Fact]
    public unsafe void Padding_stays_zero_through_training()
    {
        // Gradients, moments and weights: otherwise the network would have units that no file contains.
        var batch = RandomBatch.Create(5, "5 3b", 2, sequences: 21, timeSteps: 9);
        var layout = new ParameterLayout(batch.Spec);
        var isWeight = new float[layout.Size];
        fixed (float* mark = isWeight)
            layout.Import([.. batch.Weights.Select(t => t with { Values = [.. t.Values.Select(_ => 1f)] })], mark);

        using var engine = new LaneEngine<Lanes128>(batch.Spec, threads: 2, forTraining: true, Engines.DefaultSegmentSteps);
        engine.Import(EngineArray.Weights, batch.Weights);
        fixed (float* x = batch.Input, y = batch.Target, w = batch.LossWeights)
        {
            for (var step = 0; step < 10; step++)
            {
                engine.ComputeGradients(x, y, w, batch.Sequences, batch.TimeSteps, new MeanSquaredError());
                engine.Update(new AdamOptions(), 0.01);
            }
        }

        foreach (var array in Enum.GetValues<EngineArray>())
        {
            var values = new ReadOnlySpan<float>(engine.Flat(array), layout.Size);
            for (var i = 0; i < values.Length; i++)
            {
                if (isWeight[i] == 0)
                    Assert.Equal(0f, values[i]);
            }
        }
    }
}
