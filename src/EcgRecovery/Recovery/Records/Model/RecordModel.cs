using EcgRecovery.Records;
using EcgRecovery.Recovery.Records.Methods;
using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Recovery.Records.Model;

/// <summary>
/// The trained model for recordings: networks that correct the mean of many estimates from the recording itself
/// (<see cref="GapEvidence"/>), knowing where beats are expected.
/// </summary>
/// <remarks>
/// <code>
/// y[t] = m[t] + s·r[t]          m: the mean estimate; s: the signal's standard deviation around the gap; r: the networks' mean output
/// </code>
/// The networks see the gap and 0.8 s or more on each side (<see cref="GapChannels"/>). Gaps that are longer than those they learned from,
/// and gaps without evidence, are filled by <see cref="SimilarMethod"/>.
/// </remarks>
internal sealed class RecordModel : RecordRecoveryMethod
{
    private readonly string _meanName;
    private readonly RecoveryEstimate _estimate;
    private readonly RecordModelFile _file;
    private readonly GapEvidenceFinder _finder = new(GapEvidenceFinder.Settings);
    private readonly SimilarMethod _simpler;
    private readonly IReadOnlyList<double> _levels;
    private (int Threads, RecordNetwork Network)? _last;

    /// <param name="name">The name in tables: that of a shipped model or of a file.</param>
    /// <param name="file">The model.</param>
    /// <param name="estimate">The mean estimate, or the placed one.</param>
    public RecordModel(string name, RecordModelFile file, RecoveryEstimate estimate = RecoveryEstimate.Mean)
    {
        (_meanName, Name) = (name, NameWith(name, estimate));
        (_file, _estimate, _simpler) = (file, estimate, new SimilarMethod(estimate));
        var levels = file.Card.Levels;
        _levels = [.. Enumerable.Range(0, levels.Count / 2).Select(interval => IntervalLevels.ShareOf(levels, interval))];
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> LearnedFromRecords => _file.Card.Records;

    /// <inheritdoc/>
    public override bool HasInterval => true;

    /// <inheritdoc/>
    public override IReadOnlyList<GapOutcome> Fill(
        LeadSignal lead, IReadOnlyList<SampleSpan> gaps, Memory<float> destination, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var outcomes = new GapOutcome[gaps.Count];
        var tried = Try(lead, gaps, cancellationToken);
        var outputs = Network(lead.Threads).Run(tried.ConvertAll(gap => gap.Cells), cancellationToken);
        var options = new ParallelOptions { MaxDegreeOfParallelism = lead.Threads, CancellationToken = cancellationToken };
        Parallel.For(0, tried.Count, options, k => outcomes[tried[k].Index] = Write(
            lead, gaps[tried[k].Index], tried[k], outputs[k], destination.Span[gaps[tried[k].Index].ToRange()]));
        int[] left = [.. Enumerable.Range(0, gaps.Count).Where(i => !outcomes[i].IsFilled)];
        var simpler = _simpler.Fill(lead, Array.ConvertAll(left, i => gaps[i]), destination, cancellationToken);
        for (var j = 0; j < left.Length; j++)
            outcomes[left[j]] = simpler[j].Reason.Length > 0 ? simpler[j] : simpler[j] with { Reason = ReasonOf(lead, gaps[left[j]]) };
        return outcomes;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _last?.Network.Dispose();
        base.Dispose(disposing);
    }

    // Where there is evidence, it is a constant lead, or numbers overflow.
    private static string ReasonOf(LeadSignal lead, SampleSpan gap) => gap.Length > CellGrid.LongestSeconds * lead.SamplingFrequencyHz
        ? FormattableString.Invariant($"longer than the {CellGrid.LongestSeconds} s that the networks learned from")
        : "nothing around it that the networks could use";

    private RecordNetwork Network(int threads)
    {
        if (_last?.Threads != threads)
        {
            _last?.Network.Dispose();
            _last = (threads, new RecordNetwork(_file.Card.Network, _file.Members, threads));
        }

        return _last.Value.Network;
    }

    /// <summary>Finds the evidence of the gaps that the networks know the length of; those without are left out.</summary>
    private List<KnownGap> Try(LeadSignal lead, IReadOnlyList<SampleSpan> gaps, CancellationToken cancellationToken)
    {
        var longest = CellGrid.LongestSeconds * lead.SamplingFrequencyHz;
        int[] within = [.. Enumerable.Range(0, gaps.Count).Where(i => gaps[i].Length <= longest)];
        var evidence = _finder.Find(lead, Array.ConvertAll(within, i => gaps[i]), cancellationToken);
        var known = new KnownGap?[within.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = lead.Threads, CancellationToken = cancellationToken };
        Parallel.For(0, within.Length, options, k =>
        {
            if (evidence[k] is { } own && GapChannels.Of(lead, gaps[within[k]], own) is { } cells)
                known[k] = new KnownGap(within[k], own, cells);
        });
        return [.. known.OfType<KnownGap>()];
    }

    private GapOutcome Write(LeadSignal lead, SampleSpan gap, KnownGap known, float[] outputs, Span<float> destination)
    {
        var (_, evidence, cells) = known;
        var grid = new CellGrid(gap, lead.SamplingFrequencyHz);
        var width = 1 + _file.Card.Levels.Count;
        var mean = Add(evidence.Mean, outputs, width);
        if (!Array.TrueForAll(mean, float.IsFinite))
            return default;
        // Pieces of a long gap and the regression from lead to lead have no places.
        var placed = _estimate == RecoveryEstimate.Placed && evidence.Places.Count > 0
            ? PlacedEstimate.Of(lead, gap, evidence.Places, mean)?.Samples
            : null;
        var samples = placed ?? mean;
        samples.CopyTo(destination);
        var intervals = Intervals();
        return new GapOutcome(placed is null ? _meanName : Name)
        {
            ErrorScale = ScaleOf(intervals[^1]),
            Intervals = intervals,
            UsesOtherLeads = evidence.Surviving.Count > 0,
        };

        float[] Add(float[] start, float[] values, int stride)
        {
            var sum = new float[gap.Length];
            grid.ToSamples(values, stride, sum);
            for (var t = 0; t < sum.Length; t++)
                sum[t] = start[t] + (cells.Scale * sum[t]);
            return sum;
        }

        GapInterval[] Intervals()
        {
            var bin = _file.Card.Calibration.BinOf(cells.Inside, evidence.Surviving.Count > 0);
            var (lower, upper) = (new float[cells.Inside], new float[cells.Inside]);
            return [.. _levels.Select((level, interval) =>
            {
                for (var c = 0; c < lower.Length; c++)
                {
                    var own = outputs.AsSpan(c * width, width);
                    (lower[c], upper[c]) = RecordCalibration.Bounds(bin, own, interval);
                }

                // A placed estimate may lie outside of what the mean's interval holds.
                return new GapInterval(
                    level,
                    [.. Add(evidence.Mean, lower, 1).Zip(samples, Math.Min)],
                    [.. Add(evidence.Mean, upper, 1).Zip(samples, Math.Max)]);
            })];
        }
    }

    private static float[] ScaleOf(GapInterval interval) =>
        EstimateWriter.AboveZero([.. interval.Lower.Zip(interval.Upper, (lower, upper) => ((double)upper - lower) / 2)]);

    private sealed record KnownGap(int Index, GapEvidence Evidence, GapCells Cells);
}
