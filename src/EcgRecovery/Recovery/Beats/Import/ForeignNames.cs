using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Recovery.Beats.Import;

/// <summary>The names and the layout that a program gives to the tensors of LSTM and dense layers.</summary>
internal abstract class ForeignNames
{
    /// <summary>The programs.</summary>
    public static IReadOnlyList<ForeignNames> All { get; } = [new KerasNames(), new TorchNames()];

    /// <summary>The program's name.</summary>
    public abstract string Program { get; }

    /// <summary>The names of the tensors of a layer, for messages.</summary>
    public abstract string Names { get; }

    /// <summary>Returns whether a file has tensors of an LSTM layer by names of this program.</summary>
    public abstract bool Knows(IReadOnlyList<WeightTensor> tensors);

    /// <summary>Returns the tensors of an LSTM layer with their shapes, for messages.</summary>
    public abstract string DescribeLstm(int inputs, int units);

    /// <summary>Returns the tensors of a dense layer with their shapes, for messages.</summary>
    public abstract string DescribeDense(int inputs, int outputs);

    /// <summary>Returns the layers of a file, in no order.</summary>
    /// <exception cref="FormatException">A tensor has another name or type, or a layer lacks a tensor.</exception>
    public IReadOnlyList<ForeignLayer> Layers(IReadOnlyList<WeightTensor> tensors)
    {
        var layers = new Dictionary<string, Dictionary<string, WeightTensor>>(StringComparer.Ordinal);
        foreach (var tensor in tensors)
        {
            if (tensor.Type != TensorType.F32)
                throw new FormatException($"tensor {tensor.Name} has values of type {tensor.Type}; expected {TensorType.F32}");
            if (PlaceOf(tensor.Name) is not { } place)
                throw new FormatException($"tensor {tensor.Name} is none of a one-directional LSTM or a dense layer");
            if (!layers.TryGetValue(place.Layer, out var parts))
                layers[place.Layer] = parts = new Dictionary<string, WeightTensor>(StringComparer.Ordinal);
            if (!parts.TryAdd(place.Part, tensor))
                throw new FormatException($"layer {place.Layer} has two tensors {place.Part}");
        }

        return [.. layers.Select(layer => Layer(layer.Key, layer.Value)
            ?? throw new FormatException($"layer {layer.Key} has the tensors {string.Join(", ", layer.Value.Keys)}; expected {Names}"))];
    }

    /// <summary>Returns the layer and the part of it that a tensor is; null if its name is none of a layer.</summary>
    protected abstract (string Layer, string Part)? PlaceOf(string tensor);

    /// <summary>Makes a layer of its parts; null if they are not those of one.</summary>
    /// <exception cref="FormatException">A tensor has another number of dimensions.</exception>
    protected abstract ForeignLayer? Layer(string name, IReadOnlyDictionary<string, WeightTensor> parts);
}
