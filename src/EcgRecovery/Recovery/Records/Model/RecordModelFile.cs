using EcgRecovery.Formats.Files;
using EcgRecovery.Neural.Files;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Recovery.Records.Model;

/// <summary>A record model on disk: weights and card in one safetensors file.</summary>
/// <param name="Card">How the model was made.</param>
/// <param name="Weights">The tensors of all networks, with the prefixes of <see cref="MemberTensors"/>.</param>
/// <param name="IsVerified">Whether the file contained correct hashes of its contents.</param>
internal sealed record RecordModelFile(RecordModelCard Card, IReadOnlyList<WeightTensor> Weights, bool IsVerified = true)
{
    private static readonly Lazy<RecordModelFile> s_shipped = new(() =>
    {
        using var stream = OpenShipped();
        return Interpret(SafetensorsFile.Read(stream, ShippedName), ShippedName);
    });

    /// <summary>The name of the model that ships with the library.</summary>
    public const string ShippedName = "record";

    /// <summary>Returns the weights of each network.</summary>
    public IReadOnlyList<IReadOnlyList<WeightTensor>> Members =>
        [.. Enumerable.Range(0, Card.Members).Select(member => MemberTensors.Of(Weights, member))];

    /// <summary>Returns whether a file says that it is a record model.</summary>
    public static bool Is(SafetensorsFile file) => file.Metadata.GetValueOrDefault("format") == RecordModelCard.Format;

    /// <summary>Opens the file of the model that ships with the library.</summary>
    public static Stream OpenShipped() => typeof(RecordModelFile).Assembly.GetManifestResourceStream("record-models/record.safetensors")!;

    /// <summary>Reads the model that ships with the library; once, since reading takes longer than recovering a gap.</summary>
    public static RecordModelFile Shipped => s_shipped.Value;

    /// <summary>Reads a model file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or no record model.</exception>
    public static RecordModelFile Read(string path) => Interpret(SafetensorsFile.Read(path), path);

    /// <summary>Writes the model.</summary>
    /// <exception cref="OutputExistsException">The file exists and <paramref name="overwrite"/> is false.</exception>
    public void Write(string path, bool overwrite) =>
        OutputFile.Write(path, overwrite, new SafetensorsFile(Card.ToMetadata(), Weights).Write);

    /// <summary>Takes a safetensors file for a model.</summary>
    /// <param name="file">The file's content.</param>
    /// <param name="name">A name for error messages.</param>
    /// <exception cref="InvalidDataException">The content is no record model.</exception>
    public static RecordModelFile Interpret(SafetensorsFile file, string name)
    {
        var card = RecordModelCard.FromMetadata(file.Metadata, name);
        var outputs = CellGrid.Fold * (1 + card.Levels.Count);
        if (card.Network.InputCount != GapChannels.Inputs || card.Network.OutputCount != outputs)
        {
            throw new InvalidDataException(
                $"{name} maps {card.Network.InputCount} inputs to {card.Network.OutputCount} outputs; "
                + $"expected {GapChannels.Inputs} to {outputs}, as a record model of {card.Levels.Count} quantiles does.");
        }

        MemberTensors.Require(MemberTensors.Shapes(Enumerable.Repeat(card.Network, card.Members)), file.Tensors, name);
        return new RecordModelFile(card, file.Tensors, file.IsVerified);
    }
}
