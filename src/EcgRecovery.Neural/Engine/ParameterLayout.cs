using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Neural.Engine;

/// <summary>The layout of the weights of one direction of an LSTM layer in the flat parameter array.</summary>
/// <remarks>
/// <code>
/// W[j][k], j = 16·(unit / 4) + 4·gate + unit % 4, gates i, f, g, o        k = recurrent units, then input rows, padded to 16
/// </code>
/// Units are padded to a multiple of 16. A padded unit has zero weights; its g, c, h and gradients are zero, so Adam never changes it.
/// Gradients and the moments of Adam have the same layout.
/// </remarks>
internal sealed class DirectionLayout
{
    public DirectionLayout(
        int layer, bool reversed, int units, int outputRow, IReadOnlyList<int> inputRowOfFeature, int inputRows, bool thin)
    {
        Layer = layer;
        Reversed = reversed;
        Units = units;
        PaddedUnits = Padding.RoundUp(units, 16);
        OutputRow = outputRow;
        InputRowOfFeature = inputRowOfFeature;
        InputRows = inputRows;
        InputIsThin = thin;
        InputColumns = Padding.RoundUp(inputRows, 16);
    }

    public int Layer { get; }

    /// <summary>Gets whether the direction runs backward in time.</summary>
    public bool Reversed { get; }

    /// <summary>H without padding.</summary>
    public int Units { get; }

    /// <summary>H padded to a multiple of 16.</summary>
    public int PaddedUnits { get; }

    /// <summary>First row of this direction in the layer's output frame.</summary>
    public int OutputRow { get; }

    /// <summary>The row of each input feature in the input frame.</summary>
    public IReadOnlyList<int> InputRowOfFeature { get; }

    /// <summary>Rows of the input frame.</summary>
    public int InputRows { get; }

    /// <summary>Gets whether the input has few raw channels, whose gradient is summed lane by lane instead of by tiles.</summary>
    public bool InputIsThin { get; }

    /// <summary>Number of columns k of the recurrent weights.</summary>
    public int RecurrentColumns => PaddedUnits;

    /// <summary>Number of columns k of the input weights, after the recurrent ones.</summary>
    public int InputColumns { get; }

    /// <summary>Number of rows j: 4·H padded.</summary>
    public int GateRows => 4 * PaddedUnits;

    /// <summary>Floats from row j to row j + 1.</summary>
    public int Stride => RecurrentColumns + InputColumns;

    /// <summary>Number of rows k of the forward panels: input rows, then recurrent units.</summary>
    public int PanelRows => PaddedUnits + InputRows;

    /// <summary>Offset of W in the flat array.</summary>
    public int Weights { get; init; }

    /// <summary>Offset of the bias, [GateRows].</summary>
    public int Bias => Weights + (GateRows * Stride);

    /// <summary>Number of floats of the direction.</summary>
    public int Size => GateRows * (Stride + 1);

    /// <summary>Returns the row j of a unit's gate.</summary>
    public static int Row(int unit, int gate) => (unit / 4 * 16) + (gate * 4) + (unit % 4);
}

/// <summary>The layout of a network's parameters in one flat array, and the conversion from and to the tensors of Keras.</summary>
internal sealed class ParameterLayout
{
    private const int MaximumThinInputs = 4;

    public ParameterLayout(NetworkSpec spec)
    {
        Spec = spec;
        spec.Validate();
        InputIsThin = spec.InputCount <= MaximumThinInputs;
        InputRows = InputIsThin ? spec.InputCount : Padding.RoundUp(spec.InputCount, 16);

        var offset = 0;
        var rows = InputRows;
        IReadOnlyList<int> rowOfFeature = [.. Enumerable.Range(0, spec.InputCount)];
        var layers = new List<DirectionLayout[]>();
        foreach (var layer in spec.Layers)
        {
            var thin = layers.Count == 0 && InputIsThin;
            var directions = new DirectionLayout[layer.Bidirectional ? 2 : 1];
            for (var d = 0; d < directions.Length; d++)
            {
                var outputRow = d * Padding.RoundUp(layer.Units, 16);
                directions[d] =
                    new DirectionLayout(layers.Count, d == 1, layer.Units, outputRow, rowOfFeature, rows, thin) { Weights = offset };
                offset += directions[d].Size;
            }

            rows = directions.Sum(d => d.PaddedUnits);
            rowOfFeature = [.. directions.SelectMany(d => Enumerable.Range(d.OutputRow, d.Units))];
            layers.Add(directions);
        }

        Layers = layers;
        Directions = [.. layers.SelectMany(d => d)];
        TopRows = rows;
        TopRowOfFeature = rowOfFeature;
        Dense = offset;
        DenseBias = Dense + (spec.OutputCount * rows);
        Size = Padding.RoundUp(DenseBias + spec.OutputCount, 16);
    }

    public NetworkSpec Spec { get; }

    public bool InputIsThin { get; }

    /// <summary>Number of rows of the input frame.</summary>
    public int InputRows { get; }

    public IReadOnlyList<DirectionLayout[]> Layers { get; }

    public DirectionLayout[] Directions { get; }

    /// <summary>Number of rows of the top layer's output frame.</summary>
    public int TopRows { get; }

    public IReadOnlyList<int> TopRowOfFeature { get; }

    /// <summary>Offset of the dense weights, [O][TopRows].</summary>
    public int Dense { get; }

    /// <summary>Offset of the dense bias, [O].</summary>
    public int DenseBias { get; }

    /// <summary>Number of floats in the flat array.</summary>
    public int Size { get; }

    /// <summary>Returns the number of rows of a layer's output frame.</summary>
    public int OutputRows(int layer) => Layers[layer].Sum(d => d.PaddedUnits);

    /// <summary>Copies the tensors of Keras to the flat array.</summary>
    /// <param name="tensors">In the order of <see cref="NetworkSpec.TensorShapes"/>.</param>
    /// <param name="flat">[Size]; padding is not changed.</param>
    public unsafe void Import(IReadOnlyList<WeightTensor> tensors, float* flat) =>
        ForEachWeight((tensor, index, offset) => flat[offset] = tensors[tensor].Values[index]);

    /// <summary>Returns new tensors in the layout of Keras.</summary>
    public unsafe IReadOnlyList<WeightTensor> Export(float* flat)
    {
        var tensors = Spec.TensorShapes()
            .Select(t => new WeightTensor(t.Name, t.Shape, new float[t.Shape.Aggregate(1, (p, n) => p * n)]))
            .ToArray();
        ForEachWeight((tensor, index, offset) => tensors[tensor].Values[index] = flat[offset]);
        return tensors;
    }

    /// <summary>Calls <paramref name="visit"/>(tensor, index in the tensor, offset in the flat array) for every weight.</summary>
    private void ForEachWeight(Action<int, int, int> visit)
    {
        var tensor = 0;
        foreach (var d in Directions)
        {
            var gates = 4 * d.Units;
            for (var column = 0; column < gates; column++)
            {
                var row = d.Weights + (DirectionLayout.Row(column % d.Units, column / d.Units) * d.Stride);
                for (var feature = 0; feature < d.InputRowOfFeature.Count; feature++)
                    visit(tensor, (feature * gates) + column, row + d.RecurrentColumns + d.InputRowOfFeature[feature]);
                for (var unit = 0; unit < d.Units; unit++)
                    visit(tensor + 1, (unit * gates) + column, row + unit);
                visit(tensor + 2, column, d.Bias + DirectionLayout.Row(column % d.Units, column / d.Units));
            }

            tensor += 3;
        }

        for (var output = 0; output < Spec.OutputCount; output++)
        {
            for (var feature = 0; feature < TopRowOfFeature.Count; feature++)
                visit(tensor, (feature * Spec.OutputCount) + output, Dense + (output * TopRows) + TopRowOfFeature[feature]);
            visit(tensor + 1, output, DenseBias + output);
        }
    }
}
