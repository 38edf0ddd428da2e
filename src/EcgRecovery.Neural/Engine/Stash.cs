namespace EcgRecovery.Neural.Engine;

/// <summary>Values that a direction's forward sweep keeps for its backward sweep: a contiguous frame per step of a segment.</summary>
/// <remarks>
/// <code>
/// frame n:   gates [4H][16]   tanh c [H][16]   c of step n − 1 [H][16]        one more frame for c of the last step
/// </code>
/// Each part is followed by a few unused rows, so that equal rows use different cache sets. Steps are counted from the start of the
/// segment; the other segments keep only c at their start.
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

    /// <summary>Returns i, f, g, o in blocks of four units; after the backward step, the gradients of their pre-activations.</summary>
    public float* Gates(int n) => _first + ((nint)n * Stride);

    /// <summary>Returns tanh c of step n.</summary>
    public float* TanhCell(int n) => Gates(n) + _tanhCell;

    /// <summary>Returns c of step n − 1.</summary>
    public float* PreviousCell(int n) => Gates(n) + _previousCell;

    /// <summary>Returns c before a segment; zeros for the first one.</summary>
    public Span<float> CellBefore(int segment) => new(_starts + ((nint)segment * _units * 16), _units * 16);

    /// <summary>Returns c of step n − 1 as a span, for copies from and to <see cref="CellBefore"/>.</summary>
    public Span<float> PreviousCells(int n) => new(PreviousCell(n), _units * 16);
}
