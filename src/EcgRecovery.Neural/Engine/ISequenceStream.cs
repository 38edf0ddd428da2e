namespace EcgRecovery.Neural.Engine;

/// <summary>A network that predicts one sequence time step by time step; streams share their weights.</summary>
internal unsafe interface ISequenceStream
{
    /// <summary>Computes the output of the next time step.</summary>
    /// <param name="input">x, [I].</param>
    /// <param name="output">Receives y, [O].</param>
    void Step(float* input, float* output);

    /// <summary>Resets the state to that before the first time step.</summary>
    void Reset();

    /// <summary>Returns another stream before its first time step.</summary>
    ISequenceStream NewStream();
}
