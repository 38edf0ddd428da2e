namespace EcgRecovery.Neural.Networks;

/// <summary>A named array of weights (or of gradients, or of an optimiser's moments), row-major.</summary>
/// <param name="Name">Unique in its file, as in <see cref="NetworkSpec.TensorShapes"/>.</param>
/// <param name="Shape">Length of each dimension, outermost first.</param>
/// <param name="Values">The values, row-major; their count is the product of <paramref name="Shape"/>.</param>
public sealed record WeightTensor(string Name, int[] Shape, float[] Values)
{
    /// <summary>How a file holds the values.</summary>
    public TensorType Type { get; init; }
}

/// <summary>How a file holds a tensor's values.</summary>
public enum TensorType
{
    /// <summary>As they are, four bytes each.</summary>
    F32,

    /// <summary>Whole numbers of 0 to 255, one byte each.</summary>
    U8,
}
