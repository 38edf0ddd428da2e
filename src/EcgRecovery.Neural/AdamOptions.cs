namespace EcgRecovery.Neural;

/// <summary>Keras' Adam.</summary>
/// <remarks>
/// <code>
/// m = β₁·m + (1 − β₁)·g      v = β₂·v + (1 − β₂)·g²      α = lr·√(1 − β₂ᵗ) / (1 − β₁ᵗ)      θ −= α·m / (√v + ε)
/// </code>
/// ε is added to the uncorrected √v, as Keras does; PyTorch adds it to the bias-corrected one.
/// <para>Source: Kingma and Ba 2015, arXiv:1412.6980 (the form before its section 2.1), and Keras' <c>Adam</c>.</para>
/// </remarks>
/// <param name="Beta1">β₁.</param>
/// <param name="Beta2">β₂.</param>
/// <param name="Epsilon">ε.</param>
/// <param name="ClipNorm">Largest Euclidean norm of the whole gradient; a larger one is scaled down to it. 0: no clipping.</param>
public sealed record AdamOptions(float Beta1 = 0.9f, float Beta2 = 0.999f, float Epsilon = 1e-7f, float ClipNorm = 0f);
