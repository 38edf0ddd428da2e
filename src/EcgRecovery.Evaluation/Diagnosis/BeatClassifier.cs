using System.Collections.Concurrent;
using EcgRecovery.Neural;
using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Evaluation.Diagnosis;

/// <summary>A frozen classifier of heartbeats: the AAMI class of each R peak of one lead. Not for diagnosis.</summary>
/// <remarks>
/// It measures whether a recovered beat keeps the class that the same classifier gives the true one. It sees one lead: the waveform around
/// the R peak, the typical waveform of the beats around it, and the intervals between R peaks; see docs/models/classifier.md.
/// <para>Safe for concurrent calls; a class depends neither on the thread nor on which other beats are classified with it.</para>
/// </remarks>
internal sealed class BeatClassifier : IDisposable
{
    /// <summary>The lowest sampling frequency, in Hz.</summary>
    public const double MinimumSamplingFrequencyHz = 100;

    /// <summary>The highest sampling frequency, in Hz.</summary>
    public const double MaximumSamplingFrequencyHz = 2000;

    /// <summary>The beats to each side of one that its class depends on.</summary>
    public const int SurroundingBeats = BeatRhythm.Surroundings;

    // Beats of one call of the network: enough for its vectors, small enough for the cache.
    private const int BatchBeats = 64;

    private readonly ClassifierFile _file;
    private readonly ConcurrentBag<NetworkPredictor[]> _idle = [];
    private readonly ConcurrentDictionary<double, Resampler> _resamplers = [];
    private volatile bool _isDisposed;

    /// <param name="file">The networks.</param>
    public BeatClassifier(ClassifierFile file)
    {
        _file = file;
    }

    /// <summary>Loads the classifier that this assembly contains.</summary>
    public static BeatClassifier Load() => new(ClassifierFile.ReadShipped());

    /// <summary>Returns the classes of some beats of a lead in memory.</summary>
    /// <inheritdoc cref="Classify(ISamples{float}, double, ReadOnlySpan{int}, Range)"/>
    public AamiClass[] Classify(float[] milliVolts, double samplingFrequencyHz, ReadOnlySpan<int> rPeaks, Range which) =>
        Classify(new MemorySamples<float>(milliVolts), samplingFrequencyHz, rPeaks, which);

    /// <summary>Returns the classes of some beats of a lead; only the waveforms that they depend on are read.</summary>
    /// <param name="milliVolts">
    /// The whole lead; NaN = missing. In a part of it classes are others: the <see cref="SurroundingBeats"/> to each side count.
    /// </param>
    /// <param name="samplingFrequencyHz">
    /// Samples per second, <see cref="MinimumSamplingFrequencyHz"/> to <see cref="MaximumSamplingFrequencyHz"/>.
    /// </param>
    /// <param name="rPeaks">
    /// Samples of all R peaks, ascending, as <see cref="EcgRecovery.Beats.RPeakDetector"/> finds them: annotations lie beside them.
    /// </param>
    /// <param name="which">The beats to classify, a range of <paramref name="rPeaks"/>.</param>
    /// <returns>One class per beat of <paramref name="which"/>.</returns>
    /// <exception cref="ArgumentException">
    /// The frequency is outside its limits, an R peak is outside the lead or not after the one before, or <paramref name="which"/> reaches
    /// outside the R peaks.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The classifier is disposed.</exception>
    public AamiClass[] Classify(ISamples<float> milliVolts, double samplingFrequencyHz, ReadOnlySpan<int> rPeaks, Range which)
    {
        var scores = Scores(milliVolts, samplingFrequencyHz, rPeaks, which);
        var classes = new AamiClass[scores.Length / ClassCounts.Classes];
        for (var i = 0; i < classes.Length; i++)
            classes[i] = Highest(scores.AsSpan(i * ClassCounts.Classes, ClassCounts.Classes));
        return classes;
    }

    /// <summary>Returns the scores of each class, [beats of <paramref name="which"/>, 5]: estimates of weighted probabilities.</summary>
    /// <inheritdoc cref="Classify(ISamples{float}, double, ReadOnlySpan{int}, Range)"/>
    public float[] Scores(ISamples<float> milliVolts, double samplingFrequencyHz, ReadOnlySpan<int> rPeaks, Range which)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        Check(milliVolts.Count, samplingFrequencyHz, rPeaks);
        var (first, count) = which.GetOffsetAndLength(rPeaks.Length);
        var scores = new float[count * ClassCounts.Classes];
        var waveforms = new BeatWaveforms(milliVolts, ResamplerFrom(samplingFrequencyHz), rPeaks);
        var inputs = new float[Math.Min(count, BatchBeats) * ClassifierInput.Length];
        for (var done = 0; done < count; done += BatchBeats)
        {
            var beats = Math.Min(BatchBeats, count - done);
            var batch = inputs.AsSpan(0, beats * ClassifierInput.Length);
            WriteInputs(waveforms, rPeaks, samplingFrequencyHz, first + done, batch);
            AddScores(batch, scores.AsSpan(done * ClassCounts.Classes, beats * ClassCounts.Classes));
        }

        return scores;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        while (_idle.TryTake(out var predictors))
            Dispose(predictors);
    }

    /// <summary>Adds the outputs of all networks.</summary>
    /// <param name="inputs">[B, T, I].</param>
    /// <param name="scores">[B, 5].</param>
    private void AddScores(ReadOnlySpan<float> inputs, Span<float> scores)
    {
        // A predictor is not safe for concurrent calls: each caller takes a set that no other has.
        var predictors = _idle.TryTake(out var idle) ? idle : Create();
        foreach (var predictor in predictors)
            AddScores(predictor, inputs, scores);
        Return(predictors);
    }

    /// <summary>Adds the outputs of a network, averaged over the time steps: every step has seen the whole beat.</summary>
    private static void AddScores(NetworkPredictor predictor, ReadOnlySpan<float> inputs, Span<float> scores)
    {
        var beats = inputs.Length / ClassifierInput.Length;
        var outputs = new float[beats * ClassifierInput.Steps * ClassCounts.Classes];
        predictor.Predict(inputs, beats, ClassifierInput.Steps, outputs);
        for (var i = 0; i < outputs.Length; i++)
        {
            var beat = i / (ClassifierInput.Steps * ClassCounts.Classes);
            scores[(beat * ClassCounts.Classes) + (i % ClassCounts.Classes)] += outputs[i] / ClassifierInput.Steps;
        }
    }

    private static void WriteInputs(
        BeatWaveforms waveforms, ReadOnlySpan<int> rPeaks, double samplingFrequencyHz, int first, Span<float> batch)
    {
        Span<float> typical = stackalloc float[BeatWaveforms.Length];
        Span<float> rhythm = stackalloc float[BeatRhythm.Count];
        for (var i = 0; i < batch.Length / ClassifierInput.Length; i++)
        {
            waveforms.Typical(first + i, typical);
            BeatRhythm.Write(rPeaks, samplingFrequencyHz, first + i, rhythm);
            ClassifierInput.Write(
                waveforms.Window(first + i), typical, rhythm, batch.Slice(i * ClassifierInput.Length, ClassifierInput.Length));
        }
    }

    private static AamiClass Highest(ReadOnlySpan<float> scores)
    {
        var best = 0;
        for (var i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best])
                best = i;
        }

        return (AamiClass)best;
    }

    private static void Check(long samples, double samplingFrequencyHz, ReadOnlySpan<int> rPeaks)
    {
        if (samplingFrequencyHz is not (>= MinimumSamplingFrequencyHz and <= MaximumSamplingFrequencyHz))
        {
            throw new ArgumentException(
                $"The sampling frequency is {samplingFrequencyHz} Hz; expected {MinimumSamplingFrequencyHz} to "
                + $"{MaximumSamplingFrequencyHz}.",
                nameof(samplingFrequencyHz));
        }

        var last = -1;
        for (var i = 0; i < rPeaks.Length; i++)
        {
            if (rPeaks[i] <= last || rPeaks[i] >= samples)
            {
                throw new ArgumentException(
                    $"R peak {i} is at sample {rPeaks[i]}; expected one after {last} and before {samples}, the lead's end.",
                    nameof(rPeaks));
            }

            last = rPeaks[i];
        }
    }

    // Its design takes longer than the use on one beat.
    private Resampler ResamplerFrom(double hz) => _resamplers.GetOrAdd(hz, from => new Resampler(from, BeatWaveforms.FrequencyHz));

    // One thread each: the callers are parallel.
    private NetworkPredictor[] Create() => [.. _file.Members.Select(weights => new NetworkPredictor(_file.Network, weights, threads: 1))];

    private void Return(NetworkPredictor[] predictors)
    {
        _idle.Add(predictors);
        // Disposed meanwhile: nobody else would free them.
        if (_isDisposed)
            Dispose();
    }

    private static void Dispose(NetworkPredictor[] predictors)
    {
        foreach (var predictor in predictors)
            predictor.Dispose();
    }
}
