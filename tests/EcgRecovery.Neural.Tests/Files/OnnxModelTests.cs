using EcgRecovery.Neural.Files;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Tests.Engine;
using EcgRecovery.Neural.Tests.Golden;

namespace EcgRecovery.Neural.Tests.Files;

/// <summary>Models that ONNX Runtime computes.</summary>
public class OnnxModelTests
{
    private const double Tolerance = 1e-6;

    public static TheoryData<string> Golden => [.. GoldenCase.Names];

    [Theory]
    [MemberData(nameof(Golden))]
    public void The_outputs_are_those_of_other_implementations(string name)
    {
        var golden = GoldenCase.Load(name);
        using var session = new OnnxSession(Write(golden.Spec, golden.Weights));
        AssertNear(golden.Output, session.Run("y", golden.Input, golden.Sequences, golden.TimeSteps));
    }

    [Theory]
    [InlineData(1, "1", 1)]
    [InlineData(3, "7b", 2)]
    [InlineData(2, "5 6b 3", 4)]
    [InlineData(4, "17b 18b", 3)]
    public void The_outputs_are_the_engines_for_any_number_of_sequences_and_time_steps(int inputs, string layers, int outputs)
    {
        var (spec, weights) = Network(inputs, layers, outputs);
        using var session = new OnnxSession(Write(spec, weights));
        using var engine = new NetworkPredictor(spec, weights, 1);
        Assert.Equal(($"x [B, T, {inputs}]", $"y [B, T, {outputs}]"), (session.Inputs, session.Outputs));
        foreach (var (sequences, timeSteps) in ((int, int)[])[(1, 1), (1, 40), (19, 1), (5, 23)])
        {
            var batch = RandomBatch.Create(inputs, layers, outputs, sequences, timeSteps, seed: 3);
            var expected = new float[sequences * timeSteps * outputs];
            engine.Predict(batch.Input, sequences, timeSteps, expected);
            AssertNear(expected, session.Run("y", batch.Input, sequences, timeSteps));
        }
    }

    [Fact]
    public void Networks_of_other_inputs_are_averaged_and_relative_to_a_channel()
    {
        var (narrow, narrowWeights) = Network(2, "5b", 3);
        var (wide, wideWeights) = Network(4, "6", 3);
        var model = new OnnxModel();
        var x = model.Input("x", 4);
        var own = model.Network(model.Channels(x, 1, 2), narrow, narrowWeights);
        var relative = model.Sum(model.Network(x, wide, wideWeights), model.Channels(x, 3, 1));
        model.Output("y", model.Mean([own, relative]));
        model.Output("relative", relative);
        using var session = new OnnxSession(Write(model));

        const int sequences = 3, timeSteps = 6;
        var input = RandomBatch.Create(4, "6", 3, sequences, timeSteps).Input;
        float[] part = [.. input.Chunk(4).SelectMany(step => step[1..3])];
        float[] first = new float[sequences * timeSteps * 3], second = new float[first.Length];
        using var firstEngine = new NetworkPredictor(narrow, narrowWeights, 1);
        using var secondEngine = new NetworkPredictor(wide, wideWeights, 1);
        firstEngine.Predict(part, sequences, timeSteps, first);
        secondEngine.Predict(input, sequences, timeSteps, second);
        for (var i = 0; i < second.Length; i++)
            second[i] += input[(4 * (i / 3)) + 3];
        AssertNear(second, session.Run("relative", input, sequences, timeSteps));
        AssertNear([.. first.Zip(second, (a, b) => (a + b) / 2)], session.Run("y", input, sequences, timeSteps));
    }

    [Fact]
    public void A_number_stands_for_NaN()
    {
        var (spec, weights) = Network(1, "5", 1);
        var model = new OnnxModel();
        model.Output("y", model.Network(model.ReplaceNaN(model.Input("x", 1), -1), spec, weights));
        using var session = new OnnxSession(Write(model));
        Assert.Equal(session.Run("y", [0.5f, -1, -1, 0.25f], 1, 4), session.Run("y", [0.5f, float.NaN, float.NaN, 0.25f], 1, 4));
    }

    [Fact]
    public void A_constant_is_an_output()
    {
        var model = new OnnxModel();
        model.Output("y", model.Input("x", 1));
        model.Output(new WeightTensor("table", [2, 3], [0, 1, 2, 253, 254, 255]) { Type = TensorType.U8 });
        using var session = new OnnxSession(Write(model));
        Assert.Equal("y [B, T, 1]; table [2, 3]", session.Outputs);
        Assert.Equal([0, 1, 2, 253, 254, 255], session.Run<byte>("table", [1], 1, 1));
    }

    [Fact]
    public void Description_and_metadata_are_kept_and_the_same_calls_give_the_same_bytes()
    {
        var metadata = new Dictionary<string, string> { ["b"] = "é → 2\nlines", ["a"] = "", ["c"] = new string('x', 300) };
        var bytes = Make(metadata);
        using var session = new OnnxSession(bytes);
        Assert.Equal(("two networks", "EcgRecovery"), (session.Description, session.Producer));
        Assert.Equal(metadata.OrderBy(entry => entry.Key), session.Metadata.OrderBy(entry => entry.Key));
        Assert.Equal(bytes, Make(metadata.Reverse().ToDictionary()));

        static byte[] Make(Dictionary<string, string> metadata)
        {
            var (spec, weights) = Network(2, "3 4b", 2);
            var model = new OnnxModel { Description = "two networks", Metadata = metadata };
            var x = model.Input("x", 2, "channels");
            model.Output("y", model.Mean([model.Network(x, spec, weights), model.Network(x, spec, weights)]), "mean");
            return Write(model);
        }
    }

    [Fact]
    public void Refuses_what_does_not_fit_together()
    {
        var (spec, weights) = Network(2, "3", 1);
        var model = new OnnxModel();
        var x = model.Input("x", 3);
        AssertRefused("Input y has 0 channels; expected at least 1.", () => model.Input("y", 0));
        AssertRefused("Name 'x' is empty or taken", () => model.Input("x", 3));
        AssertRefused("Name '' is empty or taken", () => model.Output("", x));
        AssertRefused("Input has 3 channels; expected 2, the network's.", () => model.Network(x, spec, weights));
        AssertRefused("Channels 2..4 do not lie within the value's 0..3.", () => model.Channels(x, 2, 2));
        AssertRefused("Channels -1..1 do not", () => model.Channels(x, -1, 2));
        var two = model.Channels(x, 0, 2);
        AssertRefused("The mean is of 2 values of [3, 2] channels", () => model.Mean([x, two]));
        AssertRefused("The mean is of 0 values of [] channels", () => model.Mean([]));
        AssertRefused("The offset has 2 channels; expected 1 or 3.", () => model.Sum(x, two));
        AssertRefused("The value is of another model.", () => new OnnxModel().Output("y", x));
        AssertRefused("Weights have no dense.bias [1], which", () => model.Network(two, spec, [.. weights.SkipLast(1)]));
        AssertRefused("Network has", () => model.Network(two, spec with { Layers = [] }, weights));

        static void AssertRefused(string message, Action action) =>
            Assert.StartsWith(message, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    private static (NetworkSpec Spec, IReadOnlyList<WeightTensor> Weights) Network(int inputs, string layers, int outputs)
    {
        var batch = RandomBatch.Create(inputs, layers, outputs, 1, 1);
        return (batch.Spec, batch.Weights);
    }

    private static byte[] Write(NetworkSpec spec, IReadOnlyList<WeightTensor> weights)
    {
        var model = new OnnxModel();
        model.Output("y", model.Network(model.Input("x", spec.InputCount), spec, weights));
        return Write(model);
    }

    private static byte[] Write(OnnxModel model)
    {
        using var stream = new MemoryStream();
        model.Write(stream);
        return stream.ToArray();
    }

    private static void AssertNear(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= Tolerance, $"value {i} is {actual[i]:R}; expected {expected[i]:R}");
    }
}
