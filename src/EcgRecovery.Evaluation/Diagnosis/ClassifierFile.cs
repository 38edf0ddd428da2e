using EcgRecovery.Formats.Files;
using EcgRecovery.Neural.Files;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Evaluation.Diagnosis;

/// <summary>A classifier on disk: weights of its networks and how they were made, in one safetensors file.</summary>
/// <param name="Network">The shape of each network.</param>
/// <param name="Members">The networks' weights, in order; in the file the tensors of network k have the prefix <c>member_k.</c>.</param>
/// <param name="Training">How they were made: texts by name, for people.</param>
internal sealed record ClassifierFile(
    NetworkSpec Network, IReadOnlyList<IReadOnlyList<WeightTensor>> Members, IReadOnlyDictionary<string, string> Training)
{
    private const string Shipped = "classifier.safetensors";
    private const string NetworkKey = "network";

    /// <summary>Reads the classifier embedded in this assembly.</summary>
    public static ClassifierFile ReadShipped()
    {
        using var stream = typeof(ClassifierFile).Assembly.GetManifestResourceStream(Shipped)!;
        return Read(stream, Shipped);
    }

    /// <summary>Reads a classifier.</summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="name">A name for error messages.</param>
    /// <exception cref="InvalidDataException">The content is damaged or no classifier.</exception>
    public static ClassifierFile Read(Stream stream, string name)
    {
        var file = SafetensorsFile.Read(stream, name);
        try
        {
            var network = NetworkJson.Read(new CardMetadata(file.Metadata).Text(NetworkKey));
            if (network.InputCount != ClassifierInput.Channels || network.OutputCount != ClassCounts.Classes)
            {
                throw new FormatException(
                    $"its network maps {network.InputCount} inputs to {network.OutputCount} outputs; "
                    + $"expected {ClassifierInput.Channels} to {ClassCounts.Classes}.");
            }

            return new ClassifierFile(network, MembersOf(file.Tensors, network), file.Metadata);
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException($"{name} is no beat classifier: {exception.Message}", exception);
        }
    }

    /// <summary>Writes the classifier.</summary>
    /// <exception cref="OutputExistsException">The file exists and <paramref name="overwrite"/> is false.</exception>
    public void Write(string path, bool overwrite)
    {
        var metadata = new Dictionary<string, string>(Training, StringComparer.Ordinal) { [NetworkKey] = NetworkJson.Write(Network) };
        var tensors = Members.SelectMany((member, k) => member.Select(tensor => tensor with { Name = Prefix(k) + tensor.Name }));
        OutputFile.Write(path, overwrite, new SafetensorsFile(metadata, [.. tensors]).Write);
    }

    private static List<IReadOnlyList<WeightTensor>> MembersOf(IReadOnlyList<WeightTensor> tensors, NetworkSpec network)
    {
        var shapes = network.TensorShapes().ToList();
        if (tensors.Count == 0 || tensors.Count % shapes.Count != 0)
            throw new FormatException($"it has {tensors.Count} tensors; expected a multiple of {shapes.Count}.");
        var members = new List<IReadOnlyList<WeightTensor>>();
        for (var k = 0; k < tensors.Count / shapes.Count; k++)
            members.Add([.. shapes.Select(shape => Tensor(Prefix(k), shape))]);
        return members;

        WeightTensor Tensor(string prefix, (string Name, int[] Shape) expected)
        {
            var tensor = tensors.FirstOrDefault(tensor => tensor.Name == prefix + expected.Name);
            return tensor is not null && tensor.Shape.SequenceEqual(expected.Shape)
                ? tensor with { Name = expected.Name }
                : throw new FormatException($"it has no tensor {prefix}{expected.Name} [{string.Join(", ", expected.Shape)}].");
        }
    }

    private static string Prefix(int member) => $"member_{member}.";
}
