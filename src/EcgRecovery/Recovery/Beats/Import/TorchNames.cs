using System.Text.RegularExpressions;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Recovery.Beats.Import;

/// <summary>
/// The names of PyTorch. Its gates i, f, g, o are Keras' i, f, c, o; its matrices are transposed, and it has two biases, which are added.
/// </summary>
/// <remarks>
/// <code>
/// lstm1.weight_ih_l0 [4H, I]   lstm1.weight_hh_l0 [4H, H]   lstm1.bias_ih_l0 [4H]   lstm1.bias_hh_l0 [4H]
/// dense.weight [O, I]          dense.bias [O]               any module's name, or none
/// </code>
/// Source: pytorch.org/docs/stable/generated/torch.nn.LSTM.html.
/// </remarks>
internal sealed partial class TorchNames : ForeignNames
{
    /// <inheritdoc/>
    public override string Program => "PyTorch";

    /// <inheritdoc/>
    public override string Names => "weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0 of an LSTM, weight, bias of a dense layer";

    /// <inheritdoc/>
    public override bool Knows(IReadOnlyList<WeightTensor> tensors) => tensors.Any(tensor => PlaceOf(tensor.Name) is { Part: "weight_hh" });

    /// <inheritdoc/>
    public override string DescribeLstm(int inputs, int units) => FormattableString.Invariant(
        $"weight_ih_l0 [{4 * units}, {inputs}], weight_hh_l0 [{4 * units}, {units}], bias_ih_l0 [{4 * units}], bias_hh_l0 [{4 * units}]");

    /// <inheritdoc/>
    public override string DescribeDense(int inputs, int outputs) =>
        FormattableString.Invariant($"weight [{outputs}, {inputs}], bias [{outputs}]");

    /// <inheritdoc/>
    protected override (string Layer, string Part)? PlaceOf(string tensor)
    {
        var match = Pattern().Match(tensor);
        if (!match.Success)
            return null;
        // One module may hold several layers: l0, l1, ….
        var (module, layer) = (match.Groups["module"].Value, match.Groups["layer"]);
        return (layer.Success ? $"{module} l{layer.Value}".TrimStart() : module, match.Groups["part"].Value);
    }

    /// <inheritdoc/>
    protected override ForeignLayer? Layer(string name, IReadOnlyDictionary<string, WeightTensor> parts)
    {
        if (parts.Count == 2 && parts.TryGetValue("weight", out var weight) && parts.TryGetValue("bias", out var bias))
            return new ForeignLayer(name, Transposed(weight), null, bias);
        return parts.Count == 4
            && parts.TryGetValue("weight_ih", out var kernel) && parts.TryGetValue("weight_hh", out var recurrent)
            && parts.TryGetValue("bias_ih", out var first) && parts.TryGetValue("bias_hh", out var second)
            && first.Shape.SequenceEqual(second.Shape)
            ? new ForeignLayer(name, Transposed(kernel), Transposed(recurrent), Sum(first, second))
            : null;
    }

    private static WeightTensor Transposed(WeightTensor tensor)
    {
        if (tensor.Shape is not [var rows, var columns])
            throw new FormatException($"tensor {tensor.Name} has {tensor.Shape.Length} dimensions; expected 2");
        var values = new float[tensor.Values.Length];
        for (var i = 0; i < values.Length; i++)
            values[(i % columns * rows) + (i / columns)] = tensor.Values[i];
        return tensor with { Shape = [columns, rows], Values = values };
    }

    private static WeightTensor Sum(WeightTensor first, WeightTensor second) =>
        first with { Values = [.. first.Values.Zip(second.Values, (x, y) => x + y)] };

    [GeneratedRegex(@"^(?:(?<module>.+)\.)?(?:(?<part>weight_ih|weight_hh|bias_ih|bias_hh)_l(?<layer>\d+)|(?<part>weight|bias))$")]
    private static partial Regex Pattern();
}
