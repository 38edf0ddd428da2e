using EcgRecovery.Neural;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Recovery.Training;

/// <summary>Everything a training run needs to continue after an epoch.</summary>
/// <param name="Networks">One state per network.</param>
/// <param name="Curve">The finished epochs.</param>
internal sealed record TrainingState(IReadOnlyList<NetworkState> Networks, IReadOnlyList<EpochResult> Curve);

/// <summary>One network in training.</summary>
/// <param name="Weights">The current weights.</param>
/// <param name="Optimizer">Adam's state.</param>
/// <param name="BestWeights">The weights of the best epoch, where training stops early; else null.</param>
internal sealed record NetworkState(
    IReadOnlyList<WeightTensor> Weights, OptimizerState Optimizer, IReadOnlyList<WeightTensor>? BestWeights);
