using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Training;

namespace EcgRecovery.Neural.Engine;

/// <summary>What trains and predicts: the vector engine in three widths, or the scalar reference.</summary>
internal unsafe interface IEngine : IDisposable
{
    /// <summary>Loss of a batch; its gradients are kept for <see cref="Update"/>.</summary>
    /// <param name="input">[B, T, I].</param>
    /// <param name="target">[B, T, O].</param>
    /// <param name="lossWeights">[B, T, O], or null for ones.</param>
    /// <param name="sequences">B.</param>
    /// <param name="steps">T.</param>
    /// <param name="loss">What to make small.</param>
    double ComputeGradients(float* input, float* target, float* lossWeights, int sequences, int steps, LossFunction loss);

    /// <summary>One Adam update with the gradients of the last batch.</summary>
    void Update(AdamOptions options, double learningRate);

    /// <summary>Outputs of a batch.</summary>
    /// <param name="input">[B, T, I].</param>
    /// <param name="sequences">B.</param>
    /// <param name="steps">T.</param>
    /// <param name="output">Receives [B, T, O].</param>
    void Predict(float* input, int sequences, int steps, float* output);

    /// <summary>A copy of weights, gradients or moments in Keras' layout.</summary>
    IReadOnlyList<WeightTensor> Export(EngineArray array);

    /// <summary>Replaces weights or moments.</summary>
    /// <param name="array">Which; not the gradients.</param>
    /// <param name="tensors">In the order of <see cref="NetworkSpec.TensorShapes"/>.</param>
    void Import(EngineArray array, IReadOnlyList<WeightTensor> tensors);

    /// <summary>Native memory taken from the system.</summary>
    long MemoryBytes { get; }

    /// <summary>Adam updates done so far.</summary>
    long Updates { get; set; }
}

/// <summary>The engine's parameter-shaped arrays.</summary>
internal enum EngineArray
{
    Weights,
    Gradients,
    FirstMoments,
    SecondMoments,
}
