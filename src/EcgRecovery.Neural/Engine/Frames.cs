namespace EcgRecovery.Neural.Engine;

/// <summary>Frames [row][16], one per time step.</summary>
/// <param name="first">The frame of time step 0.</param>
/// <param name="stride">Floats from frame to frame.</param>
internal readonly unsafe struct Frames(float* first, int stride)
{
    /// <summary>Floats from frame to frame.</summary>
    public int Stride => stride;

    /// <summary>Returns the frame of a time step.</summary>
    public float* At(int step) => first + ((nint)step * stride);
}
