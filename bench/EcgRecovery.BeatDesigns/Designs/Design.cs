using EcgRecovery.Neural;

namespace EcgRecovery.BeatDesigns.Designs;

/// <summary>What stands in the gap of the network's first input.</summary>
internal enum GapFill
{
    Linear,
    Zero,
    LocallyLinear,
}

/// <summary>What the reference beats say of a broken beat, as an input each.</summary>
[Flags]
internal enum EstimateInputs
{
    None = 0,

    /// <summary>The locally linear estimate from all that is visible.</summary>
    Estimate = 1,

    /// <summary>The standard deviation of the 16 nearest reference beats.</summary>
    Spread = 2,

    /// <summary>The locally linear estimate from the gap's surroundings alone.</summary>
    Local = 4,

    /// <summary>The standard deviation of the 16 reference beats that are nearest there.</summary>
    LocalSpread = 8,
}

/// <summary>What the network's output is added to.</summary>
internal enum ResidualBase
{
    None,
    Linear,
    LocallyLinear,

    /// <summary>The mean of the two locally linear estimates.</summary>
    BothEstimates,
}

/// <summary>What training makes small; the formulas stand with the losses.</summary>
internal enum LossShape
{
    Mse,
    Huber,
    Rmse,
    Derivative,
    Quantiles,
}

/// <summary>How beats are varied while training.</summary>
[Flags]
internal enum Augmentations
{
    None = 0,
    Stretch = 1,
    Amplitude = 2,
    Wander = 4,
    Noise = 8,
}

/// <summary>The beats to learn from and to refer to.</summary>
internal enum BeatSource
{
    /// <summary>The first lead of each recording, as Kaggle's files have it.</summary>
    FirstLead,

    /// <summary>The second lead too, cut at the same annotations.</summary>
    BothLeads,
}

/// <summary>One design of a beat model: a bidirectional network and how it is trained. The defaults are the base that others change.</summary>
internal sealed record Design
{
    /// <summary>Units of each layer and direction.</summary>
    public IReadOnlyList<int> Units { get; init; } = [64];

    /// <summary>What stands in the gap of the first input; the second says what is missing, the third what is padding.</summary>
    public GapFill Fill { get; init; } = GapFill.Linear;

    public EstimateInputs Inputs { get; init; }

    /// <summary>How many of the nearest reference beats are inputs, up to 8.</summary>
    public int Neighbours { get; init; }

    public ResidualBase Residual { get; init; }

    public LossShape Loss { get; init; }

    /// <summary>δ of the Huber loss, in parts of the beat's height.</summary>
    public double HuberDelta { get; init; } = 0.1;

    /// <summary>γ of the derivative loss: what the first difference's squared error counts, against the sample's.</summary>
    public double DerivativeWeight { get; init; } = 1;

    /// <summary>What the padding inside a gap counts in the loss; a real sample counts 1.</summary>
    public double PaddingWeight { get; init; } = 1;

    public Augmentations Augmentations { get; init; }

    public BeatSource Beats { get; init; }

    /// <summary>The highest; it rises and falls along <see cref="LearningRateSchedule.Cosine"/>.</summary>
    public double LearningRate { get; init; } = 3e-3;

    /// <summary>Decoupled weight decay, per unit of learning rate; biases are spared.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Whether the run also gives the exponential average of its weights, which is scored in a row of its own.</summary>
    public bool AveragesWeights { get; init; }

    /// <summary>Broken beats seen in training, repetitions counted.</summary>
    public int TrainingBeats { get; init; } = 240_000;

    public ulong Seed { get; init; } = 1;

    /// <summary>Whether it needs what the reference beats say.</summary>
    public bool UsesEstimates =>
        Fill == GapFill.LocallyLinear || Inputs != EstimateInputs.None || Neighbours > 0
        || Residual is ResidualBase.LocallyLinear or ResidualBase.BothEstimates;

    /// <summary>Whether it needs the estimates from the gap's surroundings.</summary>
    public bool UsesLocalEstimates => (Inputs & (EstimateInputs.Local | EstimateInputs.LocalSpread)) != EstimateInputs.None || Residual == ResidualBase.BothEstimates;

    /// <summary>I.</summary>
    public int InputCount => 3 + int.PopCount((int)Inputs) + Neighbours;

    /// <summary>O.</summary>
    public int OutputCount => Loss == LossShape.Quantiles ? Losses.QuantileLoss.Levels.Length : 1;

    /// <summary>The network's shape.</summary>
    public NetworkSpec Spec => new(InputCount, [.. Units.Select(units => new LstmLayerSpec(units, true))], OutputCount);
}
