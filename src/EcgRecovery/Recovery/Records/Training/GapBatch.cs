using EcgRecovery.Recovery.Records.Model;

namespace EcgRecovery.Recovery.Records.Training;

/// <summary>Several gaps of one number of time steps, as the network takes them.</summary>
/// <param name="outputs">Outputs of a cell.</param>
internal sealed class GapBatch(int outputs)
{
    private float[] _input = [];
    private float[] _target = [];
    private float[] _weights = [];

    /// <summary>Number of gaps.</summary>
    public int Count { get; private set; }

    /// <summary>Time steps of each.</summary>
    public int Steps { get; private set; }

    /// <summary>[gaps, steps, <see cref="GapChannels.Inputs"/>].</summary>
    public ReadOnlySpan<float> Input => _input.AsSpan(0, Count * Steps * GapChannels.Inputs);

    /// <summary>[gaps, cells, outputs].</summary>
    public ReadOnlySpan<float> Target => _target.AsSpan(0, Count * OutputsOfGap);

    /// <summary>[gaps, cells, outputs].</summary>
    public ReadOnlySpan<float> Weights => _weights.AsSpan(0, Count * OutputsOfGap);

    /// <summary>Outputs of all cells of a gap, those beside it included.</summary>
    public int OutputsOfGap => Steps * CellGrid.Fold * outputs;

    /// <summary>Sets the gaps, as they are or changed.</summary>
    /// <param name="gaps">Gaps of one number of time steps.</param>
    /// <param name="augment">Returns the change of the next gap.</param>
    public void Set(IReadOnlyList<TrainingGap> gaps, Func<GapAugmentation> augment)
    {
        (Count, Steps) = (gaps.Count, gaps[0].Cells.Steps);
        var width = Steps * GapChannels.Inputs;
        Grow(ref _input, Count * width);
        Grow(ref _target, Count * OutputsOfGap);
        Grow(ref _weights, Count * OutputsOfGap);
        for (var i = 0; i < Count; i++)
        {
            var change = augment();
            change.WriteInput(gaps[i], _input.AsSpan(i * width, width));
            change.WriteTarget(
                gaps[i], _target.AsSpan(i * OutputsOfGap, OutputsOfGap), _weights.AsSpan(i * OutputsOfGap, OutputsOfGap), outputs);
        }
    }

    private static void Grow(ref float[] values, int length)
    {
        if (values.Length < length)
            values = new float[length];
    }
}
