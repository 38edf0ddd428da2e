using EcgRecovery.BeatDesigns.Beats;
using EcgRecovery.BeatDesigns.Designs;
using EcgRecovery.BeatDesigns.Scores;
using EcgRecovery.Neural;
using EcgRecovery.Records;

namespace EcgRecovery.BeatDesigns.Training;

/// <summary>Recovers the validation patients' beats with a design's weights.</summary>
internal static class DesignRecovery
{
    private const int Length = HeartbeatSet.BeatLength;
    private const int Batch = 512;

    /// <summary>Scores of one plan.</summary>
    /// <param name="workbench">Beats and estimates.</param>
    /// <param name="design">The design.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="plan">The gaps.</param>
    /// <param name="stride">Every how many of them.</param>
    public static PlanScore Score(Workbench workbench, Design design, IReadOnlyList<WeightTensor> weights, ValidationPlan plan, int stride = 1)
    {
        var beats = workbench.ValidationBeats(design, plan);
        int[] items = [.. Enumerable.Range(0, beats.Broken.Length).Where(i => i % stride == 0)];
        var recovered = Recover(design, weights, beats, items, workbench.Threads);
        return PlanScore.Of(beats.Set, [.. items.Select(i => beats.Broken[i])], recovered);
    }

    /// <summary>Recovers broken beats.</summary>
    /// <param name="design">The design.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="beats">The broken beats.</param>
    /// <param name="items">Which of them, [N].</param>
    /// <param name="threads">At once.</param>
    /// <returns>[N, 187], held to 0…1, and by the rule 0 in the padding; of meaning in the gaps only.</returns>
    public static float[] Recover(Design design, IReadOnlyList<WeightTensor> weights, BrokenBeats beats, int[] items, int threads)
    {
        using var predictor = new NetworkPredictor(design.Spec, weights, threads);
        var inputs = new NetworkInputs(design, beats);
        var outputs = design.OutputCount;
        var row = Length * design.InputCount;
        var input = new float[Batch * row];
        float[] target = new float[Length * outputs], lossWeights = new float[Length * outputs];
        var residualBase = new float[Batch * Length];
        var output = new float[Batch * Length * outputs];
        var recovered = new float[items.Length * Length];
        for (var first = 0; first < items.Length; first += Batch)
        {
            var count = Math.Min(Batch, items.Length - first);
            for (var i = 0; i < count; i++)
                inputs.Write(items[first + i], random: null, input.AsSpan(i * row, row), target, lossWeights, residualBase.AsSpan(i * Length, Length));
            predictor.Predict(input.AsSpan(0, count * row), count, Length, output.AsSpan(0, count * Length * outputs));
            // Of several outputs the middle one, which is the median.
            for (var i = 0; i < count * Length; i++)
                recovered[(first * Length) + i] = residualBase[i] + output[(i * outputs) + (outputs / 2)];
            for (var i = first; i < first + count; i++)
                PaddingRule.Apply(beats.Set, beats.Broken[items[i]], recovered.AsSpan(i * Length, Length));
        }

        return recovered;
    }
}
