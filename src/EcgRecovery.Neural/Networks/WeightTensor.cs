namespace EcgRecovery.Neural.Networks;

/// <summary>A named array of weights, gradients or moments of Adam, row-major.</summary>
/// <param name="Name">Unique in a file; names of weights as in <see cref="NetworkSpec.TensorShapes"/>.</param>
/// <param name="Shape">Length of each dimension, outermost first.</param>
/// <param name="Values">The values, row-major; their count is the product of <paramref name="Shape"/>.</param>
public sealed record WeightTensor(string Name, int[] Shape, float[] Values)
{
    /// <summary>Gets the type of the values in a file.</summary>
    public TensorType Type { get; init; }
}

/// <summary>The type of a tensor's values in a file.</summary>
public enum TensorType
{
    /// <summary>float32, four bytes each.</summary>
    F32,

    /// <summary>Whole numbers of 0 to 255, one byte each.</summary>
    U8,
}
