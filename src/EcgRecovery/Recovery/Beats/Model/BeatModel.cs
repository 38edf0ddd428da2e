namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>A recovery method of one or more trained networks. Not safe for concurrent calls.</summary>
internal sealed class BeatModel : BeatRecoveryMethod
{
    private readonly IBeatNetwork _network;

    /// <param name="name">The name in tables: that of a shipped model or of a file.</param>
    /// <param name="file">The model.</param>
    /// <param name="threads">Threads; the result does not depend on them.</param>
    /// <exception cref="ArgumentException">The weights do not fit the card's network, or <paramref name="threads"/> is below 1.</exception>
    public BeatModel(string name, BeatModelFile file, int threads)
    {
        Name = name;
        File = file;
        _network = file.Card.Ensemble is null ? new RowNetwork(file, threads) : new EnsembleNetwork(file, threads);
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>The model's file.</summary>
    public BeatModelFile File { get; }

    /// <inheritdoc/>
    public override IReadOnlyCollection<string>? LearnedFromRecords => File.Card.Records;

    /// <summary>True for the original, which is trained without gaps and whose output replaces the whole beat.</summary>
    public override bool ReplacesWholeBeat => !File.Card.Masked;

    /// <inheritdoc/>
    public override bool HasInterval => _network.HasInterval;

    /// <summary>Reads a model file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="threads">Threads; the result does not depend on them.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or no beat model.</exception>
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
