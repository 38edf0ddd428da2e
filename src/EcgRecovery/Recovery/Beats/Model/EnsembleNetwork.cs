using EcgRecovery.Beats;
using EcgRecovery.Neural;
using EcgRecovery.Recovery.Training;
using EcgRecovery.Signals;

namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>Several networks: the recovery is the mean of their estimates, each bound the calibrated mean of their bounds.</summary>
internal sealed class EnsembleNetwork : IBeatNetwork
{
    // Many rows, so that rows with the same missing samples share a search.
    private const int EvidenceRows = 4096;
    private const int BatchRows = 512;
    private const int Length = HeartbeatSet.BeatLength;

    private readonly EnsembleCard _card;
    private readonly EvidenceFinder? _finder;
    private readonly NetworkPredictor[] _members;
    private readonly BeatExample _example = new();

    /// <param name="file">The model file of an ensemble.</param>
    /// <param name="threads">Threads; the result does not depend on them.</param>
    public EnsembleNetwork(BeatModelFile file, int threads)
    {
        _card = file.Card.Ensemble!;
        if (_card.HasLibrary)
        {
            var library = file.Weights.Single(tensor => tensor.Name == EnsembleTensors.Library);
            _finder = new EvidenceFinder(BeatLibrary.FromTensor(library), _card.Ridge, threads);
        }

        _members = [.. Enumerable.Range(0, _card.Members).Select(member =>
            new NetworkPredictor(_card.Views.NetworkOf(file.Card.Network, member), MemberTensors.Of(file.Weights, member), threads))];
    }

    /// <inheritdoc/>
    public bool HasInterval => true;

    /// <inheritdoc/>
    public void Run(
        ReadOnlySpan<float> beats, Span<float> destination, Span<float> lower, Span<float> upper, CancellationToken cancellationToken)
    {
        RefuseUnscaled(beats);
        for (var first = 0; first < beats.Length; first += EvidenceRows * Length)
        {
            var count = Math.Min(EvidenceRows * Length, beats.Length - first);
            var broken = beats.Slice(first, count).ToArray();
            var evidence = _finder?.Find(broken, excluded: null, cancellationToken);
            for (var at = 0; at < count; at += BatchRows * Length)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var values = Math.Min(BatchRows * Length, count - at);
                var output = Predict(broken, evidence, at / Length, values / Length);
                for (var row = 0; row < values / Length; row++)
                {
                    var from = at + (row * Length);
                    Compose(
                        broken.AsSpan(from, Length),
                        output.AsSpan(row * Length * BeatChannels.Outputs, Length * BeatChannels.Outputs),
                        destination.Slice(first + from, Length),
                        lower.IsEmpty ? [] : lower.Slice(first + from, Length),
                        upper.IsEmpty ? [] : upper.Slice(first + from, Length));
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var member in _members)
            member.Dispose();
    }

    /// <summary>Returns the members' mean, [rows, 187, 3].</summary>
    private float[] Predict(float[] broken, BeatEvidence? evidence, int firstRow, int rows)
    {
        var mean = new float[rows * Length * BeatChannels.Outputs];
        var output = new float[mean.Length];
        foreach (var view in Enumerable.Range(0, _members.Length).GroupBy(member => _card.Views.SeesLibrary(member)))
        {
            var input = Input(broken, evidence, view.Key, firstRow, rows);
            foreach (var member in view)
            {
                _members[member].Predict(input, rows, Length, output);
                for (var i = 0; i < mean.Length; i++)
                {
                    var estimate = evidence is null ? 0 : evidence.Estimate[(firstRow * Length) + (i / BeatChannels.Outputs)];
                    mean[i] += (BeatChannels.Base(view.Key, estimate) + output[i]) / _members.Length;
                }
            }
        }

        return mean;
    }

    /// <summary>Returns the input of a network, [rows, 187, I].</summary>
    private float[] Input(float[] broken, BeatEvidence? evidence, bool seesLibrary, int firstRow, int rows)
    {
        var values = Length * BeatChannels.Inputs(seesLibrary);
        var input = new float[rows * values];
        for (var i = 0; i < rows; i++)
        {
            var beat = broken.AsSpan((firstRow + i) * Length, Length);
            _example.Load(beat, beat, evidence, firstRow + i);
            BeatChannels.Write(_example, seesLibrary, input.AsSpan(i * values, values));
        }

        return input;
    }

    /// <summary>Writes one beat's samples and bounds.</summary>
    /// <param name="broken">[187]; NaN = missing.</param>
    /// <param name="output">The members' mean, [187, 3].</param>
    /// <param name="destination">[187].</param>
    /// <param name="lower">[187], or empty.</param>
    /// <param name="upper">[187], or empty.</param>
    private void Compose(
        ReadOnlySpan<float> broken, ReadOnlySpan<float> output, Span<float> destination, Span<float> lower, Span<float> upper)
    {
        // A beat is scaled to 0…1; padding is 0.
        const float minimum = 0;
        var maximum = BeatChannels.LiesInPadding(broken) ? 0f : 1f;
        broken.CopyTo(destination);
        foreach (var run in MissingRuns.Of(broken))
        {
            for (var t = (int)run.Start; t < run.End; t++)
            {
                var mean = output.Slice(t * BeatChannels.Outputs, BeatChannels.Outputs);
                destination[t] = Math.Clamp(mean[0], minimum, maximum);
                if (lower.IsEmpty)
                    continue;
                var (below, above) = _card.Interval.Apply(destination[t], mean[1], mean[2], (int)run.Length);
                // In a run up to the row's end, the beat may have ended and padding begun.
                lower[t] = run.End == Length ? minimum : Math.Clamp(below, minimum, destination[t]);
                upper[t] = Math.Clamp(above, destination[t], maximum);
            }
        }
    }

    /// <summary>Throws for samples outside 0…1, the range of the training beats: the result would be wrong, with narrow bounds.</summary>
    private static void RefuseUnscaled(ReadOnlySpan<float> beats)
    {
        for (var i = 0; i < beats.Length; i++)
        {
            if (beats[i] is < 0 or > 1)
            {
                throw new InvalidDataException(
                    $"Row {i / Length} (counted from 0) has {beats[i]} at sample {i % Length}; "
                    + "expected beats scaled to 0…1, as this model learned from.");
            }
        }
    }
}
