using EcgRecovery.Beats;
using EcgRecovery.Neural;
using EcgRecovery.Recovery.Beats.Model;
using EcgRecovery.Recovery.Beats.Neighbours;

namespace EcgRecovery.Recovery.Beats.Training;

/// <summary>Rows with gaps, and what the library says of them where there is one, ready to be cut into batches.</summary>
internal sealed class EnsembleExamples
{
    private const int Length = HeartbeatSet.BeatLength;
    private readonly HeartbeatSet _truth;
    private readonly float[] _broken;
    private readonly BeatEvidence? _evidence;

    /// <param name="truth">Whole beats.</param>
    /// <param name="gaps">Draws the gaps' places.</param>
    /// <param name="random">Draws what each row gets, in the order of the rows.</param>
    /// <param name="finder">Asks the library; null where there is none.</param>
    /// <param name="leftOut">Which beats of the library must not serve which row.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public EnsembleExamples(
        HeartbeatSet truth, EpochGaps gaps, SeededRandom random, EvidenceFinder? finder, LeftOut leftOut, CancellationToken cancellationToken)
    {
        _truth = truth;
        _broken = (float[])truth.Samples.Clone();
        for (var row = 0; row < truth.Count; row++)
            gaps.Break(random, truth.RealLength(row), _broken.AsSpan(row * Length, Length));
        _evidence = finder?.Find(_broken, leftOut, cancellationToken);
    }

    /// <summary>The beat as it was.</summary>
    public ReadOnlySpan<float> Truth(int row) => _truth[row];

    /// <summary>The beat as it is shown.</summary>
    public ReadOnlySpan<float> Broken(int row) => _broken.AsSpan(row * Length, Length);

    /// <summary>What a network's outputs for one sample are to be added to.</summary>
    public float Base(int row, int t, bool seesLibrary) => seesLibrary ? BeatChannels.Base(seesLibrary, _evidence!.Estimate[(row * Length) + t]) : 0;

    /// <summary>Loads one beat as a network is to see it.</summary>
    public void Load(int row, BeatExample example) => example.Load(Broken(row), Truth(row), _evidence, row);
}

/// <summary>Room for a batch: inputs, targets, and which samples count.</summary>
/// <param name="rows">B at most.</param>
/// <param name="seesLibrary">Whether the network that it is for sees the library.</param>
internal sealed class EnsembleBatch(int rows, bool seesLibrary)
{
    private const int Length = HeartbeatSet.BeatLength;
    private readonly int _inputs = BeatChannels.Inputs(seesLibrary);
    private readonly float[] _input = new float[rows * Length * BeatChannels.Inputs(seesLibrary)];
    private readonly float[] _target = new float[rows * Length * BeatChannels.Outputs];
    private readonly float[] _weights = new float[rows * Length * BeatChannels.Outputs];

    /// <summary>[B, 187, I].</summary>
    public ReadOnlySpan<float> Input(int count) => _input.AsSpan(0, count * Length * _inputs);

    /// <summary>[B, 187, O].</summary>
    public ReadOnlySpan<float> Target(int count) => _target.AsSpan(0, count * Length * BeatChannels.Outputs);

    /// <summary>[B, 187, O]: 1 where missing, else 0.</summary>
    public ReadOnlySpan<float> Weights(int count) => _weights.AsSpan(0, count * Length * BeatChannels.Outputs);

    /// <summary>Puts one beat in its place.</summary>
    /// <param name="i">Its place.</param>
    /// <param name="beat">The beat, with its true samples.</param>
    public void Set(int i, BeatExample beat)
    {
        BeatChannels.Write(beat, seesLibrary, _input.AsSpan(i * Length * _inputs, Length * _inputs));
        for (var t = 0; t < Length; t++)
        {
            var at = ((i * Length) + t) * BeatChannels.Outputs;
            _target.AsSpan(at, BeatChannels.Outputs).Fill(beat.IsMissing[t] ? beat.Samples[t] - BeatChannels.Base(seesLibrary, beat.Estimate[t]) : 0);
            _weights.AsSpan(at, BeatChannels.Outputs).Fill(beat.IsMissing[t] ? 1 : 0);
        }
    }
}
