using System.Runtime.CompilerServices;
using EcgRecovery.Neural.Kernels;

namespace EcgRecovery.Neural.Engine;

/// <summary>Adds up the gradient slots, clips, and moves the parameters by Adam, in pieces that the threads share.</summary>
internal sealed unsafe class AdamUpdate<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    // A piece is fixed, not a share of the threads: partial norms are added in one order whatever the thread count.
    private const int Piece = 4096;
    private readonly int _size;
    private readonly float* _parameters;
    private readonly double[] _squares;
    private readonly Action<int, int> _reducePiece;
    private readonly Action<int, int> _updatePiece;
    private List<GradientSlot> _slots = [];
    private int _slotCount;
    private AdamOptions _options = new();
    private float _alpha;
    private float _gradientScale;

    public AdamUpdate(int size, float* parameters, NativeArena arena)
    {
        _size = size;
        _parameters = parameters;
        FirstMoments = arena.Allocate(size);
        SecondMoments = arena.Allocate(size);
        _squares = new double[(size + Piece - 1) / Piece];
        _reducePiece = ReducePiece;
        _updatePiece = UpdatePiece;
    }

    public float* FirstMoments { get; }

    public float* SecondMoments { get; }

    /// <summary>Adds slots 1, 2, … to slot 0, in this order; returns the Euclidean norm of the sum.</summary>
    public double Reduce(WorkerTeam team, List<GradientSlot> slots, int slotCount)
    {
        _slots = slots;
        _slotCount = slotCount;
        team.Run(_squares.Length, _reducePiece);
        var sum = 0.0;
        foreach (var square in _squares)
            sum += square;
        return Math.Sqrt(sum);
    }

    /// <summary>Reduces, clips and updates.</summary>
    public void Run(WorkerTeam team, List<GradientSlot> slots, int slotCount, AdamOptions options, double learningRate, long step)
    {
        var norm = Reduce(team, slots, slotCount);
        _options = options;
        _gradientScale = options.ClipNorm > 0 && norm > options.ClipNorm ? (float)(options.ClipNorm / norm) : 1f;
        _alpha = (float)(learningRate * Math.Sqrt(1 - Math.Pow(options.Beta2, step)) / (1 - Math.Pow(options.Beta1, step)));
        team.Run(_squares.Length, _updatePiece);
    }

    private void ReducePiece(int thread, int piece) => _squares[piece] = Reduce(piece * Piece, Math.Min(_size, (piece + 1) * Piece));

    private void UpdatePiece(int thread, int piece) => Update(piece * Piece, Math.Min(_size, (piece + 1) * Piece));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Reduce(int start, int end)
    {
        var total = _slots[0].Values;
        var square = TLanes.Zero;
        for (var i = start; i < end; i += 16)
        {
            var g = TLanes.Load(total + i);
            for (var slot = 1; slot < _slotCount; slot++)
                g += TLanes.Load(_slots[slot].Values + i);
            g.Store(total + i);
            square = TLanes.MultiplyAdd(g, g, square);
        }

        return TLanes.Sum(square);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Update(int start, int end)
    {
        var gradient = _slots[0].Values;
        var scale = TLanes.Broadcast(_gradientScale);
        var beta1 = TLanes.Broadcast(_options.Beta1);
        var beta2 = TLanes.Broadcast(_options.Beta2);
        var rest1 = TLanes.Broadcast(1f - _options.Beta1);
        var rest2 = TLanes.Broadcast(1f - _options.Beta2);
        var alpha = TLanes.Broadcast(_alpha);
        var epsilon = TLanes.Broadcast(_options.Epsilon);
        for (var i = start; i < end; i += 16)
        {
            var g = TLanes.Load(gradient + i) * scale;
            var m = TLanes.MultiplyAdd(beta1, TLanes.Load(FirstMoments + i), rest1 * g);
            var v = TLanes.MultiplyAdd(beta2, TLanes.Load(SecondMoments + i), rest2 * g * g);
            m.Store(FirstMoments + i);
            v.Store(SecondMoments + i);
            var step = m / (TLanes.SquareRoot(v) + epsilon);
            TLanes.MultiplySubtractFrom(TLanes.Load(_parameters + i), alpha, step).Store(_parameters + i);
        }
    }
}
