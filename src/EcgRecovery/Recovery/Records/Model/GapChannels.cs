using EcgRecovery.Records;
using EcgRecovery.Recovery.Records.Neighbours;
using EcgRecovery.Signals;

namespace EcgRecovery.Recovery.Records.Model;

/// <summary>Writes what the network sees of a gap.</summary>
internal static class GapChannels
{
    /// <summary>Channels of a cell.</summary>
    public const int Count = 14;

    /// <summary>Features of a gap, given at every time step.</summary>
    public const int Features = 14;

    /// <summary>Inputs of the network.</summary>
    public const int Inputs = (CellGrid.Fold * Count) + Features;

    private const int Signal = 0;
    private const int Missing = 1;
    private const int Line = 2;
    private const int Rigid = 3;
    private const int Elastic = 4;
    private const int Error = 5;
    private const int Spread = 6;
    private const int Beats = 7;
    private const int OtherLead = 8;
    private const int Placed = 9;
    private const int Regression = 10;
    private const int FromLeft = 11;
    private const int FromRight = 12;
    private const int PlaceBeats = 13;

    private const int Intervals = 3;

    // The lead's height is that of its surroundings.
    private const double SurroundingsSeconds = 10;

    // An R peak is a bump of this standard deviation; expected ones are one for each vote, as high as its weight.
    private const double PeakSeconds = 0.008;

    /// <summary>The feature with the logarithm of the gap's length: log₂(seconds / 0.3)/2.</summary>
    internal const int LengthFeature = 0;

    /// <summary>The feature that is 1 where a lead survives in the gap, else 0.</summary>
    internal const int SurvivingFeature = 1;

    /// <summary>The spread of the votes for the beats, in units of 50 ms.</summary>
    internal const int SpreadFeature = 4;

    /// <summary>log₂(0.001 and the least leave-one-out error over the signal's deviation)/4.</summary>
    internal const int ErrorFeature = 5;

    // Whether the rhythm is known, the majority's share of the votes, and how many beats are expected.
    private const int ForecastFeature = 2;
    private const int ShareFeature = 3;
    private const int CountFeature = 6;

    /// <summary>The first of the RR intervals, the last features: seconds less <see cref="UsualInterval"/>; 0 if unknown.</summary>
    internal const int IntervalFeature = 7;

    /// <summary>In seconds.</summary>
    internal const float UsualInterval = 0.8f;

    /// <summary>The channels that change their sign with the polarity of the lead, as the outputs do.</summary>
    internal static readonly IReadOnlyList<int> WithPolarity = [Signal, Line, Rigid, Elastic, Placed, Regression, FromLeft, FromRight];

    /// <summary>The channels that change their sign with the polarity of the surviving lead.</summary>
    internal static readonly IReadOnlyList<int> WithOtherPolarity = [OtherLead];

    /// <summary>The channels in the unit of the lead, which grow with its amplitude, as the outputs do.</summary>
    internal static readonly IReadOnlyList<int> WithAmplitude = [.. WithPolarity, Error, Spread];

    /// <summary>Writes a gap.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="gap">The gap.</param>
    /// <param name="evidence">Its evidence.</param>
    /// <returns>Null where the signal around is constant.</returns>
    public static GapCells? Of(LeadSignal lead, SampleSpan gap, GapEvidence evidence)
    {
        var grid = new CellGrid(gap, lead.SamplingFrequencyHz);
        var reach = (long)(SurroundingsSeconds * lead.SamplingFrequencyHz);
        var around = new SampleSpan(gap.Start - reach, gap.End + reach).Intersect(new SampleSpan(0, lead.Length));
        var (mean, scale) = MeanAndDeviation(lead.Samples[around.ToRange()]);
        if (!(scale > 0) || !float.IsFinite(scale))
            return null;
        var channels = new float[grid.Count * Count];
        var filled = lead.Samples[around.ToRange()].ToArray();
        evidence.Mean.CopyTo(filled.AsSpan((int)(gap.Start - around.Start)));
        WriteSignal(grid, filled, around.Start, channels);
        Normalise(channels, mean, scale);
        WriteEstimates(grid, lead, gap, evidence, scale, channels);
        var other = Best(lead, around, evidence.Surviving);
        if (other is not null)
            WriteOther(grid, other, around, channels);
        WriteBeats(grid, lead, gap, evidence, other, channels);
        return new GapCells(channels, FeaturesOf(lead, gap, evidence, scale), grid.Before, grid.GapCells, scale);
    }

    /// <summary>Writes the input of the network.</summary>
    /// <param name="cells">The gap.</param>
    /// <param name="input">[steps, <see cref="Inputs"/>].</param>
    public static void Write(GapCells cells, Span<float> input)
    {
        const int folded = CellGrid.Fold * Count;
        for (var step = 0; step < cells.Steps; step++)
        {
            var row = input.Slice(step * Inputs, Inputs);
            cells.Channels.AsSpan(step * folded, folded).CopyTo(row);
            cells.Features.CopyTo(row[folded..]);
        }
    }

    private static (float Mean, float Deviation) MeanAndDeviation(ReadOnlySpan<float> samples)
    {
        var (sum, squares, count) = (0.0, 0.0, 0);
        foreach (var sample in samples)
        {
            if (float.IsNaN(sample))
                continue;
            sum += sample;
            count++;
        }

        var mean = sum / count;
        foreach (var sample in samples)
            squares += float.IsNaN(sample) ? 0 : (sample - mean) * (sample - mean);
        return ((float)mean, (float)Math.Sqrt(squares / count));
    }

    private static void WriteSignal(CellGrid grid, float[] filled, long first, float[] channels)
    {
        var cells = new float[grid.Count];
        grid.ToCells(filled, first, cells);
        for (var c = 0; c < cells.Length; c++)
        {
            var isInGap = c >= grid.Before && c < grid.Before + grid.GapCells;
            channels[(c * Count) + Missing] = isInGap ? 1 : float.IsNaN(cells[c]) ? 0.5f : 0;
        }

        MissingRuns.Bridge<float>(cells);
        for (var c = 0; c < cells.Length; c++)
            channels[(c * Count) + Signal] = cells[c];
        cells.AsSpan(grid.Before, grid.GapCells).Fill(float.NaN);
        MissingRuns.Bridge<float>(cells);
        for (var c = grid.Before; c < grid.Before + grid.GapCells; c++)
            channels[(c * Count) + Line] = cells[c] - channels[(c * Count) + Signal];
    }

    private static void Normalise(float[] channels, float mean, float scale)
    {
        for (var at = 0; at < channels.Length; at += Count)
        {
            channels[at + Signal] = (channels[at + Signal] - mean) / scale;
            channels[at + Line] /= scale;
        }
    }

    private static void WriteEstimates(
        CellGrid grid, LeadSignal lead, SampleSpan gap, GapEvidence evidence, float scale, float[] channels)
    {
        WriteDifference(Rigid, evidence.MeanOf(estimate => !estimate.IsElastic));
        WriteDifference(Elastic, evidence.MeanOf(estimate => estimate.IsElastic));
        WriteDifference(Placed, evidence.Placed?.Samples);
        WriteDifference(FromLeft, evidence.FromLeft);
        WriteDifference(FromRight, evidence.FromRight);
        WriteDifference(Regression, evidence.Regression?.Samples);
        WriteValues(Error, evidence.ErrorScale);
        WriteValues(Spread, SpreadOf(evidence));

        void WriteDifference(int channel, float[]? estimate)
        {
            if (estimate is not null)
                WriteValues(channel, [.. estimate.Zip(evidence.Mean, (value, mean) => value - mean)]);
        }

        void WriteValues(int channel, float[] values)
        {
            var cells = new float[grid.Count];
            grid.ToCells(values, gap.Start, cells);
            for (var c = grid.Before; c < grid.Before + grid.GapCells; c++)
                channels[(c * Count) + channel] = cells[c] / scale;
        }
    }

    private static float[] SpreadOf(GapEvidence evidence)
    {
        var spread = new float[evidence.Mean.Length];
        for (var t = 0; t < spread.Length; t++)
        {
            var squares = 0.0;
            foreach (var estimate in evidence.Estimates)
                squares += Math.Pow(estimate.Samples[t] - evidence.Mean[t], 2);
            spread[t] = (float)Math.Sqrt(squares / evidence.Estimates.Count);
        }

        return spread;
    }

    /// <summary>Returns the surviving lead that is most like the lost one around the gap, up to its sign; null without any.</summary>
    private static LeadSignal? Best(LeadSignal lead, SampleSpan around, IReadOnlyList<LeadSignal> surviving) =>
        surviving.Count == 0
            ? null
            : surviving.MaxBy(other => Likeness(lead.Samples[around.ToRange()], other.Samples[around.ToRange()]));

    private static double Likeness(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var ((meanX, scaleX), (meanY, scaleY)) = (MeanAndDeviation(x), MeanAndDeviation(y));
        var (sum, count) = (0.0, 0);
        for (var t = 0; t < x.Length; t++)
        {
            var product = (x[t] - meanX) * (y[t] - meanY);
            if (float.IsNaN(product))
                continue;
            sum += product;
            count++;
        }

        var likeness = Math.Abs(sum) / (count * (double)scaleX * scaleY);
        return double.IsFinite(likeness) ? likeness : 0;
    }

    private static void WriteOther(CellGrid grid, LeadSignal other, SampleSpan around, float[] channels)
    {
        var samples = other.Samples[around.ToRange()];
        var (mean, scale) = MeanAndDeviation(samples);
        if (!(scale > 0) || !float.IsFinite(scale))
            return;
        var cells = new float[grid.Count];
        grid.ToCells(samples, around.Start, cells);
        MissingRuns.Bridge<float>(cells);
        for (var c = 0; c < cells.Length; c++)
            channels[(c * Count) + OtherLead] = (cells[c] - mean) / scale;
    }

    /// <summary>
    /// Writes the R peaks: of the lead outside the gap; inside, those of the surviving lead, or else the expected ones; and those of the
    /// places.
    /// </summary>
    private static void WriteBeats(
        CellGrid grid, LeadSignal lead, SampleSpan gap, GapEvidence evidence, LeadSignal? other, float[] channels)
    {
        foreach (var peak in lead.RPeaks)
            AddBump(Beats, grid.CellOf(peak + 0.5), 1, isInGap: false);
        if (other is not null)
        {
            foreach (var peak in other.RPeaks)
                AddBump(Beats, grid.CellOf(peak + 0.5), 1, isInGap: true);
        }
        else
        {
            AddVotes(Beats, evidence.Forecast?.Votes ?? []);
        }

        AddVotes(PlaceBeats, evidence.Placed?.Votes ?? []);

        void AddVotes(int channel, IReadOnlyList<BeatVote> votes)
        {
            foreach (var vote in votes)
            {
                foreach (var time in vote.Times)
                    AddBump(channel, grid.CellOf(gap.Start + time + 0.5), vote.Weight, isInGap: true);
            }
        }

        void AddBump(int channel, double place, double weight, bool isInGap)
        {
            const double width = PeakSeconds * CellGrid.CellsPerSecond;
            if (place < -4 || place > grid.Count + 4)
                return;
            for (var c = Math.Max(0, (int)(place - (4 * width))); c <= Math.Min(grid.Count - 1, (int)(place + (4 * width))); c++)
            {
                if (isInGap == (c >= grid.Before && c < grid.Before + grid.GapCells))
                    channels[(c * Count) + channel] += (float)(weight * Math.Exp(-0.5 * Math.Pow((c + 0.5 - place) / width, 2)));
            }
        }
    }

    private static float[] FeaturesOf(LeadSignal lead, SampleSpan gap, GapEvidence evidence, float scale)
    {
        var features = new float[Features];
        var seconds = gap.Length / lead.SamplingFrequencyHz;
        features[LengthFeature] = (float)Math.Log2(seconds / 0.3) / 2;
        features[SurvivingFeature] = evidence.Surviving.Count > 0 ? 1 : 0;
        features[ForecastFeature] = evidence.Forecast is null ? 0 : 1;
        features[ShareFeature] = (float)(evidence.Forecast?.Share ?? 0);
        features[SpreadFeature] = (float)((evidence.Forecast?.Spread ?? 0) / lead.SamplingFrequencyHz * 20);
        features[ErrorFeature] = (float)Math.Log2(evidence.Estimates.Min(estimate => estimate.LeaveOneOutError) / scale + 1e-3) / 4;
        features[CountFeature] = evidence.Forecast?.Times.Length ?? 0;
        WriteIntervals(lead, gap, features.AsSpan(IntervalFeature));
        return features;
    }

    /// <summary>Writes the RR intervals around the gap: three before, the one across, three after; 0 if unknown.</summary>
    private static void WriteIntervals(LeadSignal lead, SampleSpan gap, Span<float> features)
    {
        var peaks = lead.RPeaks;
        var after = OrderedSearch.CountWhile(peaks.Count, i => peaks[i] < gap.Start);
        for (var k = -Intervals; k <= Intervals; k++)
        {
            var (from, to) = (after - 1 + k, after + k);
            if (from < 0 || to >= peaks.Count)
                continue;
            var seconds = (peaks[to] - peaks[from]) / lead.SamplingFrequencyHz;
            features[k + Intervals] = (float)Math.Clamp(seconds - UsualInterval, -1, 3);
        }
    }
}
