using EcgRecovery.Neural;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Recovery.Training;

/// <summary>All that a training run needs to go on after an epoch.</summary>
/// <param name="Networks">One a network.</param>
/// <param name="Curve">The epochs done.</param>
internal sealed record TrainingState(IReadOnlyList<NetworkState> Networks, IReadOnlyList<EpochResult> Curve);

/// <summary>One network in training.</summary>
/// <param name="Weights">The weights as they stand.</param>
/// <param name="Optimizer">Adam's state.</param>
/// <param name="BestWeights">The weights of the best epoch, where patience asks for them.</param>
internal sealed record NetworkState(IReadOnlyList<WeightTensor> Weights, OptimizerState Optimizer, IReadOnlyList<WeightTensor>? BestWeights);
