using System.Text;
using EcgRecovery.Neural;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Records.Model;

namespace EcgRecovery.Recovery.Records.Training;

/// <summary>Cuts gaps from a recording and finds their evidence, as the model will for real gaps.</summary>
/// <remarks>
/// In rounds, in each of which the gaps of one lead are hidden together, at most a tenth of it, three seconds apart. A round draws: the
/// lead, half the time a mixture of two, which is a lead as well as they are; whether the other leads are lost too; how much signal around
/// a gap may be used, since recordings may be short; and the lengths of the gaps, evenly in their logarithm.
/// </remarks>
/// <param name="finder">Finds evidence.</param>
/// <param name="seed">Seed of all draws; with the record's name and the round it decides everything.</param>
internal sealed class GapCutter(GapEvidenceFinder finder, ulong seed)
{
    private const double MinimumSeconds = 0.03;
    private const double ApartSeconds = 3;
    private const double LargestShare = 0.1;
    private const int GapsAtOnce = 40;

    private const double MixedShare = 0.5;
    private const double AllLostShare = 0.7;
    private const double ShortShare = 0.25;
    private const double WindowSeconds = 900;
    private const double ShortestWindowSeconds = 5;

    /// <summary>Cuts the gaps of one round.</summary>
    /// <param name="patient">Number of the recording.</param>
    /// <param name="name">Its name.</param>
    /// <param name="leads">Its leads in mV, [N] each; NaN = missing.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <param name="round">Number of the round.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public IReadOnlyList<TrainingGap> Cut(
        int patient,
        string name,
        IReadOnlyList<float[]> leads,
        double samplingFrequencyHz,
        int round,
        int threads,
        CancellationToken cancellationToken)
    {
        var random = new SeededRandom(seed ^ HashOf(name) ^ ((ulong)round << 32));
        var (lost, others) = Draw(leads, random);
        var isAlone = random.NextDouble() < AllLostShare;
        var seconds = random.NextDouble() < ShortShare
            ? ShortestWindowSeconds * Math.Pow(WindowSeconds / ShortestWindowSeconds, random.NextDouble())
            : WindowSeconds;
        var gaps = Places(lost, samplingFrequencyHz, random);
        var broken = (float[])lost.Clone();
        foreach (var gap in gaps)
            broken.AsSpan(gap.ToRange()).Fill(float.NaN);
        var lead = new LeadSignal(broken, samplingFrequencyHz, seconds, threads)
        {
            Others = isAlone ? [] : [.. others.Select(other => new LeadSignal(other, samplingFrequencyHz, seconds, threads))],
        };
        var evidence = finder.Find(lead, gaps, cancellationToken);
        return [.. gaps.Select((gap, i) => Of(patient, lead, lost, gap, evidence[i])).OfType<TrainingGap>()];
    }

    private static TrainingGap? Of(int patient, LeadSignal lead, float[] truth, SampleSpan gap, GapEvidence? evidence)
    {
        if (evidence is null || GapChannels.Of(lead, gap, evidence) is not { } cells)
            return null;
        var grid = new CellGrid(gap, lead.SamplingFrequencyHz);
        var difference = new float[gap.Length];
        for (var t = 0; t < difference.Length; t++)
            difference[t] = (truth[(int)gap.Start + t] - evidence.Mean[t]) / cells.Scale;
        var residual = new float[grid.Count];
        grid.ToCells(difference, gap.Start, residual);
        return new TrainingGap(patient, cells, residual[grid.Before..(grid.Before + grid.GapCells)]);
    }

    /// <summary>Draws the lead to lose, and those beside it.</summary>
    private static (float[] Lost, IReadOnlyList<float[]> Others) Draw(IReadOnlyList<float[]> leads, SeededRandom random)
    {
        var first = random.NextInt(leads.Count);
        var second = random.NextInt(Math.Max(1, leads.Count - 1));
        var (isMixed, angle) = (random.NextDouble() < MixedShare, random.NextDouble() * 2 * Math.PI);
        second += second >= first ? 1 : 0;
        if (leads.Count < 2)
            return (leads[0], []);
        return isMixed
            ? (Mix(leads[first], leads[second], angle), [Mix(leads[first], leads[second], angle + (Math.PI / 2))])
            : (leads[first], [.. leads.Where((_, i) => i != first)]);
    }

    private static float[] Mix(float[] x, float[] y, double angle)
    {
        var (cosine, sine) = ((float)Math.Cos(angle), (float)Math.Sin(angle));
        var mixed = new float[x.Length];
        for (var t = 0; t < mixed.Length; t++)
            mixed[t] = (cosine * x[t]) + (sine * y[t]);
        return mixed;
    }

    private static List<SampleSpan> Places(float[] lost, double samplingFrequencyHz, SeededRandom random)
    {
        var gaps = new List<SampleSpan>();
        var hidden = 0L;
        var (margin, apart) = ((long)samplingFrequencyHz, (long)(ApartSeconds * samplingFrequencyHz));
        for (var tries = 0; tries < 4 * GapsAtOnce && gaps.Count < GapsAtOnce; tries++)
        {
            var seconds = MinimumSeconds * Math.Pow(CellGrid.LongestSeconds / MinimumSeconds, random.NextDouble());
            var length = Math.Max(2, (long)Math.Round(seconds * samplingFrequencyHz));
            var room = lost.Length - length - (2 * margin);
            var start = margin + (long)(random.NextDouble() * Math.Max(0, room));
            var gap = new SampleSpan(start, start + length);
            var near = new SampleSpan(gap.Start - apart, gap.End + apart);
            if (room <= 0 || gaps.Exists(other => !other.Intersect(near).IsEmpty) || hidden + length > LargestShare * lost.Length)
                continue;
            if (lost.AsSpan((int)gap.Start - 1, (int)gap.Length + 2).Contains(float.NaN))
                continue;
            gaps.Add(gap);
            hidden += length;
        }

        gaps.Sort((a, b) => a.Start.CompareTo(b.Start));
        return gaps;
    }

    // FNV-1a: the same on every machine.
    private static ulong HashOf(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var value in Encoding.UTF8.GetBytes(name))
            hash = (hash ^ value) * 1099511628211UL;
        return hash;
    }
}
