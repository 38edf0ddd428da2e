using System.Globalization;
using System.Text.Json;
using EcgRecovery.Formats.Files;
using EcgRecovery.Neural;
using EcgRecovery.Neural.Files;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Recovery.Training;

/// <summary>Keeps a training run's state on disk, replaced after every epoch by a rename, so that a stop at any moment loses one epoch at most.</summary>
/// <remarks>
/// Order and gaps of an epoch depend on the seed and the epoch's number alone, so weights, moments and the curve are all there is to keep.
/// A run may go on with other threads and more epochs; on a machine with another <see cref="EnginePath"/> it goes on too, but its bits then
/// are not those of an undisturbed run.
/// </remarks>
public sealed class TrainingCheckpoint
{
    private const string Format = "ecg-recovery-checkpoint/2";

    /// <param name="directory">Where checkpoints lie; made if it is not there.</param>
    /// <param name="resume">Whether to go on from a checkpoint that lies there.</param>
    /// <exception cref="OutputExistsException">A checkpoint lies there and <paramref name="resume"/> is false.</exception>
    public TrainingCheckpoint(string directory, bool resume)
    {
        Path = System.IO.Path.Combine(directory, "checkpoint.safetensors");
        if (!resume && File.Exists(Path))
            throw new OutputExistsException($"Checkpoint {Path} exists; give --resume to go on from it, or another directory.");
        Directory.CreateDirectory(directory);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Reads the state, or null where there is none yet.</summary>
    /// <exception cref="InvalidDataException">The checkpoint is damaged, or of a run with other settings or data.</exception>
    internal TrainingState? Load(Func<int, NetworkSpec> networkOf, string fingerprint)
    {
        if (!File.Exists(Path))
            return null;
        var file = SafetensorsFile.Read(Path);
        if (file.Metadata.GetValueOrDefault("format") != Format || !file.IsVerified)
            throw new InvalidDataException($"{Path} is no checkpoint of a training run; expected format '{Format}' with its hashes.");
        var other = file.Metadata.GetValueOrDefault("run", "");
        if (other != fingerprint)
            throw new InvalidDataException($"{Path} belongs to another run; it has {FirstDifference(other, fingerprint)}.");

        try
        {
            var updates = file.Metadata["updates"].Split(',').Select(n => long.Parse(n, CultureInfo.InvariantCulture));
            var curve = JsonSerializer.Deserialize<double[][]>(file.Metadata["curve"], s_json)!
                .Select(e => new EpochResult((int)e[0], e[1], e[2], e[3])).ToArray();
            return new TrainingState([.. updates.Select((count, n) => Network(file, networkOf(n), n + 1, count))], curve);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or FormatException or OverflowException or JsonException
            or IndexOutOfRangeException or ArgumentException or NullReferenceException)
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
            // One a network: those held out from more rows have fewer.
            ["updates"] = string.Join(',', state.Networks.Select(network => network.Optimizer.Updates.ToString(CultureInfo.InvariantCulture))),
            ["curve"] = JsonSerializer.Serialize(state.Curve.Select(e => (double[])[e.Epoch, e.Loss, e.ValidationLoss, e.LearningRate]), s_json),
        };
        var tensors = state.Networks.SelectMany((network, i) => Prefixed($"{i + 1}/weights/", network.Weights)
            .Concat(Prefixed($"{i + 1}/first_moments/", network.Optimizer.FirstMoments))
            .Concat(Prefixed($"{i + 1}/second_moments/", network.Optimizer.SecondMoments))
            .Concat(Prefixed($"{i + 1}/best/", network.BestWeights ?? [])));
        OutputFile.Write(Path, overwrite: true, new SafetensorsFile(metadata, [.. tensors]).Write);
    }

    private static readonly JsonSerializerOptions s_json = new()
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private static IEnumerable<WeightTensor> Prefixed(string prefix, IReadOnlyList<WeightTensor> tensors) =>
        tensors.Select(t => t with { Name = prefix + t.Name });

    private static NetworkState Network(SafetensorsFile file, NetworkSpec network, int number, long updates) => new(
        Section(file, network, $"{number}/weights/"),
        new OptimizerState(updates, Section(file, network, $"{number}/first_moments/"), Section(file, network, $"{number}/second_moments/")),
        file.Tensors.Any(t => t.Name.StartsWith($"{number}/best/", StringComparison.Ordinal)) ? Section(file, network, $"{number}/best/") : null);

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

    private static string FirstDifference(string theirs, string ours)
    {
        var (found, expected) = theirs.Split(';').Zip(ours.Split(';')).FirstOrDefault(pair => pair.First != pair.Second, (First: theirs, Second: ours));
        return $"{found}; expected {expected}";
    }
}
