using EcgRecovery.Beats;

namespace EcgRecovery.Recovery.Beats.Neighbours;

/// <summary>Complete beats that methods learn from, with computations that several methods share.</summary>
internal sealed class ReferenceBeats
{
    private readonly Lazy<NeighbourSearch> _search;
    private readonly Lazy<HeldOutBeats> _heldOut;
    private readonly Lazy<double[]> _mean;

    /// <param name="beats">Beats; rows with a missing sample are dropped.</param>
    /// <param name="samePatients">Whether the beats to be recovered come from patients of the reference beats.</param>
    /// <exception cref="InvalidDataException">No beat is complete.</exception>
    public ReferenceBeats(HeartbeatSet beats, bool samePatients)
    {
        var complete = Enumerable.Range(0, beats.Count)
            .Where(row => !beats[row].ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            .ToList();
        if (complete.Count == 0)
            throw new InvalidDataException($"The reference data hold no complete beat in {beats.Count} rows; expected at least 1.");
        Beats = complete.Count == beats.Count ? beats : beats.Select(complete);
        Records = Beats.Sources?.Select(source => source.Record).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        _search = new Lazy<NeighbourSearch>(() => new NeighbourSearch(Beats));
        _heldOut = new Lazy<HeldOutBeats>(() => new HeldOutBeats(Beats, samePatients));
        _mean = new Lazy<double[]>(() => MeanBeat.Of(Beats));
    }

    /// <summary>The complete beats.</summary>
    public HeartbeatSet Beats { get; }

    /// <summary>The records that <see cref="Beats"/> come from; null if unknown.</summary>
    public IReadOnlyCollection<string>? Records { get; }

    /// <summary>The nearest-neighbour search among <see cref="Beats"/>.</summary>
    public NeighbourSearch Search => _search.Value;

    /// <summary>The held-out beats on which a method chooses its constants.</summary>
    public HeldOutBeats HeldOut => _heldOut.Value;

    /// <summary>The mean of every sample, [187].</summary>
    public ReadOnlySpan<double> Mean => _mean.Value;

    /// <summary>Fills rows without a visible sample with the mean beat.</summary>
    /// <param name="rows">Rows of <paramref name="destination"/>.</param>
    /// <param name="destination">[N, 187].</param>
    public void FillWithMeanBeat(int[] rows, float[] destination)
    {
        foreach (var row in rows)
        {
            for (var t = 0; t < HeartbeatSet.BeatLength; t++)
                destination[(row * HeartbeatSet.BeatLength) + t] = (float)Mean[t];
        }
    }
}
