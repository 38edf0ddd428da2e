namespace EcgRecovery.Neural.Engine;

/// <summary>One sequence, time step by time step, with weights that its siblings share.</summary>
internal unsafe interface ISequenceStream
{
    /// <summary>One more time step.</summary>
    /// <param name="input">x, [I].</param>
    /// <param name="output">Receives y, [O].</param>
    void Step(float* input, float* output);

    /// <summary>Back to the state before the first time step.</summary>
    void Reset();

    /// <summary>Another sequence, at its beginning.</summary>
    ISequenceStream NewStream();
}
