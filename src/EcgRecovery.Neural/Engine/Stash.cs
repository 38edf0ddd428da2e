namespace EcgRecovery.Neural.Engine;

/// <summary>What one direction's forward sweep keeps for its backward sweep: a frame for each of its steps, all that the step needs in one piece.</summary>
/// <remarks>
/// <code>
/// frame n:   gates [4H][16]   tanh c [H][16]   c of step n − 1 [H][16]        and one more, for c of the last step
/// </code>
/// The parts, and the frames, lie a few rows further apart than their length, so that equal rows do not fight for a cache set.
/// </remarks>
internal readonly unsafe struct Stash
{
    private const int StaggerRows = 5;
    private readonly float* _first;
    private readonly int _tanhCell;
    private readonly int _previousCell;

    public Stash(NativeArena arena, int units, int steps)
    {
        _tanhCell = ((4 * units) + StaggerRows) * 16;
        _previousCell = _tanhCell + ((units + StaggerRows) * 16);
        Stride = _previousCell + ((units + StaggerRows) * 16);
        _first = arena.Allocate((steps + 1L) * Stride);
    }

    /// <summary>Floats from frame to frame.</summary>
    public int Stride { get; }

    /// <summary>i, f, g, o in blocks of four units; after the backward step, the gradients of their pre-activations.</summary>
    public float* Gates(int n) => _first + ((nint)n * Stride);

    /// <summary>tanh c of step n.</summary>
    public float* TanhCell(int n) => Gates(n) + _tanhCell;

    /// <summary>c of step n − 1.</summary>
    public float* PreviousCell(int n) => Gates(n) + _previousCell;
}
