using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Model;

/// <summary>The time grid of the network around one gap: cells of 1/120 s, the first of the gap begins where the gap does.</summary>
/// <remarks>
/// <code>
/// to cells:    v[c] = Σ o·x / Σ o,   o: how much of the cell an observed sample covers
/// to samples:  y[t] = linear between the middles of the cells around the middle of the sample
/// </code>
/// So leads of any sampling frequency look alike to the network, and nothing under the gap reaches a cell outside.
/// </remarks>
internal sealed class CellGrid
{
    /// <summary>Cells per second.</summary>
    public const int CellsPerSecond = 120;

    /// <summary>The longest gap that networks learn from, in seconds; somewhat longer than what is recovered by default.</summary>
    public const double LongestSeconds = 2.2;

    /// <summary>Cells in one time step of the network.</summary>
    public const int Fold = 4;

    // What the network sees on each side, at least.
    private const int Beside = 96;

    // Windows of few lengths, so that many gaps go through the network together.
    private const int Granularity = 8 * Fold;

    private readonly double _samplesPerCell;

    /// <summary>Makes the grid of a gap.</summary>
    /// <param name="gap">The gap.</param>
    /// <param name="samplingFrequencyHz">Samples per second of the lead.</param>
    public CellGrid(SampleSpan gap, double samplingFrequencyHz)
    {
        Gap = gap;
        _samplesPerCell = samplingFrequencyHz / CellsPerSecond;
        GapCells = (int)Math.Ceiling(gap.Length / _samplesPerCell - 1e-9);
        var cells = GapCells + (2 * Beside);
        Count = (cells + Granularity - 1) / Granularity * Granularity;
        Before = (Count - GapCells) / 2;
    }

    /// <summary>The gap.</summary>
    public SampleSpan Gap { get; }

    /// <summary>Number of cells; a multiple of <see cref="Fold"/>.</summary>
    public int Count { get; }

    /// <summary>Number of cells before the gap.</summary>
    public int Before { get; }

    /// <summary>Number of cells that hold samples of the gap.</summary>
    public int GapCells { get; }

    /// <summary>Number of time steps of the network.</summary>
    public int Steps => Count / Fold;

    /// <summary>Returns the cell that a place in the lead lies in, with its fraction.</summary>
    /// <param name="sample">The place, in samples of the lead.</param>
    public double CellOf(double sample) => ((sample - Gap.Start) / _samplesPerCell) + Before;

    /// <summary>Brings samples of the lead to the cells.</summary>
    /// <param name="samples">The samples from <paramref name="first"/> on; NaN = missing.</param>
    /// <param name="first">Where in the lead they begin.</param>
    /// <param name="cells">[<see cref="Count"/>]; receives NaN where no sample is observed.</param>
    public void ToCells(ReadOnlySpan<float> samples, long first, Span<float> cells)
    {
        for (var c = 0; c < cells.Length; c++)
        {
            var start = Gap.Start + ((c - Before) * _samplesPerCell) - first;
            var end = start + _samplesPerCell;
            var (sum, covered) = (0.0, 0.0);
            for (var t = (int)Math.Max(0, Math.Floor(start + 1e-9)); t < Math.Min(samples.Length, end - 1e-9); t++)
            {
                if (float.IsNaN(samples[t]))
                    continue;
                var overlap = Math.Min(end, t + 1) - Math.Max(start, t);
                sum += overlap * samples[t];
                covered += overlap;
            }

            cells[c] = covered > 0 ? (float)(sum / covered) : float.NaN;
        }
    }

    /// <summary>Brings values of cells to the samples of the gap.</summary>
    /// <param name="cells">The cells of the gap, <see cref="GapCells"/> of them, <paramref name="stride"/> apart.</param>
    /// <param name="stride">Distance from one cell's value to the next one's.</param>
    /// <param name="samples">[length of the gap].</param>
    public void ToSamples(ReadOnlySpan<float> cells, int stride, Span<float> samples)
    {
        for (var t = 0; t < samples.Length; t++)
        {
            var at = Math.Clamp(((t + 0.5) / _samplesPerCell) - 0.5, 0, GapCells - 1);
            var before = (int)at;
            var after = Math.Min(before + 1, GapCells - 1);
            double left = cells[before * stride], right = cells[after * stride];
            samples[t] = (float)(left + ((right - left) * (at - before)));
        }
    }
}
