namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>A trained network, or several, as a recovery method. Not safe for concurrent calls.</summary>
internal sealed class BeatModel : BeatRecoveryMethod
{
    private readonly IBeatNetwork _network;

    /// <param name="name">The name in tables: that of a shipped model, or the file's.</param>
    /// <param name="file">The model.</param>
    /// <param name="threads">Threads; the result does not depend on them.</param>
    /// <exception cref="ArgumentException">The weights are not those of the card's network, or <paramref name="threads"/> is below 1.</exception>
    public BeatModel(string name, BeatModelFile file, int threads)
    {
        Name = name;
        File = file;
        _network = file.Card.Ensemble is null ? new RowNetwork(file, threads) : new EnsembleNetwork(file, threads);
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>What was read.</summary>
    public BeatModelFile File { get; }

    /// <inheritdoc/>
    public override IReadOnlyCollection<string>? LearnedFromRecords => File.Card.Records;

    /// <summary>True for the original: trained clean to clean, its output stood for the whole beat.</summary>
    public override bool ReplacesWholeBeat => !File.Card.Masked;

    /// <inheritdoc/>
    public override bool HasInterval => _network.HasInterval;

    /// <summary>Reads a model file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="threads">Threads; the result does not depend on them.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or no beat model.</exception>
    public static BeatModel Load(string path, int threads) =>
        new(Path.GetFileNameWithoutExtension(path), BeatModelFile.Read(path), threads);

    /// <inheritdoc/>
    public override void Estimate(ReadOnlySpan<float> beats, Span<float> destination, CancellationToken cancellationToken = default)
    {
        BeatShape.Check(beats, destination);
        _network.Run(beats, destination, lower: [], upper: [], cancellationToken);
    }

    /// <inheritdoc/>
    protected override void EstimateInterval(
        ReadOnlySpan<float> beats, Span<float> destination, Span<float> lower, Span<float> upper, CancellationToken cancellationToken)
    {
        BeatShape.Check(beats, destination);
        _network.Run(beats, destination, lower, upper, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _network.Dispose();
        base.Dispose(disposing);
    }
}
