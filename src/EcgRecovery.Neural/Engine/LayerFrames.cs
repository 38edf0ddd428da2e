namespace EcgRecovery.Neural.Engine;

/// <summary>What a layer hands up, and in training what comes down to it: for each time step a frame of h [rows][16] and, beside it, dh [rows][16].</summary>
/// <remarks>The parts lie a few rows further apart than their length, so that no stride is a multiple of 4 KiB.</remarks>
internal readonly unsafe struct LayerFrames
{
    private const int StaggerRows = 5;
    private readonly float* _first;
    private readonly int _gradient;

    public LayerFrames(NativeArena arena, int rows, int steps, bool withGradient)
    {
        _gradient = (rows + StaggerRows) * 16;
        Stride = withGradient ? 2 * _gradient : _gradient;
        _first = arena.Allocate((long)steps * Stride);
    }

    /// <summary>Floats from frame to frame.</summary>
    public int Stride { get; }

    /// <summary>h of time step t.</summary>
    public float* Hidden(int t) => _first + ((nint)t * Stride);

    /// <summary>dh of time step t, from the layer above.</summary>
    public float* Gradient(int t) => Hidden(t) + _gradient;

    /// <summary>The frames of h, as the layer above reads them.</summary>
    public Frames AsInput => new(_first, Stride);
}
