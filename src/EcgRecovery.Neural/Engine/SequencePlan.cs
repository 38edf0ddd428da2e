namespace EcgRecovery.Neural.Engine;

/// <summary>The order of the pieces (sweep, block of time steps) of one sequence: each after all that it needs.</summary>
/// <remarks>
/// Sweeps are the directions of all layers, then the dense layer. A layer starts one block after the layer below, so that threads can
/// compute several layers at once; a layer of two directions, and the layer above it, start after the whole sequence of the layer below.
/// <code>
/// time →         0    1    2    3    4
/// layer 1        b0   b1   b2
/// layer 2             b0   b1   b2              piece (sweep, block) at time start(sweep) + block
/// dense                    b0   b1   b2
/// </code>
/// </remarks>
internal sealed class SequencePlan
{
    private readonly ParameterLayout _layout;
    private readonly List<(int Sweep, int Block)> _pieces = [];

    public SequencePlan(ParameterLayout layout)
    {
        _layout = layout;
        Sweeps = layout.Directions.Length + 1;
    }

    /// <summary>Number of sweeps: the directions and, last, the dense layer.</summary>
    public int Sweeps { get; }

    /// <summary>Number of blocks of the sequence.</summary>
    public int Blocks { get; private set; }

    /// <summary>The pieces of one sequence, in order.</summary>
    public IReadOnlyList<(int Sweep, int Block)> Pieces => _pieces;

    /// <summary>Plans for a number of blocks, unless the last plan was for the same number.</summary>
    public void Prepare(int blocks)
    {
        if (blocks == Blocks)
            return;
        Blocks = blocks;
        _pieces.Clear();
        var pieces = Sweeps * blocks;
        for (var time = 0; _pieces.Count < pieces; time++)
        {
            for (var sweep = 0; sweep < Sweeps; sweep++)
            {
                var block = time - Start(LayerOf(sweep));
                if (block >= 0 && block < blocks)
                    _pieces.Add((sweep, block));
            }
        }
    }

    /// <summary>Returns the layer of a sweep; the dense layer is the number of LSTM layers.</summary>
    public int LayerOf(int sweep) => sweep == Sweeps - 1 ? _layout.Layers.Count : _layout.Directions[sweep].Layer;

    /// <summary>Returns the sweeps of the layer below; none for the first layer.</summary>
    public (int First, int Count) Below(int layer)
    {
        var first = 0;
        for (var below = 0; below < layer - 1; below++)
            first += _layout.Layers[below].Length;
        return layer == 0 ? (0, 0) : (first, _layout.Layers[layer - 1].Length);
    }

    /// <summary>Returns the number of blocks of the layer below that a block needs.</summary>
    public int Needed(int layer, int block) => FollowsWhole(layer) ? Blocks : block + 1;

    private int Start(int layer)
    {
        var start = 0;
        for (var above = 1; above <= layer; above++)
            start += FollowsWhole(above) ? Blocks : 1;
        return start;
    }

    /// <summary>Returns whether a layer needs the whole layer below: two directions start at both ends of a sequence.</summary>
    private bool FollowsWhole(int layer) => layer > 0
        && (_layout.Layers[layer - 1].Length > 1 || (layer < _layout.Layers.Count && _layout.Layers[layer].Length > 1));
}
