using EcgRecovery.BeatDesigns.Designs;
using EcgRecovery.Neural.Engine;

namespace EcgRecovery.BeatDesigns.Losses;

/// <summary>A loss that is the mean over beats of something that each beat has by itself.</summary>
/// <remarks>
/// All losses here divide by 30 samples, about a gap, and not by the beat's own count of missing samples: a longer gap counts more, as it does
/// in the whole beat's error. y output, x target, w weight, e = y − x, B beats.
/// </remarks>
internal abstract unsafe class LaneLoss : ExperimentalLoss
{
    /// <summary>What the squared errors of a beat are divided by, whatever its gap: keeps the losses of one size.</summary>
    protected const int TypicalGap = 30;

    private const int Lanes = 16;

    /// <summary>The loss of a design.</summary>
    public static LaneLoss Of(Design design) => design.Loss switch
    {
        LossShape.Mse => new HuberLoss(float.MaxValue),
        LossShape.Huber => new HuberLoss((float)design.HuberDelta),
        LossShape.Rmse => new RmseLoss(),
        LossShape.Derivative => new DerivativeLoss((float)design.DerivativeWeight),
        LossShape.Quantiles => new QuantileLoss(),
        _ => throw new ArgumentOutOfRangeException(nameof(design), design.Loss, "No such loss."),
    };

    /// <inheritdoc/>
    public override double Run(float* y, float* target, float* weights, int steps, int outputs, int sequences)
    {
        var total = 0.0;
        for (var lane = 0; lane < Lanes; lane++)
            total += Lane(new LaneValues(y + lane, steps * outputs), new(target + lane, steps * outputs), new(weights + lane, steps * outputs), outputs, sequences);
        return total;
    }

    /// <summary>One beat's share of the loss; y becomes its gradient.</summary>
    /// <param name="y">[T][O].</param>
    /// <param name="x">[T][O].</param>
    /// <param name="w">[T][O].</param>
    /// <param name="outputs">O.</param>
    /// <param name="sequences">B.</param>
    protected abstract double Lane(LaneValues y, LaneValues x, LaneValues w, int outputs, int sequences);

    /// <summary>One sequence's values where sixteen lie side by side.</summary>
    /// <param name="first">Its first value.</param>
    /// <param name="count">How many there are.</param>
    protected readonly struct LaneValues(float* first, int count)
    {
        /// <summary>T·O.</summary>
        public int Count => count;

        /// <summary>The i-th value.</summary>
        public ref float this[int i] => ref first[(nint)i * Lanes];
    }
}
