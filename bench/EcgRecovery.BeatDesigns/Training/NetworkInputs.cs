using EcgRecovery.BeatDesigns.Designs;
using EcgRecovery.Neural;
using EcgRecovery.Records;

namespace EcgRecovery.BeatDesigns.Training;

/// <summary>Turns broken beats into what a design's network reads and is held to.</summary>
/// <param name="design">The design.</param>
/// <param name="beats">The broken beats.</param>
internal sealed class NetworkInputs(Design design, BrokenBeats beats)
{
    private const int Length = HeartbeatSet.BeatLength;

    /// <summary>Spreads are small; so they come near the other inputs' size.</summary>
    private const float SpreadScale = 4;

    private readonly BeatView _beat = new(design.Neighbours);
    private readonly Augmenter _augmenter = new(design.Augmentations);
    private readonly float[] _seen = new float[Length];
    private readonly float[] _line = new float[Length];

    /// <summary>Writes one beat.</summary>
    /// <param name="item">Which of the broken beats.</param>
    /// <param name="random">Varies it; null to leave it as it is.</param>
    /// <param name="input">Receives [187, I].</param>
    /// <param name="target">Receives what the outputs should be, [187, O].</param>
    /// <param name="weights">Receives what each output counts in the loss, [187, O].</param>
    /// <param name="residualBase">Receives what the output is to be added to, [187].</param>
    public void Write(int item, SeededRandom? random, Span<float> input, Span<float> target, Span<float> weights, Span<float> residualBase)
    {
        _beat.Load(beats, item);
        var noise = random is not null && design.Augmentations != Augmentations.None ? _augmenter.Apply(_beat, random) : 0;
        See(noise, random);
        var padding = Length;
        while (padding > 0 && !_beat.IsMissing[padding - 1] && _beat.Signal[padding - 1] == 0)
            padding--;
        for (var t = 0; t < Length; t++)
        {
            WriteInput(t, padding, input[(t * design.InputCount)..]);
            residualBase[t] = design.Residual switch
            {
                ResidualBase.Linear => _line[t],
                ResidualBase.LocallyLinear => _beat.Estimate[t],
                ResidualBase.BothEstimates => 0.5f * (_beat.Estimate[t] + _beat.Local[t]),
                _ => 0,
            };
            var weight = !_beat.IsMissing[t] ? 0 : t < _beat.RealLength ? 1 : (float)design.PaddingWeight;
            target.Slice(t * design.OutputCount, design.OutputCount).Fill(_beat.Signal[t] - residualBase[t]);
            weights.Slice(t * design.OutputCount, design.OutputCount).Fill(weight);
        }
    }

    private void WriteInput(int t, int padding, Span<float> input)
    {
        var isMissing = _beat.IsMissing[t];
        var at = 0;
        input[at++] = !isMissing ? _seen[t] : design.Fill switch { GapFill.Zero => 0, GapFill.LocallyLinear => _beat.Estimate[t], _ => _line[t] };
        input[at++] = isMissing ? 1 : 0;
        input[at++] = t >= padding ? 1 : 0;
        if (design.Inputs.HasFlag(EstimateInputs.Estimate))
            input[at++] = isMissing ? _beat.Estimate[t] : _seen[t];
        if (design.Inputs.HasFlag(EstimateInputs.Spread))
            input[at++] = isMissing ? SpreadScale * _beat.Spread[t] : 0;
        if (design.Inputs.HasFlag(EstimateInputs.Local))
            input[at++] = isMissing ? _beat.Local[t] : _seen[t];
        if (design.Inputs.HasFlag(EstimateInputs.LocalSpread))
            input[at++] = isMissing ? SpreadScale * _beat.LocalSpread[t] : 0;
        foreach (var neighbour in _beat.Nearest)
            input[at++] = neighbour[t];
    }

    /// <summary>The visible signal with its noise, and a straight line across every gap.</summary>
    private void See(float noise, SeededRandom? random)
    {
        _beat.Signal.CopyTo(_seen.AsSpan());
        for (var t = 0; noise > 0 && t < _beat.RealLength; t++)
            _seen[t] += noise * (float)random!.NextGaussian();
        _seen.CopyTo(_line.AsSpan());
        for (var start = 0; start < Length; start++)
        {
            if (!_beat.IsMissing[start])
                continue;
            var end = start;
            while (end < Length && _beat.IsMissing[end])
                end++;
            var from = start > 0 ? _seen[start - 1] : end < Length ? _seen[end] : 0;
            var to = end < Length ? _seen[end] : from;
            for (var t = start; t < end; t++)
                _line[t] = from + ((to - from) * (t - start + 1) / (end - start + 1));
            start = end;
        }
    }
}
