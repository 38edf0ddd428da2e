using EcgRecovery.Beats;
using EcgRecovery.Neural;
using EcgRecovery.Recovery.Beats.Model;
using EcgRecovery.Recovery.Beats.Neighbours;

namespace EcgRecovery.Recovery.Beats.Training;

/// <summary>Training rows with gaps and, if there is a library, their evidence.</summary>
internal sealed class EnsembleExamples
{
    private const int Length = HeartbeatSet.BeatLength;
    private readonly HeartbeatSet _truth;
    private readonly float[] _broken;
    private readonly BeatEvidence? _evidence;

    /// <param name="truth">Complete beats.</param>
    /// <param name="gaps">The gaps.</param>
    /// <param name="random">The random sequence of the gaps, used in the order of the rows.</param>
    /// <param name="finder">Finds evidence in the library; null without a library.</param>
    /// <param name="excluded">The beats of the library that must not be used for a row.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public EnsembleExamples(
        HeartbeatSet truth,
        EpochGaps gaps,
        SeededRandom random,
        EvidenceFinder? finder,
        ExcludedGroups excluded,
        CancellationToken cancellationToken)
    {
        _truth = truth;
        _broken = (float[])truth.Samples.Clone();
        for (var row = 0; row < truth.Count; row++)
            gaps.Break(random, truth.RealLength(row), _broken.AsSpan(row * Length, Length));
        _evidence = finder?.Find(_broken, excluded, cancellationToken);
    }

    /// <summary>Returns the complete beat, [187].</summary>
    public ReadOnlySpan<float> Truth(int row) => _truth[row];

    /// <summary>Returns the beat with gaps, [187].</summary>
    public ReadOnlySpan<float> Broken(int row) => _broken.AsSpan(row * Length, Length);

    /// <summary>Returns the value that a network's outputs for a sample are relative to.</summary>
    public float Base(int row, int t, bool seesLibrary) =>
        seesLibrary ? BeatChannels.Base(seesLibrary, _evidence!.Estimate[(row * Length) + t]) : 0;

    /// <summary>Loads one beat with its evidence.</summary>
    public void Load(int row, BeatExample example) => example.Load(Broken(row), Truth(row), _evidence, row);
}

/// <summary>A reusable batch: inputs, targets and loss weights.</summary>
/// <param name="rows">Maximum of B.</param>
/// <param name="seesLibrary">Whether the network sees the library.</param>
internal sealed class EnsembleBatch(int rows, bool seesLibrary)
{
    private const int Length = HeartbeatSet.BeatLength;
    private readonly int _inputs = BeatChannels.Inputs(seesLibrary);
    private readonly float[] _input = new float[rows * Length * BeatChannels.Inputs(seesLibrary)];
    private readonly float[] _target = new float[rows * Length * BeatChannels.Outputs];
    private readonly float[] _weights = new float[rows * Length * BeatChannels.Outputs];

    /// <summary>Returns the inputs, [B, 187, I].</summary>
    public ReadOnlySpan<float> Input(int count) => _input.AsSpan(0, count * Length * _inputs);

    /// <summary>Returns the targets, [B, 187, O].</summary>
    public ReadOnlySpan<float> Target(int count) => _target.AsSpan(0, count * Length * BeatChannels.Outputs);

    /// <summary>Returns the loss weights, [B, 187, O]: 1 where missing, else 0.</summary>
    public ReadOnlySpan<float> Weights(int count) => _weights.AsSpan(0, count * Length * BeatChannels.Outputs);

    /// <summary>Sets one beat of the batch.</summary>
    /// <param name="i">Its index in the batch.</param>
    /// <param name="beat">The beat, with its true samples.</param>
    public void Set(int i, BeatExample beat)
    {
        BeatChannels.Write(beat, seesLibrary, _input.AsSpan(i * Length * _inputs, Length * _inputs));
        for (var t = 0; t < Length; t++)
        {
            var at = ((i * Length) + t) * BeatChannels.Outputs;
            var missing = beat.IsMissing[t];
            var target = missing ? beat.Samples[t] - BeatChannels.Base(seesLibrary, beat.Estimate[t]) : 0;
            _target.AsSpan(at, BeatChannels.Outputs).Fill(target);
            _weights.AsSpan(at, BeatChannels.Outputs).Fill(missing ? 1 : 0);
        }
    }
}
