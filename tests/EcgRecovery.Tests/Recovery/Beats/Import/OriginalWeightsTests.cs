using EcgRecovery.Neural;
using EcgRecovery.Neural.Files;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Recovery.Beats.Import;
using EcgRecovery.Recovery.Beats.Model;

namespace EcgRecovery.Tests.Recovery.Beats.Import;

public class OriginalWeightsTests
{
    private const double Tolerance = 1e-6;

    private static readonly int[] s_units = [64, 32, 64];

    [Theory]
    [InlineData("pytorch", "PyTorch", "first l0, second l0, third l0, dense")]
    [InlineData("keras", "Keras", "lstm_LSTM1, lstm_LSTM2, lstm_LSTM3, time_distributed_TimeDistributed1")]
    public void The_imported_network_computes_what_the_other_program_computes(string file, string program, string layers)
    {
        var imported = OriginalWeights.Convert(Read($"{file}-weights").Tensors, file);
        Assert.Equal((program, layers), (imported.Program, string.Join(", ", imported.Layers)));
        var result = Read($"{file}-result").Tensors;
        AssertNear(result[1].Values, Run(imported, result[0].Values));
    }

    [Fact]
    public void Weights_of_Keras_are_computed_by_the_formula_of_Keras()
    {
        var tensors = KerasTensors();
        var x = Beat();
        AssertNear(PlainLstm.Keras(x, tensors), Run(OriginalWeights.Convert(tensors, "x"), x));
    }

    [Fact]
    public void Weights_of_PyTorch_are_computed_by_the_formula_of_PyTorch()
    {
        var tensors = TorchTensors();
        var x = Beat();
        AssertNear(PlainLstm.Torch(x, tensors), Run(OriginalWeights.Convert(tensors, "x"), x));
    }

    [Theory]
    [InlineData("layers/lstm", "layers/time_distributed/layer", true, "")]
    [InlineData("model/lstm_7/lstm_cell", "model/dense", false, ":0")]
    [InlineData("lstm", "dense", false, "")]
    public void Keras_has_several_ways_to_name_them(string lstm, string dense, bool byNumber, string suffix)
    {
        var tensors = KerasTensors();
        WeightTensor[] renamed = [.. tensors.Select((tensor, i) => tensor with { Name = NameOf(i) })];
        var expected = OriginalWeights.Convert(tensors, "x").Weights;
        Array.Reverse(renamed);
        var imported = OriginalWeights.Convert(renamed, "x");
        Assert.Equal("Keras", imported.Program);
        Assert.Equal(expected.Select(tensor => tensor.Name), imported.Weights.Select(tensor => tensor.Name));
        Assert.Equal(expected.SelectMany(tensor => tensor.Values), imported.Weights.SelectMany(tensor => tensor.Values));

        string NameOf(int i)
        {
            string[] parts = i < 9 ? ["kernel", "recurrent_kernel", "bias"] : ["kernel", "bias"];
            var part = i < 9 ? i % 3 : i - 9;
            var layer = i < 9 ? $"{lstm}_{2 - (i / 3)}" : dense;
            return $"{layer}/{(byNumber ? $"vars/{part}" : parts[part])}{suffix}";
        }
    }

    [Fact]
    public void The_model_says_that_its_training_is_not_known()
    {
        var model = OriginalWeights.Convert(KerasTensors(), "x").ToModel("weights.safetensors of Keras", masked: true);
        using var folder = new TemporaryFolder();
        model.Write(folder.File("m.safetensors"), overwrite: false);
        var read = BeatModelFile.Read(folder.File("m.safetensors"));
        Assert.Equal(("autoencoder", true, "weights.safetensors of Keras"), (read.Card.Preset, read.Card.Masked, read.Card.ImportedFrom));
        Assert.Equal(("", 0), (read.Card.DataSha256, read.Card.DataRows));
        Assert.Null(read.Card.Records);
        Assert.Empty(read.Card.Settings);
        Assert.True(read.IsVerified);
    }

    [Fact]
    public void Other_tensors_are_refused_with_what_came_and_what_was_expected()
    {
        var keras = KerasTensors();
        var torch = TorchTensors();
        AssertRefused("x has no tensors of an LSTM: it has none; expected those of Keras (kernel, recurrent_kernel, bias", []);
        AssertRefused("x has no tensors of an LSTM: it has a [1]; expected", [Tensor("a", [1])]);
        AssertRefused("no layer is an LSTM of 1 to 64. It has l1/kernel [64, 128], ", [.. keras[3..]]);
        AssertRefused("no layer is a dense layer of 64 to 1. ", [.. keras[..9]]);
        AssertRefused(
            "expected LSTM kernel [1, 256], recurrent_kernel [64, 256], bias [256]; LSTM kernel [64, 128], recurrent_kernel [32, 128], "
            + "bias [128]; LSTM kernel [32, 256], recurrent_kernel [64, 256], bias [256]; dense kernel [64, 1], bias [1].",
            [.. keras[..9]]);
        AssertRefused(
            "x, by names of PyTorch: no layer is a dense layer of 64 to 1. It has a.weight_ih_l0 [256, 1], ", [.. torch[..12]]);
        AssertRefused("; dense weight [1, 64], bias [1].", [.. torch[..12]]);
        AssertRefused("layer l0 has the tensors kernel, recurrent_kernel; expected kernel, recurrent_kernel, bias (or", [.. keras[..2]]);
        AssertRefused("layer a l0 has the tensors weight_ih, weight_hh, bias_ih; expected weight_ih_l0, ", [.. torch[..3]]);
        AssertRefused("layer l9 is none of the original network.", [.. keras, Tensor("l9/kernel", [64, 2]), Tensor("l9/bias", [2])]);
        AssertRefused("2 layers are an LSTM of 1 to 64.", [.. keras, .. keras[..3].Select(t => t with { Name = "again/" + t.Name })]);
        AssertRefused("tensor other is none of a one-directional LSTM or a dense layer.", [.. keras, Tensor("other", [1])]);
        AssertRefused("tensor a.weight_ih_l0_reverse is none of", [.. torch, Tensor("a.weight_ih_l0_reverse", [1])]);
        AssertRefused("layer l0 has two tensors kernel.", [.. keras, keras[0] with { Name = keras[0].Name + ":0" }]);
        AssertRefused("tensor l0/kernel has values of type U8; expected F32.", [keras[0] with { Type = TensorType.U8 }, .. keras[1..]]);
        AssertRefused("tensor a.weight_ih_l0 has 1 dimensions; expected 2.", [torch[0] with { Shape = [256] }, .. torch[1..]]);
        AssertRefused(" and 4 more; expected", [.. Enumerable.Range(0, 20).Select(n => Tensor($"t{n}", [1]))]);

        static void AssertRefused(string message, WeightTensor[] tensors)
        {
            var error = Assert.Throws<InvalidDataException>(() => OriginalWeights.Convert(tensors, "x")).Message;
            Assert.True(error.Contains(message, StringComparison.Ordinal), error);
        }
    }

    private static float[] Run(OriginalWeights weights, float[] x)
    {
        using var model = new BeatModel("x", weights.ToModel("x", masked: false), 1);
        var y = new float[x.Length];
        model.Estimate(x, y);
        return y;
    }

    private static float[] Beat() => SyntheticBeats.Make(1).Samples;

    private static WeightTensor[] KerasTensors()
    {
        var random = new SeededRandom(11);
        return
        [
            .. s_units.SelectMany((units, layer) =>
            {
                var inputs = layer == 0 ? 1 : s_units[layer - 1];
                return (WeightTensor[])
                [
                    Tensor($"l{layer}/kernel", [inputs, 4 * units], random),
                    Tensor($"l{layer}/recurrent_kernel", [units, 4 * units], random),
                    Tensor($"l{layer}/bias", [4 * units], random),
                ];
            }),
            Tensor("d/kernel", [64, 1], random), Tensor("d/bias", [1], random),
        ];
    }

    private static WeightTensor[] TorchTensors()
    {
        var random = new SeededRandom(12);
        return
        [
            .. s_units.SelectMany((units, layer) =>
            {
                var inputs = layer == 0 ? 1 : s_units[layer - 1];
                var name = (char)('a' + layer);
                return (WeightTensor[])
                [
                    Tensor($"{name}.weight_ih_l0", [4 * units, inputs], random), Tensor($"{name}.weight_hh_l0", [4 * units, units], random),
                    Tensor($"{name}.bias_ih_l0", [4 * units], random), Tensor($"{name}.bias_hh_l0", [4 * units], random),
                ];
            }),
            Tensor("d.weight", [1, 64], random), Tensor("d.bias", [1], random),
        ];
    }

    private static WeightTensor Tensor(string name, int[] shape, SeededRandom? random = null)
    {
        var values = new float[shape.Aggregate(1, (product, n) => product * n)];
        for (var i = 0; random is not null && i < values.Length; i++)
            values[i] = 0.25f * ((2 * random.NextSingle()) - 1);
        return new WeightTensor(name, shape, values);
    }

    private static SafetensorsFile Read(string name) => SafetensorsFile.Read(
        Checkout.PathOf("tests", "EcgRecovery.Tests", "Recovery", "Beats", "Import", "Files", $"{name}.safetensors"));

    private static void AssertNear(IEnumerable<double> expected, float[] actual)
    {
        Assert.Equal(expected.Count(), actual.Length);
        foreach (var (value, own) in expected.Zip(actual))
            Assert.True(Math.Abs(value - own) <= Tolerance, $"{own:R}; expected {value:R}");
    }

    private static void AssertNear(float[] expected, float[] actual) => AssertNear(expected.Select(value => (double)value), actual);
}
