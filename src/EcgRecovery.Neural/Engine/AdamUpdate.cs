using System.Runtime.CompilerServices;
using EcgRecovery.Neural.Kernels;
using EcgRecovery.Neural.Training;

namespace EcgRecovery.Neural.Engine;

/// <summary>The update after a batch: adds the gradient slots, clips, applies Adam and decay, packs; threads share the pieces.</summary>
internal sealed unsafe class AdamUpdate<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    // Independent of the thread count, so that partial norms are always added in the same order.
    private readonly Piece[] _pieces;
    private readonly PackedWeights<TLanes>[] _packed;
    private readonly float* _parameters;
    private readonly double[] _squares;
    private readonly Action<int, int> _reducePiece;
    private readonly Action<int, int> _updatePiece;
    private List<GradientSlot> _slots = [];
    private int _slotCount;
    private AdamOptions _options = new();
    private float _alpha;
    private float _decay;
    private float _gradientScale;

    public AdamUpdate(ParameterLayout layout, float* parameters, PackedWeights<TLanes>[] packed, NativeArena arena)
    {
        _pieces = [.. Pieces(layout)];
        _packed = packed;
        _parameters = parameters;
        FirstMoments = arena.Allocate(layout.Size);
        SecondMoments = arena.Allocate(layout.Size);
        _squares = new double[_pieces.Length];
        _reducePiece = ReducePiece;
        _updatePiece = UpdatePiece;
    }

    public float* FirstMoments { get; }

    public float* SecondMoments { get; }

    /// <summary>Adds slots 1, 2, … to slot 0, in this order, and returns the Euclidean norm of the sum.</summary>
    public double Reduce(WorkerTeam team, List<GradientSlot> slots, int slotCount)
    {
        _slots = slots;
        _slotCount = slotCount;
        team.Run(_pieces.Length, _reducePiece);
        var sum = 0.0;
        foreach (var square in _squares)
            sum += square;
        return Math.Sqrt(sum);
    }

    /// <summary>Updates the parameters: one pass per piece, which stays in the cache; clipping needs the whole norm first.</summary>
    public void Run(WorkerTeam team, List<GradientSlot> slots, int slotCount, AdamOptions options, double learningRate, long step)
    {
        _slots = slots;
        _slotCount = slotCount;
        _options = options;
        _gradientScale = 1f;
        if (options.ClipNorm > 0)
        {
            var norm = Reduce(team, slots, slotCount);
            _slotCount = 1;
            _gradientScale = norm > options.ClipNorm ? (float)(options.ClipNorm / norm) : 1f;
        }

        _alpha = (float)(learningRate * Math.Sqrt(1 - Math.Pow(options.Beta2, step)) / (1 - Math.Pow(options.Beta1, step)));
        _decay = (float)(learningRate * options.WeightDecay);
        team.Run(_pieces.Length, _updatePiece);
    }

    /// <summary>Returns every block of 16 gate rows, each direction's bias, and the dense layer.</summary>
    private static IEnumerable<Piece> Pieces(ParameterLayout layout)
    {
        for (var d = 0; d < layout.Directions.Length; d++)
        {
            var direction = layout.Directions[d];
            for (var block = 0; block < direction.GateRows / 16; block++)
            {
                var start = direction.Weights + (block * 16 * direction.Stride);
                yield return new Piece(start, start + (16 * direction.Stride), start + (16 * direction.Stride), d, block);
            }

            yield return new Piece(direction.Bias, direction.Bias, direction.Bias + direction.GateRows, Piece.NotPacked, 0);
        }

        yield return new Piece(layout.Dense, layout.DenseBias, layout.Size, Piece.NotPacked, 0);
    }

    private void ReducePiece(int thread, int number) => _squares[number] = Reduce(_pieces[number].Start, _pieces[number].End);

    private void UpdatePiece(int thread, int number)
    {
        var piece = _pieces[number];
        if (_slotCount > 1)
            Reduce(piece.Start, piece.End);
        Update(piece.Start, piece.BiasStart, _decay);
        Update(piece.BiasStart, piece.End, decay: 0f);
        if (piece.Direction != Piece.NotPacked)
            _packed[piece.Direction].Pack(_parameters, piece.Block);
    }

    /// <summary>A range of the flat parameters, weights before biases, and the packed block that is its copy.</summary>
    private readonly record struct Piece(int Start, int BiasStart, int End, int Direction, int Block)
    {
        public const int NotPacked = -1;
    }

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
    private void Update(int start, int end, float decay)
    {
        var gradient = _slots[0].Values;
        var scale = TLanes.Broadcast(_gradientScale);
        var beta1 = TLanes.Broadcast(_options.Beta1);
        var beta2 = TLanes.Broadcast(_options.Beta2);
        var rest1 = TLanes.Broadcast(1f - _options.Beta1);
        var rest2 = TLanes.Broadcast(1f - _options.Beta2);
        var alpha = TLanes.Broadcast(_alpha);
        var epsilon = TLanes.Broadcast(_options.Epsilon);
        var decays = decay != 0;
        var share = TLanes.Broadcast(decay);
        for (var i = start; i < end; i += 16)
        {
            var g = TLanes.Load(gradient + i) * scale;
            var m = TLanes.MultiplyAdd(beta1, TLanes.Load(FirstMoments + i), rest1 * g);
            var v = TLanes.MultiplyAdd(beta2, TLanes.Load(SecondMoments + i), rest2 * g * g);
            m.Store(FirstMoments + i);
            v.Store(SecondMoments + i);
            var step = m / (TLanes.SquareRoot(v) + epsilon);
            var parameter = TLanes.Load(_parameters + i);
            if (decays)
                parameter = TLanes.MultiplySubtractFrom(parameter, share, parameter);
            TLanes.MultiplySubtractFrom(parameter, alpha, step).Store(_parameters + i);
        }
    }
}
