using EcgRecovery.Neural;

namespace EcgRecovery.Recovery.Training;

/// <summary>All that a training run needs to go on after an epoch.</summary>
/// <param name="Weights">The weights as they stand.</param>
/// <param name="Optimizer">Adam's state.</param>
/// <param name="Curve">The epochs done.</param>
/// <param name="BestWeights">The weights of the best epoch, where patience asks for them.</param>
internal sealed record TrainingState(
    IReadOnlyList<WeightTensor> Weights, OptimizerState Optimizer, IReadOnlyList<EpochResult> Curve, IReadOnlyList<WeightTensor>? BestWeights);
