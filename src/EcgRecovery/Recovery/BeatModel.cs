using EcgRecovery.Neural;
using EcgRecovery.Records;

namespace EcgRecovery.Recovery;

/// <summary>A trained network as a recovery method. Not safe for concurrent calls.</summary>
public sealed class BeatModel : BeatRecoveryMethod
{
    // A batch large enough for every thread, small enough that its copies stay in the cache.
    private const int BatchRows = 512;
    private readonly NetworkPredictor _predictor;

    /// <param name="name">The name in tables: that of a shipped model, or the file's.</param>
    /// <param name="file">The model.</param>
    /// <param name="threads">Threads; the result does not depend on them.</param>
    /// <exception cref="ArgumentException">The weights are not those of the card's network, or <paramref name="threads"/> is below 1.</exception>
    public BeatModel(string name, BeatModelFile file, int threads)
    {
        Name = name;
        File = file;
        _predictor = new NetworkPredictor(file.Card.Network, file.Weights, threads);
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>What was read.</summary>
    public BeatModelFile File { get; }

    /// <inheritdoc/>
    public override IReadOnlyCollection<string>? LearnedFromRecords => File.Card.Records;

    /// <summary>True for the original: trained clean to clean, its output stood for the whole beat.</summary>
    public override bool ReplacesWholeBeat => !File.Card.Masked;

    /// <summary>Reads a model file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="threads">Threads; the result does not depend on them.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or no beat model.</exception>
    public static BeatModel Load(string path, int threads) =>
        new(Path.GetFileNameWithoutExtension(path), BeatModelFile.Read(path), threads);

    /// <inheritdoc/>
    public override void Estimate(ReadOnlySpan<float> beats, Span<float> destination, CancellationToken cancellation = default)
    {
        const int length = HeartbeatSet.BeatLength;
        BeatShape.Check(beats, destination);
        var rows = beats.Length / length;
        var input = new float[Math.Min(rows, BatchRows) * length];
        for (var first = 0; first < rows; first += BatchRows)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(BatchRows, rows - first);
            var batch = input.AsSpan(0, count * length);
            BeatInput.Encode(beats.Slice(first * length, batch.Length), File.Card.Masked, batch);
            _predictor.Predict(batch, count, length, destination.Slice(first * length, batch.Length));
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _predictor.Dispose();
        base.Dispose(disposing);
    }
}
