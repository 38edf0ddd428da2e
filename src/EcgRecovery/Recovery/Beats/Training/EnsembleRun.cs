using EcgRecovery.Beats;
using EcgRecovery.Neural;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Training;
using EcgRecovery.Recovery.Beats.Model;
using EcgRecovery.Recovery.Beats.Neighbours;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Recovery.Beats.Training;

/// <summary>Trains a <c>beat</c> model: as many networks as there are folds, each without the records of its own, all on the same gaps.</summary>
/// <remarks>
/// The networks train side by side, one thread each, so no result depends on how many threads there are. What a network says of the records
/// that it has not seen is the learning curve's validation loss, and calibrates the intervals.
/// </remarks>
internal sealed class EnsembleRun : ITrainingRun
{
    private const int Length = HeartbeatSet.BeatLength;

    /// <summary>Gradients are clipped to this norm: a batch of wild beats must not throw the weights far off.</summary>
    private const float ClipNorm = 1f;

    /// <summary>λ of the locally linear estimate: 3 suits patients never seen, 1 patients that the library holds.</summary>
    private const double RidgeForOthers = 3, RidgeForSame = 1;

    private const int MaximumValidationRows = 12_000;
    private const int ValidationBatch = 256;

    // Separate random sequences: what one draws does not depend on how much another drew before.
    private const ulong GapStream = 1, OrderStream = 2, StretchStream = 3, ValidationStream = 4, WeightStream = 5;

    private readonly HeartbeatSet _set;
    private readonly BeatTrainingOptions _options;
    private readonly TrainingFolds _folds;
    private readonly EnsembleCard _card;
    private readonly BeatLibrary? _library;
    private readonly EvidenceFinder? _finder;
    private readonly int[] _libraryGroups;
    private readonly NetworkTrainer[] _members;
    private readonly int[][] _rowsOfMember;
    private readonly List<EpochResult> _curve = [];
    private ValidationBeats? _validation;

    public EnsembleRun(HeartbeatSet whole, BeatTrainingOptions options, NetworkSpec network, TrainingState? resumed)
    {
        int[] rows = [.. Enumerable.Range(0, whole.Count).Where(row => whole.RealLength(row) >= EpochGaps.MinimumSignal)];
        _set = whole.Select(rows);
        _options = options;
        _folds = new TrainingFolds(_set, rows, options.Folds, options.SamePatients);
        RefuseTooFew(whole);
        _card = new EnsembleCard(_folds.Count, options.Views, _folds.ByRecord ? RidgeForOthers : RidgeForSame, _folds.LeftOut);
        _library = _card.HasLibrary ? BeatLibrary.Thin(_set, options.LibraryRows) : null;
        _finder = _library is null ? null : new EvidenceFinder(_library, _card.Ridge, options.Threads);
        _libraryGroups = [.. BeatLibrary.RowsOf(_set.Count, options.LibraryRows).Select(row => _folds.Group[row])];
        RefuseOneGroup();
        _rowsOfMember = [.. Enumerable.Range(0, _folds.Count).Select(member => Enumerable.Range(0, _set.Count).Where(row => _folds.FoldOfRow[row] != member).ToArray())];
        _members = [.. Enumerable.Range(0, _folds.Count).Select(member => new NetworkTrainer(
            options.Views.NetworkOf(network, member),
            resumed?.Networks.ElementAtOrDefault(member)?.Weights ?? NetworkInitializer.Initialize(options.Views.NetworkOf(network, member), Sequence(WeightStream, member).NextUInt64()),
            threads: 1,
            new AdamOptions(ClipNorm: ClipNorm),
            new EstimateAndIntervalLoss()))];
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
        var examples = new EnsembleExamples(
            _set, new EpochGaps(random, _options.FocusGap), random, _finder, new LeftOut(_libraryGroups, _folds.Group), cancellationToken);
        var (losses, rates) = (new double[_members.Length], new double[_members.Length]);
        var report = new Reporter(progress, epoch, _options.Epochs, BeatsOfEpoch);
        ForEachMember(member => (losses[member], rates[member]) = Train(member, epoch, examples, report, cancellationToken), cancellationToken);

        var result = new EpochResult(epoch, losses.Sum() / BeatsOfEpoch, Validation(cancellationToken).MeanLoss, rates[0]);
        RefuseDivergence(result);
        _curve.Add(result);
        progress?.Invoke(new TrainingProgress(epoch, _options.Epochs, BeatsOfEpoch, BeatsOfEpoch, result.Loss, result));
    }

    public TrainingState State() => new([.. _members.Select(member => new NetworkState(member.ExportWeights(), member.ExportOptimizer(), null))], [.. _curve]);

    public BeatModelFile Finish(BeatModelCard card, CancellationToken cancellationToken)
    {
        var ensemble = _card with { Interval = IntervalCalibration.Learn(Validation(cancellationToken).Samples) };
        return new BeatModelFile(card with { Ensemble = ensemble, Network = _options.Views.NetworkOf(card.Network, 0) }, EnsembleTensors.Join([.. _members.Select(member => member.ExportWeights())], _library));
    }

    public void Dispose()
    {
        foreach (var member in _members)
            member.Dispose();
    }

    /// <summary>One member's epoch. Returns the sum of its rows' losses, and the last learning rate.</summary>
    private (double Loss, double Rate) Train(int member, int epoch, EnsembleExamples examples, Reporter report, CancellationToken cancellationToken)
    {
        var order = (int[])_rowsOfMember[member].Clone();
        Sequence(OrderStream, epoch, member).Shuffle(order);
        var stretches = Sequence(StretchStream, epoch, member);
        var (batch, example, stretch) = (new EnsembleBatch(Math.Min(_options.BatchSize, order.Length), _options.Views.SeesLibrary(member)), new BeatExample(), new BeatStretch());
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

    /// <summary>What every member says of beats of the records that it has not seen; the same beats and gaps every time.</summary>
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
        var (batch, example) = (new EnsembleBatch(ValidationBatch, _options.Views.SeesLibrary(member)), new BeatExample());
        var output = new float[ValidationBatch * Length * BeatChannels.Outputs];
        int[] own = [.. Enumerable.Range(0, beats.Rows.Length).Where(i => _folds.FoldOfRow[beats.Rows[i]] == member)];
        foreach (var chunk in own.Chunk(ValidationBatch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < chunk.Length; i++)
            {
                beats.Examples.Load(chunk[i], example);
                batch.Set(i, example);
            }

            _members[member].Predict(batch.Input(chunk.Length), chunk.Length, Length, output.AsSpan(0, chunk.Length * Length * BeatChannels.Outputs));
            for (var i = 0; i < chunk.Length; i++)
                errors[chunk[i]] = beats.Score(chunk[i], _folds.Group[beats.Rows[chunk[i]]], _options.Views.SeesLibrary(member), output.AsSpan(i * Length * BeatChannels.Outputs, Length * BeatChannels.Outputs), samples);
        }

        return samples;
    }

    private void ForEachMember(Action<int> action, CancellationToken cancellationToken) =>
        Parallel.For(0, _members.Length, new ParallelOptions { MaxDegreeOfParallelism = _options.Threads, CancellationToken = cancellationToken }, action);

    private void RefuseDivergence(EpochResult result)
    {
        var isFinite = double.IsFinite(result.Loss) && double.IsFinite(result.ValidationLoss)
            && _members.All(member => member.ExportWeights().All(tensor => tensor.Values.All(float.IsFinite)));
        if (!isFinite)
        {
            throw new InvalidDataException(
                $"Training diverged in epoch {result.Epoch}: loss or weights are no longer finite; the learning rate is {_options.LearningRate}, expected one low enough to converge.");
        }
    }

    /// <summary>Evenly spaced rows may all be of one record where the others have few: then nothing could be told about that record.</summary>
    private void RefuseOneGroup()
    {
        if (_finder is not null && _libraryGroups.Distinct().Count() < 2)
            throw new InvalidDataException($"The library's {_libraryGroups.Length} rows are all of one record; expected rows of at least two: give more library rows.");
    }

    private void RefuseTooFew(HeartbeatSet whole)
    {
        if (_folds.Count < 2)
            throw new InvalidDataException($"{_set.Count} of {whole.Count} rows have {EpochGaps.MinimumSignal} samples of signal; expected at least 2 to tell about each other.");
        var outside = whole.Samples.AsSpan().IndexOfAnyExceptInRange(0f, 1f);
        if (outside >= 0)
        {
            throw new InvalidDataException(
                $"Row {outside / Length} (counted from 0) has {whole.Samples[outside]} at sample {outside % Length}; expected beats scaled to 0…1.");
        }
    }

    private SeededRandom Sequence(ulong stream, params ReadOnlySpan<int> numbers)
    {
        var random = new SeededRandom(_options.Seed).Fork(stream);
        foreach (var number in numbers)
            random = random.Fork((ulong)number);
        return random;
    }

    /// <summary>A sample of all rows, with gaps that stay the same for the whole run.</summary>
    private sealed class ValidationBeats
    {
        public ValidationBeats(EnsembleRun run, CancellationToken cancellationToken)
        {
            Rows = BeatLibrary.RowsOf(run._set.Count, MaximumValidationRows);
            var random = run.Sequence(ValidationStream);
            Examples = new EnsembleExamples(
                run._set.Select(Rows),
                new EpochGaps(random, run._options.FocusGap),
                random,
                run._finder,
                new LeftOut(run._libraryGroups, [.. Rows.Select(row => run._folds.Group[row])]),
                cancellationToken);
            RealLengths = [.. Rows.Select(run._set.RealLength)];
        }

        public int[] Rows { get; }

        public EnsembleExamples Examples { get; }

        private int[] RealLengths { get; }

        /// <summary>The RMSE over the whole of one beat; its real missing samples are added to the list.</summary>
        public double Score(int i, int group, bool seesLibrary, ReadOnlySpan<float> output, List<CalibrationSample> samples)
        {
            var truth = Examples.Truth(i);
            var broken = Examples.Broken(i);
            var sum = 0.0;
            for (var t = 0; t < Length; t++)
            {
                if (!float.IsNaN(broken[t]))
                    continue;
                var start = Examples.Base(i, t, seesLibrary);
                var said = output.Slice(t * BeatChannels.Outputs, BeatChannels.Outputs);
                var error = (double)start + said[0] - truth[t];
                sum += error * error;
                if (t < RealLengths[i])
                    samples.Add(new CalibrationSample(group, RunLength(broken, t), truth[t], start + said[0], start + said[1], start + said[2]));
            }

            return Math.Sqrt(sum / Length);
        }

        private static int RunLength(ReadOnlySpan<float> broken, int t)
        {
            int start = t, end = t;
            while (start > 0 && float.IsNaN(broken[start - 1]))
                start--;
            while (end < Length && float.IsNaN(broken[end]))
                end++;
            return end - start;
        }
    }

    /// <summary>Puts the members' progress together.</summary>
    private sealed class Reporter(Action<TrainingProgress>? progress, int epoch, int epochs, int beats)
    {
        private readonly Lock _gate = new();
        private int _done;
        private double _loss;

        public void Done(int count, double mean)
        {
            if (progress is null)
                return;
            lock (_gate)
            {
                _done += count;
                _loss += count * mean;
                progress(new TrainingProgress(epoch, epochs, _done, beats, _loss / _done, null));
            }
        }
    }
}
