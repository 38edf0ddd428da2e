using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Training;

namespace EcgRecovery.Neural.Engine;

/// <summary>An engine that trains and predicts: the vector engine in three widths, or the scalar reference.</summary>
internal unsafe interface IEngine : IDisposable
{
    /// <summary>Computes loss and gradients of a batch and returns the loss; keeps the gradients for <see cref="Update"/>.</summary>
    /// <param name="input">[B, T, I].</param>
    /// <param name="target">[B, T, O].</param>
    /// <param name="lossWeights">w, [B, T, O], or null for all 1.</param>
    /// <param name="sequences">B.</param>
    /// <param name="steps">T.</param>
    /// <param name="loss">The loss.</param>
    double ComputeGradients(float* input, float* target, float* lossWeights, int sequences, int steps, LossFunction loss);

    /// <summary>Updates the weights by Adam with the gradients of the last batch.</summary>
    void Update(AdamOptions options, double learningRate);

    /// <summary>Computes the outputs of a batch.</summary>
    /// <param name="input">[B, T, I].</param>
    /// <param name="sequences">B.</param>
    /// <param name="steps">T.</param>
    /// <param name="output">Receives [B, T, O].</param>
    void Predict(float* input, int sequences, int steps, float* output);

    /// <summary>Returns a copy of weights, gradients or moments in the layout of Keras.</summary>
    IReadOnlyList<WeightTensor> Export(EngineArray array);

    /// <summary>Replaces weights or moments.</summary>
    /// <param name="array">The array; not the gradients.</param>
    /// <param name="tensors">In the order of <see cref="NetworkSpec.TensorShapes"/>.</param>
    void Import(EngineArray array, IReadOnlyList<WeightTensor> tensors);

    /// <summary>Gets the native memory allocated so far, in bytes.</summary>
    long MemoryBytes { get; }

    /// <summary>Gets or sets the number of updates so far.</summary>
    long Updates { get; set; }
}

/// <summary>The arrays of an engine that have the shape of the parameters.</summary>
internal enum EngineArray
{
    Weights,
    Gradients,
    FirstMoments,
    SecondMoments,
}
