using EcgRecovery.Neural.Kernels;

namespace EcgRecovery.Neural.Engine;

/// <summary>The gradients of a fixed share of a batch, in the layout of the parameters.</summary>
/// <remarks>
/// The number of slots does not depend on the thread count, and each is summed in a fixed order: the same seed gives the same bits on any
/// number of threads. Biases, thin inputs and the dense layer are summed lane by lane; the lanes are added once per batch.
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

    /// <summary>The gradients, in the layout of the parameters.</summary>
    public float* Values { get; }

    /// <summary>A vector of ones.</summary>
    public float* Ones { get; }

    /// <summary>The sum of the losses of the slot's sequences, not yet divided by the count of the batch.</summary>
    public double Loss { get; set; }

    /// <summary>Returns the bias gradient of a direction, [GateRows][16].</summary>
    public float* BiasColumn(int direction) => _lanes + _columns[direction];

    /// <summary>Returns the gradient of thin input k of a direction, [GateRows][16].</summary>
    public float* ThinColumn(int direction, int k) => BiasColumn(direction) + ((nint)(k + 1) * _layout.Directions[direction].GateRows * 16);

    /// <summary>Returns the dense gradient of an output, [TopRows + 1][16], the bias last.</summary>
    public float* DenseRow(int output) => _lanes + _dense + ((nint)output * (_layout.TopRows + 1) * 16);

    public void Clear()
    {
        new Span<float>(Values, _layout.Size).Clear();
        new Span<float>(_lanes, _laneFloats).Clear();
        Loss = 0;
    }

    /// <summary>Adds the lanes of the lane-wise sums and writes them to <see cref="Values"/>.</summary>
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
