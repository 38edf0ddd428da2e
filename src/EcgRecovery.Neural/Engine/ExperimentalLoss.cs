namespace EcgRecovery.Neural.Engine;

/// <summary>A loss of whole sequences that the library does not have: what design experiments train with, before one of them earns its kernel.</summary>
/// <remarks>A lane is a sequence; the layouts are the engine's own. There is no scalar twin, so the reference engine refuses it.</remarks>
internal abstract unsafe class ExperimentalLoss
{
    /// <summary>Returns what a group of sixteen sequences adds to the batch's loss; replaces y by its gradient.</summary>
    /// <param name="y">[T][O][16].</param>
    /// <param name="target">[T][O][16].</param>
    /// <param name="weights">[T][O][16]; lanes of zeros are no sequences and add nothing.</param>
    /// <param name="steps">T.</param>
    /// <param name="outputs">O.</param>
    /// <param name="sequences">B of the whole batch, to divide by.</param>
    public abstract double Run(float* y, float* target, float* weights, int steps, int outputs, int sequences);
}
