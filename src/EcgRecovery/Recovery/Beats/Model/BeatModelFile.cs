using EcgRecovery.Formats.Files;
using EcgRecovery.Neural.Files;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>A beat model on disk: weights and card in one safetensors file.</summary>
/// <param name="Card">How the model was made.</param>
/// <param name="Weights">Tensors with the names and shapes of <see cref="NetworkSpec.TensorShapes"/>.</param>
/// <param name="IsVerified">Whether the file contained correct hashes of its contents.</param>
internal sealed record BeatModelFile(BeatModelCard Card, IReadOnlyList<WeightTensor> Weights, bool IsVerified = true)
{
    // Each .safetensors file of the folder Recovery/Models is embedded under this prefix.
    private const string ResourcePrefix = "models/";
    private const string ResourceSuffix = ".safetensors";

    /// <summary>The names of the models embedded in this library, in order.</summary>
    internal static IReadOnlyList<string> ShippedNames { get; } =
    [
        .. typeof(BeatModelFile).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .Where(name => name.EndsWith(ResourceSuffix, StringComparison.Ordinal))
            .Select(name => name[ResourcePrefix.Length..^ResourceSuffix.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Opens the file of a model embedded in this library.</summary>
    internal static Stream OpenShipped(string name) =>
        typeof(BeatModelFile).Assembly.GetManifestResourceStream($"{ResourcePrefix}{name}{ResourceSuffix}")!;

    /// <summary>Reads a model embedded in this library.</summary>
    internal static BeatModelFile ReadShipped(string name)
    {
        using var stream = OpenShipped(name);
        return Read(stream, name);
    }

    /// <summary>Reads a model file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or no beat model.</exception>
    public static BeatModelFile Read(string path) => Interpret(SafetensorsFile.Read(path), path);

    /// <summary>Reads a model from a stream.</summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="name">A name for error messages.</param>
    /// <exception cref="InvalidDataException">The content is damaged or no beat model.</exception>
    public static BeatModelFile Read(Stream stream, string name) => Interpret(SafetensorsFile.Read(stream, name), name);

    /// <summary>Writes the model.</summary>
    /// <exception cref="OutputExistsException">The file exists and <paramref name="overwrite"/> is false.</exception>
    public void Write(string path, bool overwrite) =>
        OutputFile.Write(path, overwrite, new SafetensorsFile(Card.ToMetadata(), Weights).Write);

    /// <summary>Takes a safetensors file for a model.</summary>
    /// <param name="file">The file's content.</param>
    /// <param name="name">A name for error messages.</param>
    /// <exception cref="InvalidDataException">The content is no beat model.</exception>
    internal static BeatModelFile Interpret(SafetensorsFile file, string name)
    {
        var card = BeatModelCard.FromMetadata(file.Metadata, name);
        var (inputs, outputs) = card.Ensemble is { } ensemble
            ? (BeatChannels.Inputs(ensemble.Views.SeesLibrary(0)), BeatChannels.Outputs)
            : (1, 1);
        if (card.Network.InputCount != inputs || card.Network.OutputCount != outputs)
        {
            throw new InvalidDataException(
                $"{name} maps {card.Network.InputCount} inputs to {card.Network.OutputCount} outputs; "
                + $"expected {inputs} to {outputs}, as a beat model of its kind does.");
        }

        var shapes = card.Ensemble is null
            ? card.Network.TensorShapes()
            : EnsembleTensors.Shapes(card.Network, card.Ensemble, file.Tensors);
        MemberTensors.Require(shapes, file.Tensors, name);
        if (file.Tensors.FirstOrDefault(t => t.Name == EnsembleTensors.Library) is { Type: not TensorType.U8 })
            throw new InvalidDataException($"{name} has a library of {TensorType.F32}; expected {TensorType.U8}, whole numbers 0 to 255.");
        return new BeatModelFile(card, file.Tensors, file.IsVerified);
    }
}
