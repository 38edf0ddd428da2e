namespace EcgRecovery.Neural.Engine;

/// <summary>The outputs of a layer and, in training, their gradients: per time step a frame of h [rows][16], then dh [rows][16].</summary>
/// <remarks>Each part is followed by a few unused rows, so that no stride is a multiple of 4 KiB.</remarks>
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

    /// <summary>Returns h of time step t.</summary>
    public float* Hidden(int t) => _first + ((nint)t * Stride);

    /// <summary>Returns dh of time step t, from the layer above.</summary>
    public float* Gradient(int t) => Hidden(t) + _gradient;

    /// <summary>Gets the frames of h, the input of the layer above.</summary>
    public Frames AsInput => new(_first, Stride);
}
