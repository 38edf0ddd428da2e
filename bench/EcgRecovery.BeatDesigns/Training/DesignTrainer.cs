using EcgRecovery.BeatDesigns.Designs;
using EcgRecovery.BeatDesigns.Losses;
using EcgRecovery.Neural;
using EcgRecovery.Records;

namespace EcgRecovery.BeatDesigns.Training;

/// <summary>Trains one design, update by update.</summary>
internal sealed class DesignTrainer : IDisposable
{
    private const int Length = HeartbeatSet.BeatLength;
    private const int Batch = 32;
    private const float ClipNorm = 1;

    /// <summary>Decay is taken in steps of so many updates.</summary>
    private const int DecayInterval = 100;

    private readonly Design _design;
    private readonly int _threads;
    private readonly SeededRandom _random;
    private readonly NetworkInputs _inputs;
    private readonly int _beatCount;
    private readonly float[] _input;
    private readonly float[] _target;
    private readonly float[] _weights;
    private readonly float[] _residualBase = new float[Length];
    private readonly WeightAverage? _average;
    private NetworkTrainer _trainer;

    /// <param name="design">The design.</param>
    /// <param name="beats">What it trains on.</param>
    /// <param name="threads">At once; no value depends on it.</param>
    public DesignTrainer(Design design, BrokenBeats beats, int threads)
    {
        (_design, _threads) = (design, threads);
        _random = new SeededRandom(design.Seed).Fork(7);
        _trainer = NewTrainer(NetworkInitializer.Initialize(design.Spec, design.Seed));
        _inputs = new NetworkInputs(design, beats);
        _beatCount = beats.Broken.Length;
        _input = new float[Batch * Length * design.InputCount];
        _target = new float[Batch * Length * design.OutputCount];
        _weights = new float[_target.Length];
        _average = design.AveragesWeights ? new WeightAverage() : null;
    }

    /// <summary>All updates of the training.</summary>
    public int Updates => _design.TrainingBeats / Batch;

    /// <summary>Updates done.</summary>
    public int Done { get; private set; }

    /// <summary>Beats seen.</summary>
    public int SeenBeats => Done * Batch;

    /// <summary>A copy of the weights as they stand.</summary>
    public IReadOnlyList<WeightTensor> Weights => _trainer.ExportWeights();

    /// <summary>The average of the weights; null where the design asks for none.</summary>
    public IReadOnlyList<WeightTensor>? AveragedWeights => _average?.Weights;

    /// <summary>One update.</summary>
    /// <returns>The batch's loss before it.</returns>
    public double Step()
    {
        int inputs = Length * _design.InputCount, outputs = Length * _design.OutputCount;
        for (var i = 0; i < Batch; i++)
        {
            // Pass after pass in the order in which the gaps were drawn.
            var item = ((Done * Batch) + i) % _beatCount;
            _inputs.Write(
                item, _random, _input.AsSpan(i * inputs, inputs), _target.AsSpan(i * outputs, outputs), _weights.AsSpan(i * outputs, outputs), _residualBase);
        }

        var rate = LearningRates.At(LearningRateSchedule.Cosine, _design.LearningRate, Done, Updates);
        var loss = _trainer.Step(_input, _target, _weights, Batch, Length, rate);
        if (Done % WeightAverage.Interval == 0 && Done > Updates / WeightAverage.SkippedPart)
            _average?.Add(_trainer.ExportWeights());
        Done++;
        if (_design.WeightDecay > 0 && Done % DecayInterval == 0)
            Decay(rate);
        return loss;
    }

    /// <inheritdoc/>
    public void Dispose() => _trainer.Dispose();

    /// <summary>θ ← (1 − 100·lr·decay)·θ of all but biases, Adam's state untouched. Source: Loshchilov and Hutter 2019, arXiv:1711.05101.</summary>
    private void Decay(double rate)
    {
        var state = _trainer.ExportOptimizer();
        var factor = (float)(1 - (rate * DecayInterval * _design.WeightDecay));
        List<WeightTensor> weights =
        [
            .. _trainer.ExportWeights().Select(tensor =>
                tensor.Name.EndsWith("bias", StringComparison.Ordinal) ? tensor : tensor with { Values = [.. tensor.Values.Select(v => v * factor)] }),
        ];
        _trainer.Dispose();
        _trainer = NewTrainer(weights);
        _trainer.ImportOptimizer(state);
    }

    private NetworkTrainer NewTrainer(IReadOnlyList<WeightTensor> weights) =>
        new(_design.Spec, weights, _threads, new AdamOptions(ClipNorm: ClipNorm), LossFunction.Of(LaneLoss.Of(_design)));
}
