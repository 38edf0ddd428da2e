using EcgRecovery.Neural;
using EcgRecovery.Neural.Training;
using EcgRecovery.Recovery.Records.Model;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Recovery.Records.Training;

/// <summary>The training run of the record model: one network per fold of patients, trained without its fold.</summary>
/// <remarks>
/// The networks train concurrently, one thread each, so that the result does not depend on the number of threads. Each network's
/// predictions for its held-out patients give the learning curve's validation loss, and calibrate the intervals.
/// </remarks>
internal sealed class RecordTrainingRun : ITrainingRun
{
    private const int ValidationBatch = 64;

    // Separate random sequences: none depends on how many numbers another has drawn.
    private const ulong OrderStream = 1, ChangeStream = 2, WeightStream = 3;

    private readonly IReadOnlyList<TrainingGap> _gaps;
    private readonly RecordTrainingOptions _options;
    private readonly PatientFolds _folds;
    private readonly NetworkTrainer[] _members;
    private readonly int[][] _gapsOfMember;
    private readonly int[][] _heldOutOfMember;
    private readonly List<EpochResult> _curve = [];

    /// <param name="gaps">The gaps of all patients.</param>
    /// <param name="folds">The folds of the patients.</param>
    /// <param name="options">The options.</param>
    /// <param name="resumed">The state to continue from; null for a new run.</param>
    /// <exception cref="InvalidDataException">
    /// A fold has no gaps, or all have; or the state is of another number of networks.
    /// </exception>
    public RecordTrainingRun(IReadOnlyList<TrainingGap> gaps, PatientFolds folds, RecordTrainingOptions options, TrainingState? resumed)
    {
        (_gaps, _folds, _options) = (gaps, folds, options);
        _gapsOfMember = GapsWhere((fold, member) => fold != member);
        _heldOutOfMember = GapsWhere((fold, member) => fold == member);
        RefuseEmptyFolds();
        if (resumed is not null && resumed.Networks.Count != folds.Count)
            throw new InvalidDataException($"The checkpoint holds {resumed.Networks.Count} networks; expected {folds.Count}.");
        _members = [.. Enumerable.Range(0, folds.Count).Select(member => Member(member, resumed?.Networks[member]))];
        _curve.AddRange(resumed?.Curve ?? []);
    }

    /// <inheritdoc/>
    public IReadOnlyList<EpochResult> Curve => _curve;

    /// <inheritdoc/>
    public bool IsOver => _curve.Count >= _options.Epochs;

    private int GapsOfEpoch => _gapsOfMember.Sum(gaps => gaps.Length);

    /// <inheritdoc/>
    public void Epoch(Action<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var epoch = _curve.Count + 1;
        var (losses, rates) = (new double[_members.Length], new double[_members.Length]);
        var report = new EpochReporter(progress, epoch, _options.Epochs, GapsOfEpoch);
        ForEachMember(member => (losses[member], rates[member]) = Train(member, epoch, report, cancellationToken), cancellationToken);
        var validation = Predict((gap, outputs) => RootMeanSquare(gap, outputs), cancellationToken).Average(gap => gap.Value);
        var result = new EpochResult(epoch, losses.Sum() / GapsOfEpoch, validation, rates[0]);
        TrainingDivergence.Refuse(result, hasValidation: true, _members, _options.LearningRate);
        _curve.Add(result);
        progress?.Invoke(new TrainingProgress(epoch, _options.Epochs, GapsOfEpoch, GapsOfEpoch, result.Loss, result));
    }

    /// <inheritdoc/>
    public TrainingState State() => new(
        [.. _members.Select(member => new NetworkState(member.ExportWeights(), member.ExportOptimizer(), BestWeights: null))],
        [.. _curve]);

    /// <summary>Returns the current model, calibrated, without the parts of its card that the run does not know.</summary>
    /// <param name="cancellationToken">Ends long work with <see cref="OperationCanceledException"/>.</param>
    public RecordModelFile Finish(CancellationToken cancellationToken)
    {
        var calibrator = new RecordCalibrator(_options.Levels);
        foreach (var (gap, outputs) in Predict((_, outputs) => outputs.ToArray(), cancellationToken))
            calibrator.Add(gap, outputs);
        var card = new RecordModelCard(_options.Network, _folds.HeldOut, _options.Levels, calibrator.Learn()) { Curve = [.. _curve] };
        return new RecordModelFile(card, [.. MemberTensors.Join([.. _members.Select(member => member.ExportWeights())])]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var member in _members)
            member.Dispose();
    }

    private static double RootMeanSquare(TrainingGap gap, ReadOnlySpan<float> outputs)
    {
        var (sum, width) = (0.0, outputs.Length / gap.Residual.Length);
        for (var c = 0; c < gap.Residual.Length; c++)
        {
            var error = (double)outputs[c * width] - gap.Residual[c];
            sum += error * error;
        }

        return Math.Sqrt(sum / gap.Residual.Length) * gap.Cells.Scale;
    }

    private int[][] GapsWhere(Func<int, int, bool> condition) =>
    [
        .. Enumerable.Range(0, _folds.Count).Select(member =>
            Enumerable.Range(0, _gaps.Count).Where(i => condition(_folds.Of(_gaps[i].Patient), member)).ToArray()),
    ];

    private void RefuseEmptyFolds()
    {
        for (var member = 0; member < _folds.Count; member++)
        {
            if (_heldOutOfMember[member].Length == 0 || _gapsOfMember[member].Length == 0)
            {
                throw new InvalidDataException(
                    $"Of {_gaps.Count} gaps, {_heldOutOfMember[member].Length} are of recordings {_folds.HeldOut[member]}; "
                    + "expected some of these and some of others: give longer recordings.");
            }
        }
    }

    private NetworkTrainer Member(int member, NetworkState? resumed)
    {
        var network = _options.Network;
        var weights = resumed?.Weights ?? NetworkInitializer.Initialize(network, Sequence(WeightStream, member).NextUInt64());
        var trainer = new NetworkTrainer(
            network,
            weights,
            threads: 1,
            new AdamOptions(ClipNorm: RecordTrainingOptions.ClipNorm),
            new EstimateAndQuantilesLoss(_options.Levels, quantileWeight: _options.QuantileWeight));
        if (resumed is not null)
            trainer.ImportOptimizer(resumed.Optimizer);
        return trainer;
    }

    /// <summary>Trains one member for one epoch. Returns the sum of its gaps' losses and the last learning rate.</summary>
    private (double Loss, double Rate) Train(int member, int epoch, EpochReporter report, CancellationToken cancellationToken)
    {
        var batches = Batches(member, epoch);
        var changes = Sequence(ChangeStream, epoch, member);
        var batch = new GapBatch(_options.OutputsPerCell);
        var update = (epoch - 1L) * batches.Length;
        double loss = 0, rate = 0;
        foreach (var gaps in batches)
        {
            cancellationToken.ThrowIfCancellationRequested();
            batch.Set(gaps, () => GapAugmentation.Draw(changes));
            rate = _options.LearningRateAt(update++, (long)_options.Epochs * batches.Length);
            var mean = _members[member].Step(batch.Input, batch.Target, batch.Weights, batch.Count, batch.Steps, rate);
            loss += batch.Count * mean;
            report.Done(batch.Count, mean);
        }

        return (loss, rate);
    }

    /// <summary>Returns the batches of an epoch, each of gaps of one number of time steps; as many in every epoch.</summary>
    private TrainingGap[][] Batches(int member, int epoch)
    {
        var random = Sequence(OrderStream, epoch, member);
        var order = (int[])_gapsOfMember[member].Clone();
        random.Shuffle(order);
        var alike = order.Select(i => _gaps[i]).GroupBy(gap => gap.Cells.Steps);
        var batches = alike.SelectMany(gaps => gaps.Chunk(_options.BatchSize)).ToArray();
        int[] place = [.. Enumerable.Range(0, batches.Length)];
        random.Shuffle(place);
        return Array.ConvertAll(place, i => batches[i]);
    }

    /// <summary>Returns for every gap what is made of the outputs of the member that was not trained on its patient.</summary>
    /// <param name="make">Takes a gap and [cells of the gap, outputs of a cell].</param>
    /// <param name="cancellationToken">Cancels between batches.</param>
    private (TrainingGap Gap, T Value)[] Predict<T>(Func<TrainingGap, ReadOnlySpan<float>, T> make, CancellationToken cancellationToken)
    {
        var made = new (TrainingGap, T)[_gaps.Count];
        ForEachMember(
            member =>
            {
                var batch = new GapBatch(_options.OutputsPerCell);
                foreach (var alike in _heldOutOfMember[member].GroupBy(i => _gaps[i].Cells.Steps))
                {
                    foreach (var chunk in alike.Chunk(ValidationBatch))
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        Predict(member, batch, chunk, (i, outputs) => made[i] = (_gaps[i], make(_gaps[i], outputs)));
                    }
                }
            },
            cancellationToken);
        return made;
    }

    private void Predict(int member, GapBatch batch, int[] chunk, Action<int, ReadOnlySpan<float>> take)
    {
        batch.Set(Array.ConvertAll(chunk, i => _gaps[i]), () => GapAugmentation.None);
        var output = new float[batch.Count * batch.OutputsOfGap];
        _members[member].Predict(batch.Input, batch.Count, batch.Steps, output);
        for (var b = 0; b < chunk.Length; b++)
        {
            var cells = _gaps[chunk[b]].Cells;
            var width = _options.OutputsPerCell;
            take(chunk[b], output.AsSpan((b * batch.OutputsOfGap) + (cells.Before * width), cells.Inside * width));
        }
    }

    private void ForEachMember(Action<int> action, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = _options.Threads, CancellationToken = cancellationToken };
        Parallel.For(0, _members.Length, options, action);
    }

    private SeededRandom Sequence(ulong stream, params ReadOnlySpan<int> numbers)
    {
        var random = new SeededRandom(_options.Seed).Fork(stream);
        foreach (var number in numbers)
            random = random.Fork((ulong)number);
        return random;
    }
}
