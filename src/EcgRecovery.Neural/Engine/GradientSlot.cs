using EcgRecovery.Neural.Kernels;

namespace EcgRecovery.Neural.Engine;

/// <summary>The gradients of a fixed share of a batch, in the parameters' layout.</summary>
/// <remarks>
/// A batch has as many slots whatever the thread count, each summed in a fixed order: the same seed gives the same bits on 1, 2 or 3 threads.
/// Bias, thin inputs and the dense layer are summed lane by lane and folded once a batch.
/// </remarks>
internal sealed unsafe class GradientSlot
{
    private readonly ParameterLayout _layout;
    private readonly float* _lanes;
    private readonly int _laneFloats;
    private readonly int[] _columns;
    private readonly int _dense;

    public GradientSlot(ParameterLayout layout, NativeArena arena)
    {
        _layout = layout;
        Values = arena.Allocate(layout.Size);
        Ones = arena.Allocate(16);
        new Span<float>(Ones, 16).Fill(1f);
        _columns = new int[layout.Directions.Length];
        var offset = 0;
        for (var i = 0; i < _columns.Length; i++)
        {
            _columns[i] = offset;
            var direction = layout.Directions[i];
            offset += direction.GateRows * 16 * (1 + (direction.InputIsThin ? direction.InputRows : 0));
        }

        _dense = offset;
        _laneFloats = offset + (layout.Spec.OutputCount * (layout.TopRows + 1) * 16);
        _lanes = arena.Allocate(_laneFloats);
    }

    /// <summary>In the layout of the parameters.</summary>
    public float* Values { get; }

    /// <summary>One vector of ones.</summary>
    public float* Ones { get; }

    /// <summary>The loss of the slot's sequences, before it is divided by what counts in the whole batch.</summary>
    public double Loss { get; set; }

    /// <summary>[GateRows][16].</summary>
    public float* BiasColumn(int direction) => _lanes + _columns[direction];

    /// <summary>[GateRows][16].</summary>
    public float* ThinColumn(int direction, int k) => BiasColumn(direction) + ((nint)(k + 1) * _layout.Directions[direction].GateRows * 16);

    /// <summary>[O][TopRows + 1][16], the bias last.</summary>
    public float* DenseRow(int output) => _lanes + _dense + ((nint)output * (_layout.TopRows + 1) * 16);

    public void Clear()
    {
        new Span<float>(Values, _layout.Size).Clear();
        new Span<float>(_lanes, _laneFloats).Clear();
        Loss = 0;
    }

    /// <summary>Folds the lane-wise sums into <see cref="Values"/>.</summary>
    public void Fold<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        for (var i = 0; i < _layout.Directions.Length; i++)
        {
            var d = _layout.Directions[i];
            for (var j = 0; j < d.GateRows; j++)
            {
                Values[d.Bias + j] = TLanes.Sum(TLanes.Load(BiasColumn(i) + (j * 16)));
                for (var k = 0; d.InputIsThin && k < d.InputRows; k++)
                    Values[d.Weights + (j * d.Stride) + d.RecurrentColumns + k] = TLanes.Sum(TLanes.Load(ThinColumn(i, k) + (j * 16)));
            }
        }

        for (var output = 0; output < _layout.Spec.OutputCount; output++)
        {
            for (var row = 0; row < _layout.TopRows; row++)
                Values[_layout.Dense + (output * _layout.TopRows) + row] = TLanes.Sum(TLanes.Load(DenseRow(output) + (row * 16)));
            Values[_layout.DenseBias + output] = TLanes.Sum(TLanes.Load(DenseRow(output) + (_layout.TopRows * 16)));
        }
    }
}
