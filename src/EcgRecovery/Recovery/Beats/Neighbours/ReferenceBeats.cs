using EcgRecovery.Beats;

namespace EcgRecovery.Recovery.Beats.Neighbours;

/// <summary>Complete beats that methods learn from, with what several of them share, made once.</summary>
internal sealed class ReferenceBeats
{
    private readonly Lazy<NeighbourSearch> _search;
    private readonly Lazy<HeldOutBeats> _heldOut;
    private readonly Lazy<float[]> _mean;

    /// <param name="beats">Beats; rows with a missing sample are left out.</param>
    /// <param name="samePatients">Whether the beats to be recovered come from patients that the references include.</param>
    /// <exception cref="InvalidDataException">No beat is complete.</exception>
    public ReferenceBeats(HeartbeatSet beats, bool samePatients)
    {
        var complete = Enumerable.Range(0, beats.Count).Where(row => !beats[row].ContainsAnyExceptInRange(float.MinValue, float.MaxValue)).ToList();
        if (complete.Count == 0)
            throw new InvalidDataException($"The reference data hold no complete beat in {beats.Count} rows; expected at least 1.");
        Beats = complete.Count == beats.Count ? beats : beats.Select(complete);
        Records = Beats.Sources?.Select(source => source.Record).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        _search = new Lazy<NeighbourSearch>(() => new NeighbourSearch(Beats));
        _heldOut = new Lazy<HeldOutBeats>(() => new HeldOutBeats(Beats, samePatients));
        _mean = new Lazy<float[]>(MeanBeat);
    }

    /// <summary>The complete beats.</summary>
    public HeartbeatSet Beats { get; }

    /// <summary>The records they come from, or null where that is not known.</summary>
    public IReadOnlyCollection<string>? Records { get; }

    /// <summary>The search among them.</summary>
    public NeighbourSearch Search => _search.Value;

    /// <summary>The rows that a method may choose its constants on.</summary>
    public HeldOutBeats HeldOut => _heldOut.Value;

    /// <summary>Fills rows of which nothing is visible with the mean of all beats.</summary>
    /// <param name="rows">Rows of <paramref name="destination"/>.</param>
    /// <param name="destination">[N, 187].</param>
    public void FillWithMeanBeat(int[] rows, float[] destination)
    {
        foreach (var row in rows)
            _mean.Value.CopyTo(destination, row * HeartbeatSet.BeatLength);
    }

    private float[] MeanBeat()
    {
        var sums = new double[HeartbeatSet.BeatLength];
        for (var row = 0; row < Beats.Count; row++)
        {
            var beat = Beats[row];
            for (var t = 0; t < sums.Length; t++)
                sums[t] += beat[t];
        }

        return [.. sums.Select(sum => (float)(sum / Beats.Count))];
    }
}
