namespace EcgRecovery.Neural.Training;

/// <summary>Constants of the optimizer: Adam and AdamW as in Keras, with clipping.</summary>
/// <remarks>
/// <code>
/// m = β₁·m + (1 − β₁)·g      v = β₂·v + (1 − β₂)·g²      α = lr·√(1 − β₂ᵗ) / (1 − β₁ᵗ)      θ −= α·m / (√v + ε) + lr·λ·θ
/// </code>
/// t counts the updates from 1. ε is added to the uncorrected √v as in Keras; PyTorch adds it to the bias-corrected one. The decay λ is 0
/// for biases; it acts outside the moments, so that a weight with large gradients decays like any other.
/// <para>
/// Sources: Kingma and Ba 2015, arXiv:1412.6980 (the form before its section 2.1), and Keras' <c>Adam</c>; the decay: Loshchilov and Hutter
/// 2019, arXiv:1711.05101.
/// </para>
/// </remarks>
/// <param name="Beta1">β₁.</param>
/// <param name="Beta2">β₂.</param>
/// <param name="Epsilon">ε.</param>
/// <param name="ClipNorm">Maximum Euclidean norm of the whole gradient; a larger one is scaled down to it. 0: no clipping.</param>
/// <param name="WeightDecay">λ of the weight matrices; without effect where lr·λ is below 3e-8, half of a float's last digit.</param>
public sealed record AdamOptions(
    float Beta1 = 0.9f, float Beta2 = 0.999f, float Epsilon = 1e-7f, float ClipNorm = 0f, float WeightDecay = 0f);
