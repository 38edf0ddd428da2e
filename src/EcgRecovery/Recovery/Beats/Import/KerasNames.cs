using System.Text.RegularExpressions;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Recovery.Beats.Import;

/// <summary>The names of Keras. Layout and gates (i, f, c, o) are those of our files.</summary>
/// <remarks>
/// <code>
/// lstm/lstm_cell/kernel:0   lstm/lstm_cell/recurrent_kernel:0   lstm/lstm_cell/bias:0      any path, with :0 or without
/// layers/lstm/cell/vars/0   layers/lstm/cell/vars/1             layers/lstm/cell/vars/2    as in .keras and .weights.h5
/// </code>
/// Sources: keras.io/api/layers/recurrent_layers/lstm; github.com/keras-team/keras, keras/src/saving/saving_lib.py.
/// </remarks>
internal sealed partial class KerasNames : ForeignNames
{
    // Of an LSTM and of a dense layer, by name and by number.
    private static readonly string[][] s_layers = [["kernel", "recurrent_kernel", "bias"], ["0", "1", "2"], ["kernel", "bias"], ["0", "1"]];

    /// <inheritdoc/>
    public override string Program => "Keras";

    /// <inheritdoc/>
    public override string Names =>
        "kernel, recurrent_kernel, bias (or vars/0, vars/1, vars/2) of an LSTM, kernel, bias (or vars/0, vars/1) of a dense layer";

    /// <inheritdoc/>
    public override bool Knows(IReadOnlyList<WeightTensor> tensors) =>
        tensors.Any(tensor => PlaceOf(tensor.Name) is { Part: "recurrent_kernel" or "2" });

    /// <inheritdoc/>
    public override string DescribeLstm(int inputs, int units) =>
        FormattableString.Invariant($"kernel [{inputs}, {4 * units}], recurrent_kernel [{units}, {4 * units}], bias [{4 * units}]");

    /// <inheritdoc/>
    public override string DescribeDense(int inputs, int outputs) =>
        FormattableString.Invariant($"kernel [{inputs}, {outputs}], bias [{outputs}]");

    /// <inheritdoc/>
    protected override (string Layer, string Part)? PlaceOf(string tensor) =>
        Pattern().Match(tensor) is { Success: true } match ? (match.Groups["layer"].Value, match.Groups["part"].Value) : null;

    /// <inheritdoc/>
    protected override ForeignLayer? Layer(string name, IReadOnlyDictionary<string, WeightTensor> parts)
    {
        if (Array.Find(s_layers, layer => layer.Length == parts.Count && Array.TrueForAll(layer, parts.ContainsKey)) is not { } own)
            return null;
        return new ForeignLayer(name, parts[own[0]], own.Length == 3 ? parts[own[1]] : null, parts[own[^1]]);
    }

    [GeneratedRegex(@"^(?<layer>.+)/(?:(?<part>kernel|recurrent_kernel|bias)(?::0)?|vars/(?<part>[012]))$")]
    private static partial Regex Pattern();
}
