using EcgRecovery.Neural;
using EcgRecovery.Recovery.Records.Model;

namespace EcgRecovery.Recovery.Records.Training;

/// <summary>A random change of a gap that leaves it a gap as others have it: polarity, amplitude, and speed.</summary>
/// <remarks>
/// <code>
/// value′[c] = sign·amplitude·value[m + (c + ½ − m)·stretch − ½]        m: the middle of the gap, linear between cells
/// </code>
/// The surviving lead has a sign of its own. What becomes of each channel is said beside them (<see cref="GapChannels"/>).
/// </remarks>
/// <param name="Polarity">1 or −1.</param>
/// <param name="OtherPolarity">1 or −1, of the surviving lead.</param>
/// <param name="Amplitude">Above 0.</param>
/// <param name="Stretch">Above 0; above 1 everything is faster.</param>
internal readonly record struct GapAugmentation(float Polarity, float OtherPolarity, float Amplitude, float Stretch)
{
    private const double AmplitudeDeviation = 0.25;
    private const double LeastStretch = 0.85;
    private const double StretchRange = 0.3;

    /// <summary>Gets the change that changes nothing.</summary>
    public static GapAugmentation None { get; } = new(1, 1, 1, 1);

    /// <summary>Draws a change: signs by a coin, amplitude e^(0.25·N(0, 1)), stretch 0.85 to 1.15.</summary>
    public static GapAugmentation Draw(SeededRandom random) => new(
        Sign(random),
        Sign(random),
        (float)Math.Exp(AmplitudeDeviation * random.NextGaussian()),
        (float)(LeastStretch + (StretchRange * random.NextDouble())));

    /// <summary>Writes the sequence of a gap for the network.</summary>
    /// <param name="gap">The gap.</param>
    /// <param name="input">[steps, <see cref="GapChannels.Inputs"/>].</param>
    public void WriteInput(TrainingGap gap, Span<float> input)
    {
        if (this == None)
        {
            GapChannels.Write(gap.Cells, input);
            return;
        }

        var cells = gap.Cells;
        Span<float> factors = stackalloc float[GapChannels.Count];
        WriteFactors(factors);
        for (var c = 0; c < cells.Count; c++)
        {
            var (before, after, share) = Source(cells, c);
            var left = cells.Channels.AsSpan(before * GapChannels.Count, GapChannels.Count);
            var right = cells.Channels.AsSpan(after * GapChannels.Count, GapChannels.Count);
            var row = (c / CellGrid.Fold * GapChannels.Inputs) + (c % CellGrid.Fold * GapChannels.Count);
            for (var j = 0; j < GapChannels.Count; j++)
                input[row + j] = factors[j] * ((left[j] * (1 - share)) + (right[j] * share));
        }

        var features = FeaturesOf(cells);
        for (var step = 0; step < cells.Steps; step++)
            features.CopyTo(input[((step * GapChannels.Inputs) + (CellGrid.Fold * GapChannels.Count))..]);
    }

    /// <summary>Writes the targets and loss weights of a gap: the error counts in mV, the mean over the cells of the gap.</summary>
    /// <param name="gap">The gap.</param>
    /// <param name="target">[cells, outputs of a cell]: the residual, the same for estimate and quantiles; 0 outside the gap.</param>
    /// <param name="lossWeights">
    /// [cells, outputs of a cell]: steps/cells of the gap, × mV² for the estimate, whose error is squared, and × mV for the quantiles; 0
    /// outside the gap.
    /// </param>
    /// <param name="outputs">Outputs of a cell: the estimate, then the quantiles.</param>
    public void WriteTarget(TrainingGap gap, Span<float> target, Span<float> lossWeights, int outputs)
    {
        var cells = gap.Cells;
        target.Clear();
        lossWeights.Clear();
        var inside = 0;
        for (var c = 0; c < cells.Count; c++)
            inside += IsInside(cells, c) ? 1 : 0;
        var weight = (float)cells.Steps / inside * cells.Scale;
        for (var c = 0; c < cells.Count; c++)
        {
            if (!IsInside(cells, c))
                continue;
            target.Slice(c * outputs, outputs).Fill(Residual(gap, c));
            lossWeights.Slice(c * outputs, outputs).Fill(weight);
            lossWeights[c * outputs] = weight * cells.Scale;
        }
    }

    private static float Sign(SeededRandom random) => random.NextInt(2) == 0 ? 1 : -1;

    private void WriteFactors(Span<float> factors)
    {
        factors.Fill(1);
        foreach (var channel in GapChannels.WithPolarity)
            factors[channel] *= Polarity;
        foreach (var channel in GapChannels.WithOtherPolarity)
            factors[channel] *= OtherPolarity;
        foreach (var channel in GapChannels.WithAmplitude)
            factors[channel] *= Amplitude;
    }

    /// <summary>Returns the place that becomes the middle of a cell, in cells.</summary>
    private double PlaceOf(GapCells cells, int cell)
    {
        var middle = cells.Before + (cells.Inside / 2.0);
        return middle + ((cell + 0.5 - middle) * Stretch) - 0.5;
    }

    /// <summary>Returns the two cells that a cell is made from, and the share of the second.</summary>
    private (int Before, int After, float Share) Source(GapCells cells, int cell)
    {
        var place = Math.Clamp(PlaceOf(cells, cell), 0, cells.Count - 1);
        var before = Math.Min((int)place, cells.Count - 2);
        return (before, before + 1, (float)(place - before));
    }

    // Up to rounding: without a stretch exactly the cells of the gap.
    private bool IsInside(GapCells cells, int cell)
    {
        var place = PlaceOf(cells, cell) - cells.Before;
        return place >= -0.5 - 1e-6 && place < cells.Inside - 0.5 - 1e-6;
    }

    private float Residual(TrainingGap gap, int cell)
    {
        var (before, after, share) = Source(gap.Cells, cell);
        return Polarity * Amplitude * ((Of(before) * (1 - share)) + (Of(after) * share));

        float Of(int source)
        {
            var at = source - gap.Cells.Before;
            return at >= 0 && at < gap.Cells.Inside ? gap.Residual[at] : 0;
        }
    }

    private float[] FeaturesOf(GapCells cells)
    {
        var features = (float[])cells.Features.Clone();
        features[GapChannels.LengthFeature] -= MathF.Log2(Stretch) / 2;
        features[GapChannels.SpreadFeature] /= Stretch;
        features[GapChannels.ErrorFeature] += MathF.Log2(Amplitude) / 4;
        for (var j = GapChannels.IntervalFeature; j < features.Length; j++)
        {
            if (features[j] != 0)
                features[j] = ((features[j] + GapChannels.UsualInterval) / Stretch) - GapChannels.UsualInterval;
        }

        return features;
    }
}
