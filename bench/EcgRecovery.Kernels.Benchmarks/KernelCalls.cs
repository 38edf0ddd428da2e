using System.Runtime.CompilerServices;
using EcgRecovery.Neural;
using EcgRecovery.Neural.Engine;
using EcgRecovery.Neural.Kernels;
using EcgRecovery.Neural.Training;

namespace EcgRecovery.Kernels.Benchmarks;

/// <summary>A call of each kernel, with the sizes of <see cref="KernelSize"/>.</summary>
internal interface IKernelCalls : IDisposable
{
    void ProductForward();

    void ProductBackward();

    void WeightGradient();

    void SequenceProduct();

    void CellForward();

    void CellBackward();

    void Sigmoid();

    void Tanh();

    void Transpose();

    void Adam();
}

/// <summary>The calls on one path.</summary>
internal sealed unsafe class KernelCalls<TLanes> : IKernelCalls
    where TLanes : struct, ILanes<TLanes>
{
    private const int Units = KernelSize.Units;
    private const int Lanes = KernelSize.Lanes;
    private const int GateRows = KernelSize.GateRows;
    private const int BlockSteps = KernelSize.BlockSteps;
    private const MethodImplOptions Kernel = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;
    private readonly NativeArena _arena = new();
    private readonly WorkerTeam _team = new(threads: 1);
    private readonly SeededRandom _random = new(1);
    private readonly AdamOptions _options = new();
    private readonly float* _weights;
    private readonly float* _bias;
    private readonly float* _hidden;
    private readonly float* _input;
    private readonly float* _gates;
    private readonly float* _freshGates;
    private readonly float* _cell;
    private readonly float* _tanhCell;
    private readonly float* _above;
    private readonly float* _destination;
    private readonly float* _transposed;
    private readonly float* _gradient;
    private readonly float* _activation;
    private readonly AdamUpdate<TLanes> _adam;
    private readonly List<GradientSlot> _slots;
    private long _updates;

    public KernelCalls()
    {
        _weights = Draw(GateRows * (Units + KernelSize.Inputs));
        _bias = Draw(GateRows);
        _hidden = Draw(Units * Lanes);
        _input = Draw(KernelSize.Inputs * Lanes);
        _gates = Draw(BlockSteps * GateRows * Lanes);
        _freshGates = Draw(GateRows * Lanes);
        _cell = Draw(Units * Lanes);
        _tanhCell = Draw(Units * Lanes);
        _above = Draw(Units * Lanes);
        _destination = Draw(GateRows * Lanes);
        _transposed = Draw(BlockSteps * Lanes * Units);
        _gradient = Draw(GateRows * Units);
        _activation = Draw(KernelSize.ActivationCount);
        var layout = new ParameterLayout(KernelBenchmarks.Network);
        PackedWeights<TLanes>[] packed =
            [.. layout.Directions.Select(direction => new PackedWeights<TLanes>(direction, _arena, forTraining: true))];
        _adam = new AdamUpdate<TLanes>(layout, Draw(layout.Size), packed, _arena);
        _slots = [new GradientSlot(layout, _arena)];
        for (var i = 0; i < layout.Size; i++)
            _slots[0].Values[i] = Uniform();
    }

    public void ProductForward() => PanelProduct.Run<TLanes, FromBias>(
        GateRows / 16, _weights, _bias, 16, _hidden, Units, _input, KernelSize.Inputs, _destination, prefetch: default);

    public void ProductBackward() => PanelProduct.Run<TLanes, FromBias>(
        Units / 16, _weights, _bias, 0, _freshGates, GateRows, _freshGates, 0, _destination, prefetch: default);

    /// <summary>Computes two tiles of 16 units at a time if they fit the registers, as the engine does.</summary>
    public void SequenceProduct()
    {
        var width = TLanes.IsWide ? 2 : 1;
        for (var tile = 0; tile < Units / GateProduct.TileUnits; tile += width)
        {
            var weights = _weights + (tile * Units * GateProduct.TileRow);
            var offset = GateProduct.Offset(tile);
            if (TLanes.IsWide)
                GateProduct.Two<TLanes>(weights, Units, _hidden, _bias + offset, _destination + offset);
            else
                GateProduct.One<TLanes>(weights, Units, _hidden, _bias + offset, _destination + offset);
        }
    }

    public void WeightGradient() => EcgRecovery.Neural.Kernels.WeightGradient.Add<TLanes>(
        GateRows, Units, BlockSteps, _gates, GateRows * Lanes, _transposed, _gradient, Units);

    /// <summary>Computes in place: gates pass through σ repeatedly, which takes the same time for all values.</summary>
    public void CellForward() => LstmCell.Forward<TLanes>(Units, _freshGates, _cell, _destination, _tanhCell, _hidden);

    /// <summary>Computes in place, always from the same gates, so that they do not shrink to denormals.</summary>
    public void CellBackward()
    {
        new ReadOnlySpan<float>(_gates, GateRows * Lanes).CopyTo(new Span<float>(_freshGates, GateRows * Lanes));
        new Span<float>(_destination, Units * Lanes).Clear();
        LstmCell.Backward<TLanes>(Units, _freshGates, _cell, _tanhCell, _hidden, _above, _destination);
    }

    [MethodImpl(Kernel)]
    public void Sigmoid()
    {
        var activations = new Activations<TLanes>();
        for (var i = 0; i < KernelSize.ActivationCount; i += Lanes)
            activations.Sigmoid(TLanes.Load(_activation + i)).Store(_activation + i);
    }

    [MethodImpl(Kernel)]
    public void Tanh()
    {
        var activations = new Activations<TLanes>();
        for (var i = 0; i < KernelSize.ActivationCount; i += Lanes)
            activations.Tanh(TLanes.Load(_activation + i)).Store(_activation + i);
    }

    public void Transpose()
    {
        for (var row = 0; row < Units; row += 16)
            TLanes.Transpose16(_hidden + (row * Lanes), Lanes, _transposed + row, Units);
    }

    public void Adam() => _adam.Run(_team, _slots, slotCount: 1, _options, learningRate: 1e-3, ++_updates);

    public void Dispose()
    {
        _team.Dispose();
        _arena.Dispose();
    }

    private float* Draw(int count)
    {
        var values = _arena.Allocate(count);
        for (var i = 0; i < count; i++)
            values[i] = Uniform();
        return values;
    }

    private float Uniform() => (float)((2 * _random.NextDouble()) - 1);
}
