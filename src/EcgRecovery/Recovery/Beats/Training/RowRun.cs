using EcgRecovery.Beats;
using EcgRecovery.Neural;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Training;
using EcgRecovery.Recovery.Beats.Model;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Recovery.Beats.Training;

/// <summary>The training run of one network that sees only the row, as Keras' <c>fit</c>.</summary>
internal sealed class RowRun : IBeatTrainingRun
{
    private const int Length = HeartbeatSet.BeatLength;
    private const int ValidationBatch = 512;

    // Separate random sequences: the gaps of an epoch do not depend on the number of rows shuffled before.
    private const ulong OrderStream = 1;
    private const ulong GapStream = 2;
    private const ulong ValidationGapStream = 3;

    private static readonly MeanSquaredError s_loss = new();
    private readonly HeartbeatSet _set;
    private readonly AutoencoderTraining _options;
    private readonly NetworkTrainer _trainer;
    private readonly int _trainingRows;
    private readonly long _updatesPerEpoch;
    private readonly List<EpochResult> _curve = [];
    private readonly float[] _input;
    private readonly float[] _target;
    private readonly float[] _lossWeights;
    private IReadOnlyList<WeightTensor>? _best;

    public RowRun(HeartbeatSet set, AutoencoderTraining options, NetworkSpec network, TrainingState? resumed)
    {
        _set = set;
        _options = options;
        _trainingRows = options.TrainingRows(set.Count);
        _updatesPerEpoch = ((long)_trainingRows + options.BatchSize - 1) / options.BatchSize;
        var weights = resumed?.Networks[0].Weights ?? NetworkInitializer.Initialize(network, options.Seed);
        _trainer = new NetworkTrainer(network, weights, options.Threads, loss: s_loss);
        var rows = Math.Max(Math.Min(options.BatchSize, _trainingRows), ValidationBatch);
        _input = new float[rows * Length];
        _target = new float[rows * Length];
        _lossWeights = options.Masked ? new float[rows * Length] : [];
        if (resumed is null)
            return;
        _trainer.ImportOptimizer(resumed.Networks[0].Optimizer);
        _curve.AddRange(resumed.Curve);
        _best = resumed.Networks[0].BestWeights;
    }

    public IReadOnlyList<EpochResult> Curve => _curve;

    // All epochs are done, or patience is exhausted.
    public bool IsOver => _curve.Count >= _options.Epochs || (_options.Patience > 0 && _curve.Count - BestEpoch >= _options.Patience);

    private int BestEpoch => _curve.Count == 0 ? 0 : _curve.MinBy(e => e.ValidationLoss)!.Epoch;

    public void Epoch(Action<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var epoch = _curve.Count + 1;
        var order = new int[_trainingRows];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Sequence(OrderStream, epoch).Shuffle(order);
        var gaps = Sequence(GapStream, epoch);

        double lossSum = 0, rate = 0;
        var update = (epoch - 1) * _updatesPerEpoch;
        for (var first = 0; first < order.Length; first += _options.BatchSize, update++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = order.AsSpan(first, Math.Min(_options.BatchSize, order.Length - first));
            Load(rows, gaps);
            rate = LearningRates.At(_options.Schedule, _options.LearningRate, update, _options.Epochs * _updatesPerEpoch);
            var values = rows.Length * Length;
            var weights = _lossWeights.AsSpan(0, Math.Min(values, _lossWeights.Length));
            lossSum += rows.Length * _trainer.Step(_input.AsSpan(0, values), _target.AsSpan(0, values), weights, rows.Length, Length, rate);
            var done = first + rows.Length;
            progress?.Invoke(new TrainingProgress(epoch, _options.Epochs, done, order.Length, lossSum / done, null));
        }

        var result = new EpochResult(epoch, lossSum / order.Length, Validate(cancellationToken), rate);
        TrainingDivergence.Refuse(result, _trainingRows < _set.Count, [_trainer], _options.LearningRate);
        _curve.Add(result);
        if (_options.Patience > 0 && BestEpoch == epoch)
            _best = _trainer.ExportWeights();
        progress?.Invoke(new TrainingProgress(epoch, _options.Epochs, order.Length, order.Length, result.Loss, result));
    }

    public TrainingState State() => new([new NetworkState(_trainer.ExportWeights(), _trainer.ExportOptimizer(), _best)], [.. _curve]);

    // The last epoch's weights; with patience, the best epoch's.
    public BeatModelFile Finish(BeatModelCard card, CancellationToken cancellationToken) => new(card, _best ?? _trainer.ExportWeights());

    public void Dispose() => _trainer.Dispose();

    private SeededRandom Sequence(ulong stream, int epoch) => new SeededRandom(_options.Seed).Fork(stream).Fork((ulong)epoch);

    /// <summary>Copies rows into the batch; with masked training, draws their gaps.</summary>
    private void Load(ReadOnlySpan<int> rows, SeededRandom gaps)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var beat = _set[rows[i]];
            beat.CopyTo(_input.AsSpan(i * Length, Length));
            beat.CopyTo(_target.AsSpan(i * Length, Length));
            if (!_options.Masked)
                continue;
            var gap = TrainingGaps.Draw(gaps, _options.FocusGap, _set.RealLength(rows[i]));
            _input.AsSpan(i * Length, Length)[gap.ToRange()].Fill(BeatInput.MissingWhenMasked);
            var weights = _lossWeights.AsSpan(i * Length, Length);
            weights.Clear();
            weights[gap.ToRange()].Fill(1f);
        }
    }

    /// <summary>Returns the loss over the held-out rows; with masked training, with the same gaps every epoch.</summary>
    private double Validate(CancellationToken cancellationToken)
    {
        var held = _set.Count - _trainingRows;
        if (held == 0)
            return double.NaN;
        var gaps = Sequence(ValidationGapStream, 0);
        var output = new float[ValidationBatch * Length];
        Span<int> rows = stackalloc int[ValidationBatch];
        double errors = 0, weights = 0;
        for (var first = _trainingRows; first < _set.Count; first += ValidationBatch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(ValidationBatch, _set.Count - first);
            for (var i = 0; i < count; i++)
                rows[i] = first + i;
            Load(rows[..count], gaps);
            var values = count * Length;
            _trainer.Predict(_input.AsSpan(0, values), count, Length, output.AsSpan(0, values));
            for (var i = 0; i < values; i++)
            {
                var weight = _options.Masked ? _lossWeights[i] : 1f;
                errors += weight * s_loss.Value(output[i] - _target[i]);
                weights += weight;
            }
        }

        return errors / weights;
    }
}
