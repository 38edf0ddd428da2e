using EcgRecovery.Beats;
using EcgRecovery.Neural;
using EcgRecovery.Neural.Training;
using EcgRecovery.Recovery.Beats.Model;
using EcgRecovery.Recovery.Beats.Neighbours;
using EcgRecovery.Recovery.Training;
using EcgRecovery.Signals;

namespace EcgRecovery.Recovery.Beats.Training;

/// <summary>The training run of the beat model: one network per fold, trained without its fold, all on the same gaps.</summary>
/// <remarks>
/// The networks train concurrently, one thread each, so that the result does not depend on the number of threads. Each network's
/// recoveries of its held-out records give the learning curve's validation loss and calibrate the intervals.
/// </remarks>
internal sealed class EnsembleRun : IBeatTrainingRun
{
    private const int Length = HeartbeatSet.BeatLength;
    private const int Outputs = BeatChannels.Outputs;

    /// <summary>Maximum norm of the gradients, so that a batch of unusual beats cannot change the weights too much.</summary>
    private const float ClipNorm = 1f;

    /// <summary>λ of the locally linear estimate: 3 suits unseen patients, 1 patients of the library.</summary>
    private const double RidgeForOthers = 3, RidgeForSame = 1;

    private const int MaximumValidationRows = 12_000;
    private const int ValidationBatch = 256;

    /// <summary>The longest run of every bin of the calibration: 0.13, 0.23 and 0.4 s at 120 Hz, and all longer ones.</summary>
    private static readonly int[] s_calibrationRuns = [15, 28, 48, Length];

    // Separate random sequences: none depends on how many numbers another has drawn.
    private const ulong GapStream = 1, OrderStream = 2, StretchStream = 3, ValidationStream = 4, WeightStream = 5;

    private readonly HeartbeatSet _set;
    private readonly BeatModelTraining _options;
    private readonly TrainingFolds _folds;
    private readonly EnsembleCard _card;
    private readonly BeatLibrary? _library;
    private readonly EvidenceFinder? _finder;
    private readonly int[] _libraryGroups;
    private readonly NetworkTrainer[] _members;
    private readonly int[][] _rowsOfMember;
    private readonly List<EpochResult> _curve = [];
    private ValidationBeats? _validation;

    public EnsembleRun(HeartbeatSet whole, BeatModelTraining options, TrainingState? resumed)
    {
        int[] rows = [.. Enumerable.Range(0, whole.Count).Where(row => whole.RealLength(row) >= EpochGaps.MinimumSignal)];
        _set = whole.Select(rows);
        _options = options;
        _folds = new TrainingFolds(_set, rows, options.Folds, options.SamePatients);
        RefuseTooFew(whole);
        _card = new EnsembleCard(_folds.Count, options.Views, _folds.ByRecord ? RidgeForOthers : RidgeForSame, _folds.HeldOut);
        _library = _card.HasLibrary ? BeatLibrary.Thin(_set, options.LibraryRows) : null;
        _finder = _library is null ? null : new EvidenceFinder(_library, _card.Ridge, options.Threads);
        _libraryGroups = [.. EvenRows.Of(_set.Count, options.LibraryRows).Select(row => _folds.Group[row])];
        RefuseOneGroup();
        _rowsOfMember = [.. Enumerable.Range(0, _folds.Count).Select(RowsWithout)];
        _members = [.. Enumerable.Range(0, _folds.Count).Select(member => Member(member, resumed))];
        if (resumed is null)
            return;
        if (resumed.Networks.Count != _members.Length)
            throw new InvalidDataException($"The checkpoint holds {resumed.Networks.Count} networks; expected {_members.Length}.");
        for (var member = 0; member < _members.Length; member++)
            _members[member].ImportOptimizer(resumed.Networks[member].Optimizer);
        _curve.AddRange(resumed.Curve);
    }

    public IReadOnlyList<EpochResult> Curve => _curve;

    public bool IsOver => _curve.Count >= _options.Epochs;

    private int BeatsOfEpoch => _rowsOfMember.Sum(rows => rows.Length);

    public void Epoch(Action<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var epoch = _curve.Count + 1;
        var random = Sequence(GapStream, epoch);
        var gaps = new EpochGaps(random, _options.FocusGap);
        var excluded = new ExcludedGroups(_libraryGroups, _folds.Group);
        var examples = new EnsembleExamples(_set, gaps, random, _finder, excluded, cancellationToken);
        var (losses, rates) = (new double[_members.Length], new double[_members.Length]);
        var report = new EpochReporter(progress, epoch, _options.Epochs, BeatsOfEpoch);
        ForEachMember(
            member => (losses[member], rates[member]) = Train(member, epoch, examples, report, cancellationToken),
            cancellationToken);

        var result = new EpochResult(epoch, losses.Sum() / BeatsOfEpoch, Validation(cancellationToken).MeanLoss, rates[0]);
        TrainingDivergence.Refuse(result, hasValidation: true, _members, _options.LearningRate);
        _curve.Add(result);
        progress?.Invoke(new TrainingProgress(epoch, _options.Epochs, BeatsOfEpoch, BeatsOfEpoch, result.Loss, result));
    }

    public TrainingState State() => new(
        [.. _members.Select(member => new NetworkState(member.ExportWeights(), member.ExportOptimizer(), BestWeights: null))],
        [.. _curve]);

    public BeatModelFile Finish(BeatModelCard card, CancellationToken cancellationToken)
    {
        var ensemble = _card with { Interval = IntervalCalibration.Learn(Validation(cancellationToken).Samples, s_calibrationRuns) };
        return new BeatModelFile(
            card with { Ensemble = ensemble, Network = _options.NetworkOf(0) },
            EnsembleTensors.Join([.. _members.Select(member => member.ExportWeights())], _library));
    }

    public void Dispose()
    {
        foreach (var member in _members)
            member.Dispose();
    }

    private int[] RowsWithout(int fold) => [.. Enumerable.Range(0, _set.Count).Where(row => _folds.FoldOfRow[row] != fold)];

    private NetworkTrainer Member(int member, TrainingState? resumed)
    {
        var network = _options.NetworkOf(member);
        var weights = resumed?.Networks.ElementAtOrDefault(member)?.Weights
            ?? NetworkInitializer.Initialize(network, Sequence(WeightStream, member).NextUInt64());
        return new NetworkTrainer(network, weights, threads: 1, new AdamOptions(ClipNorm: ClipNorm), new EstimateAndQuantilesLoss());
    }

    /// <summary>Trains one member for one epoch. Returns the sum of its rows' losses and the last learning rate.</summary>
    private (double Loss, double Rate) Train(
        int member, int epoch, EnsembleExamples examples, EpochReporter report, CancellationToken cancellationToken)
    {
        var order = (int[])_rowsOfMember[member].Clone();
        Sequence(OrderStream, epoch, member).Shuffle(order);
        var stretches = Sequence(StretchStream, epoch, member);
        var batch = new EnsembleBatch(Math.Min(_options.BatchSize, order.Length), _options.Views.SeesLibrary(member));
        var (example, stretch) = (new BeatExample(), new BeatStretch());
        var updates = (order.Length + _options.BatchSize - 1) / _options.BatchSize;
        var update = (epoch - 1L) * updates;
        double loss = 0, rate = 0;
        for (var first = 0; first < order.Length; first += _options.BatchSize, update++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(_options.BatchSize, order.Length - first);
            for (var i = 0; i < count; i++)
            {
                examples.Load(order[first + i], example);
                stretch.Apply(example, stretches);
                batch.Set(i, example);
            }

            rate = LearningRates.At(_options.Schedule, _options.LearningRate, update, (long)_options.Epochs * updates);
            var mean = _members[member].Step(batch.Input(count), batch.Target(count), batch.Weights(count), count, Length, rate);
            loss += count * mean;
            report.Done(count, mean);
        }

        return (loss, rate);
    }

    /// <summary>Returns the mean RMSE of every member on its held-out records, and the samples for the calibration.</summary>
    /// <remarks>The beats and gaps are the same every time.</remarks>
    private (double MeanLoss, IReadOnlyList<CalibrationSample> Samples) Validation(CancellationToken cancellationToken)
    {
        _validation ??= new ValidationBeats(this, cancellationToken);
        var errors = new double[_validation.Rows.Length];
        var samples = new List<CalibrationSample>[_members.Length];
        ForEachMember(member => samples[member] = Validate(member, _validation, errors, cancellationToken), cancellationToken);
        return (errors.Average(), [.. samples.SelectMany(s => s)]);
    }

    private List<CalibrationSample> Validate(int member, ValidationBeats beats, double[] errors, CancellationToken cancellationToken)
    {
        var samples = new List<CalibrationSample>();
        var seesLibrary = _options.Views.SeesLibrary(member);
        var (batch, example) = (new EnsembleBatch(ValidationBatch, seesLibrary), new BeatExample());
        var output = new float[ValidationBatch * Length * Outputs];
        int[] own = [.. Enumerable.Range(0, beats.Rows.Length).Where(i => _folds.FoldOfRow[beats.Rows[i]] == member)];
        foreach (var chunk in own.Chunk(ValidationBatch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < chunk.Length; i++)
            {
                beats.Examples.Load(chunk[i], example);
                batch.Set(i, example);
            }

            const int values = Length * Outputs;
            _members[member].Predict(batch.Input(chunk.Length), chunk.Length, Length, output.AsSpan(0, chunk.Length * values));
            for (var i = 0; i < chunk.Length; i++)
            {
                var group = _folds.Group[beats.Rows[chunk[i]]];
                errors[chunk[i]] = beats.Score(chunk[i], group, seesLibrary, output.AsSpan(i * values, values), samples);
            }
        }

        return samples;
    }

    private void ForEachMember(Action<int> action, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = _options.Threads, CancellationToken = cancellationToken };
        Parallel.For(0, _members.Length, options, action);
    }

    /// <summary>Throws if all rows of the library belong to one record: it would give no evidence for that record's beats.</summary>
    private void RefuseOneGroup()
    {
        if (_finder is not null && _libraryGroups.Distinct().Count() < 2)
        {
            throw new InvalidDataException(
                $"The library's {_libraryGroups.Length} rows are all of one record; "
                + "expected rows of at least two: give more library rows.");
        }
    }

    private void RefuseTooFew(HeartbeatSet whole)
    {
        if (_folds.Count < 2)
        {
            throw new InvalidDataException(
                $"{_set.Count} of {whole.Count} rows have {EpochGaps.MinimumSignal} samples of signal; expected at least 2.");
        }

        var outside = whole.Samples.AsSpan().IndexOfAnyExceptInRange(0f, 1f);
        if (outside >= 0)
        {
            throw new InvalidDataException(
                $"Row {outside / Length} (counted from 0) has {whole.Samples[outside]} at sample {outside % Length}; "
                + "expected beats scaled to 0…1.");
        }
    }

    private SeededRandom Sequence(ulong stream, params ReadOnlySpan<int> numbers)
    {
        var random = new SeededRandom(_options.Seed).Fork(stream);
        foreach (var number in numbers)
            random = random.Fork((ulong)number);
        return random;
    }

    /// <summary>Evenly spaced rows with the same gaps for the whole run.</summary>
    private sealed class ValidationBeats
    {
        public ValidationBeats(EnsembleRun run, CancellationToken cancellationToken)
        {
            Rows = EvenRows.Of(run._set.Count, MaximumValidationRows);
            var random = run.Sequence(ValidationStream);
            Examples = new EnsembleExamples(
                run._set.Select(Rows),
                new EpochGaps(random, run._options.FocusGap),
                random,
                run._finder,
                new ExcludedGroups(run._libraryGroups, [.. Rows.Select(row => run._folds.Group[row])]),
                cancellationToken);
            RealLengths = [.. Rows.Select(run._set.RealLength)];
        }

        public int[] Rows { get; }

        public EnsembleExamples Examples { get; }

        private int[] RealLengths { get; }

        /// <summary>Returns the RMSE over one whole beat; adds its real missing samples to the list.</summary>
        public double Score(int i, int group, bool seesLibrary, ReadOnlySpan<float> output, List<CalibrationSample> samples)
        {
            var truth = Examples.Truth(i);
            var broken = Examples.Broken(i);
            var sum = 0.0;
            foreach (var run in MissingRuns.Of(broken))
            {
                for (var t = (int)run.Start; t < run.End; t++)
                {
                    var start = Examples.Base(i, t, seesLibrary);
                    var (estimate, lower, upper) = (output[t * Outputs], output[(t * Outputs) + 1], output[(t * Outputs) + 2]);
                    var error = (double)start + estimate - truth[t];
                    sum += error * error;
                    if (t >= RealLengths[i])
                        continue;
                    samples.Add(new CalibrationSample(
                        group, (int)run.Length, truth[t], Estimate: start + estimate, Lower: start + lower, Upper: start + upper));
                }
            }

            return Math.Sqrt(sum / Length);
        }
    }
}
