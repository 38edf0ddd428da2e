using EcgRecovery.Records;

namespace EcgRecovery.Beats;

/// <summary>The source of a heartbeat row.</summary>
/// <param name="Record">Record name, as in <c>208</c>.</param>
/// <param name="Sample">Sample of the beat's annotation at the record's own frequency; −1 if only the record is known.</param>
/// <param name="Symbol">The beat's WFDB symbol, as in <c>V</c>; empty if only the record is known.</param>
public readonly record struct HeartbeatSource(string Record, int Sample, string Symbol)
{
    /// <summary>Creates a source of which only the record is known.</summary>
    public static HeartbeatSource RecordOnly(string record) => new(record, -1, "");

    /// <summary>Whether the place in the record is known.</summary>
    public bool IsExact => Sample >= 0;
}

/// <summary>
/// Heartbeats in the layout of Kaggle's MIT-BIH files: 187 samples a row, amplitude scaled to 0…1, zero-padded, with a class.
/// </summary>
public sealed class HeartbeatSet
{
    /// <summary>L, samples per row (at 120 Hz: every third sample of 360 Hz).</summary>
    public const int BeatLength = 187;

    /// <summary>Creates a set from arrays, which are not copied.</summary>
    /// <param name="samples">The samples, [N, 187], row-major; NaN = missing.</param>
    /// <param name="classes">The classes, [N].</param>
    /// <param name="sources">The sources, [N]; null = not known.</param>
    /// <exception cref="ArgumentException">The lengths do not match.</exception>
    public HeartbeatSet(float[] samples, AamiClass[] classes, IReadOnlyList<HeartbeatSource>? sources = null)
    {
        if (samples.Length != classes.Length * BeatLength)
        {
            throw new ArgumentException(
                $"samples has {samples.Length} values; expected [N, {BeatLength}] = {classes.Length * BeatLength}.", nameof(samples));
        }

        if (sources is not null && sources.Count != classes.Length)
            throw new ArgumentException($"sources has {sources.Count} rows; expected {classes.Length}.", nameof(sources));
        Samples = samples;
        Classes = classes;
        Sources = sources;
    }

    /// <summary>N, the number of rows.</summary>
    public int Count => Classes.Length;

    /// <summary>The samples, [N, 187], row-major; NaN = missing.</summary>
    public float[] Samples { get; }

    /// <summary>The classes, [N].</summary>
    public AamiClass[] Classes { get; }

    /// <summary>The sources, [N]; null = not known, and so are the patients.</summary>
    public IReadOnlyList<HeartbeatSource>? Sources { get; }

    /// <summary>Gets one row, [187].</summary>
    public ReadOnlySpan<float> this[int row] => Samples.AsSpan(row * BeatLength, BeatLength);

    /// <summary>Returns the number of samples of signal in a row: trailing zeros are padding.</summary>
    public int RealLength(int row)
    {
        var beat = this[row];
        var length = BeatLength;
        while (length > 0 && beat[length - 1] == 0f)
            length--;
        return length;
    }

    /// <summary>Returns a new set of the given rows, in the given order.</summary>
    public HeartbeatSet Select(IReadOnlyList<int> rows)
    {
        var samples = new float[rows.Count * BeatLength];
        var classes = new AamiClass[rows.Count];
        var sources = Sources is null ? null : new HeartbeatSource[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            this[rows[i]].CopyTo(samples.AsSpan(i * BeatLength));
            classes[i] = Classes[rows[i]];
            if (sources is not null)
                sources[i] = Sources![rows[i]];
        }

        return new HeartbeatSet(samples, classes, sources);
    }
}
