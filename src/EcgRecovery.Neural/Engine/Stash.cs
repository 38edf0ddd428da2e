namespace EcgRecovery.Neural.Engine;

/// <summary>What one direction's forward sweep keeps for its backward sweep: a frame for each step of a segment, all that the step needs in one piece.</summary>
/// <remarks>
/// <code>
/// frame n:   gates [4H][16]   tanh c [H][16]   c of step n − 1 [H][16]        and one more, for c of the last step
/// </code>
/// The parts, and the frames, lie a few rows further apart than their length, so that equal rows do not fight for a cache set.
/// Steps are counted from the segment's first; of the other segments only c at their start is kept.
/// </remarks>
internal readonly unsafe struct Stash
{
    private const int StaggerRows = 5;
    private readonly float* _first;
    private readonly float* _starts;
    private readonly int _units;
    private readonly int _tanhCell;
    private readonly int _previousCell;

    public Stash(NativeArena arena, int units, int steps, int segments)
    {
        _units = units;
        _tanhCell = ((4 * units) + StaggerRows) * 16;
        _previousCell = _tanhCell + ((units + StaggerRows) * 16);
        Stride = _previousCell + ((units + StaggerRows) * 16);
        _first = arena.Allocate((steps + 1L) * Stride);
        _starts = arena.Allocate(segments * units * 16L);
    }

    /// <summary>Floats from frame to frame.</summary>
    public int Stride { get; }

    /// <summary>i, f, g, o in blocks of four units; after the backward step, the gradients of their pre-activations.</summary>
    public float* Gates(int n) => _first + ((nint)n * Stride);

    /// <summary>tanh c of step n.</summary>
    public float* TanhCell(int n) => Gates(n) + _tanhCell;

    /// <summary>c of step n − 1.</summary>
    public float* PreviousCell(int n) => Gates(n) + _previousCell;

    /// <summary>c before a segment; before the first one it stays zero.</summary>
    public Span<float> CellBefore(int segment) => new(_starts + ((nint)segment * _units * 16), _units * 16);

    /// <summary>c of step n − 1, to be copied from or to <see cref="CellBefore"/>.</summary>
    public Span<float> PreviousCells(int n) => new(PreviousCell(n), _units * 16);
}
