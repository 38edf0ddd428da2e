using System.Globalization;
using EcgRecovery.Formats.Files;
using EcgRecovery.Neural;
using EcgRecovery.Neural.Files;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Recovery.Training;

/// <summary>A training run's state on disk, replaced by a rename after every epoch, so that an abort loses at most one epoch.</summary>
/// <remarks>
/// Order and gaps of an epoch depend only on the seed and the epoch's number, so the file holds only weights, moments and the learning
/// curve. A run may continue with another number of threads and more epochs. It may also continue with another
/// <see cref="EnginePath"/>, but its bits then differ from those of an uninterrupted run.
/// </remarks>
internal sealed class TrainingCheckpoint
{
    private const string Format = "ecg-recovery-checkpoint/2";

    /// <param name="directory">The folder of the checkpoint; created if it does not exist.</param>
    /// <param name="resume">Whether to continue from a checkpoint in the folder.</param>
    /// <exception cref="CheckpointExistsException">The folder holds a checkpoint and <paramref name="resume"/> is false.</exception>
    public TrainingCheckpoint(string directory, bool resume)
    {
        Path = System.IO.Path.Combine(directory, "checkpoint.safetensors");
        if (!resume && File.Exists(Path))
            throw new CheckpointExistsException(Path);
        Directory.CreateDirectory(directory);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Reads the state; null where there is none yet.</summary>
    /// <param name="networkOf">The shape of the network with a number, counted from 0.</param>
    /// <param name="fingerprint">Settings and data of the run, as <c>name=value</c> pairs with <c>;</c> between them.</param>
    /// <exception cref="InvalidDataException">The checkpoint is damaged, or belongs to a run with other settings or data.</exception>
    internal TrainingState? Load(Func<int, NetworkSpec> networkOf, string fingerprint)
    {
        if (!File.Exists(Path))
            return null;
        var file = SafetensorsFile.Read(Path);
        if (file.Metadata.GetValueOrDefault("format") != Format || !file.IsVerified)
            throw new InvalidDataException($"{Path} is no checkpoint of a training run; expected format '{Format}' with its hashes.");
        var other = file.Metadata.GetValueOrDefault("run", "");
        if (other != fingerprint)
            throw new InvalidDataException($"{Path} belongs to another run; it has {RunFingerprint.FirstDifference(other, fingerprint)}.");

        try
        {
            var updates = ReadUpdates(file.Metadata.GetValueOrDefault("updates", ""));
            var curve = LearningCurveJson.Read(file.Metadata.GetValueOrDefault("curve", ""));
            return new TrainingState([.. updates.Select((count, n) => Network(file, networkOf(n), n + 1, count))], curve);
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException($"{Path} has a checkpoint's format but not its content: {exception.Message}", exception);
        }
    }

    /// <summary>Replaces the state.</summary>
    internal void Save(TrainingState state, string fingerprint)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["format"] = Format,
            ["run"] = fingerprint,
            // One update count per network; a network with more held-out rows makes fewer updates.
            ["updates"] = string.Join(',', state.Networks.Select(n => n.Optimizer.Updates.ToString(CultureInfo.InvariantCulture))),
            ["curve"] = LearningCurveJson.Write(state.Curve),
        };
        var tensors = state.Networks.SelectMany((network, i) => Prefixed($"{i + 1}/weights/", network.Weights)
            .Concat(Prefixed($"{i + 1}/first_moments/", network.Optimizer.FirstMoments))
            .Concat(Prefixed($"{i + 1}/second_moments/", network.Optimizer.SecondMoments))
            .Concat(Prefixed($"{i + 1}/best/", network.BestWeights ?? [])));
        OutputFile.Write(Path, overwrite: true, new SafetensorsFile(metadata, [.. tensors]).Write);
    }

    private static IEnumerable<WeightTensor> Prefixed(string prefix, IReadOnlyList<WeightTensor> tensors) =>
        tensors.Select(t => t with { Name = prefix + t.Name });

    private static List<long> ReadUpdates(string text)
    {
        var counts = new List<long>();
        foreach (var part in text.Split(','))
        {
            if (!long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                throw new FormatException($"updates is '{text}'; expected whole numbers with commas between them.");
            counts.Add(count);
        }

        return counts;
    }

    private static NetworkState Network(SafetensorsFile file, NetworkSpec network, int number, long updates)
    {
        var hasBest = file.Tensors.Any(t => t.Name.StartsWith($"{number}/best/", StringComparison.Ordinal));
        return new NetworkState(
            Section(file, network, $"{number}/weights/"),
            new OptimizerState(
                updates,
                Section(file, network, $"{number}/first_moments/"),
                Section(file, network, $"{number}/second_moments/")),
            hasBest ? Section(file, network, $"{number}/best/") : null);
    }

    private static List<WeightTensor> Section(SafetensorsFile file, NetworkSpec network, string prefix)
    {
        var section = new List<WeightTensor>();
        foreach (var (name, shape) in network.TensorShapes())
        {
            var tensor = file.Tensors.FirstOrDefault(t => t.Name == prefix + name && t.Shape.AsSpan().SequenceEqual(shape))
                ?? throw new FormatException($"it has no {prefix}{name} [{string.Join(", ", shape)}].");
            section.Add(tensor with { Name = name });
        }

        return section;
    }
}

/// <summary>The error for a new run in a folder with a checkpoint.</summary>
/// <param name="path">The checkpoint.</param>
internal sealed class CheckpointExistsException(string path) : IOException($"Checkpoint {path} exists; expected a folder without one.")
{
    /// <summary>The checkpoint.</summary>
    public string Path { get; } = path;
}
