using EcgRecovery.Neural.Networks;
using EcgRecovery.Recovery.Beats.Model;
using EcgRecovery.Recovery.Beats.Training;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Recovery.Beats.Import;

/// <summary>The weights of the original network, LSTM 64 → 32 → 64 → dense 1, that another program trained.</summary>
/// <param name="Program">The program that gave them their names.</param>
/// <param name="Weights">The tensors of <see cref="NetworkSpec.TensorShapes"/>, in that order.</param>
/// <param name="Layers">The name in the file of each layer, the dense layer last.</param>
internal sealed record OriginalWeights(string Program, IReadOnlyList<WeightTensor> Weights, IReadOnlyList<string> Layers)
{
    private const int MaximumListed = 16;
    private static readonly AutoencoderTraining s_original = new();

    /// <summary>The network.</summary>
    public static NetworkSpec Network => s_original.Network;

    /// <summary>Converts the tensors of a file.</summary>
    /// <remarks>The layers of the original differ in shape, so shapes decide their order, not names.</remarks>
    /// <param name="tensors">The file's tensors.</param>
    /// <param name="fileName">The file, for error messages.</param>
    /// <exception cref="InvalidDataException">They are not those of the original network.</exception>
    public static OriginalWeights Convert(IReadOnlyList<WeightTensor> tensors, string fileName)
    {
        var names = ForeignNames.All.FirstOrDefault(program => program.Knows(tensors));
        if (names is null)
        {
            var known = string.Join(" or ", ForeignNames.All.Select(program => $"of {program.Program} ({program.Names})"));
            throw new InvalidDataException($"{fileName} has no tensors of an LSTM: it has {List(tensors)}; expected those {known}.");
        }

        try
        {
            var layers = Arrange(names.Layers(tensors));
            return new OriginalWeights(names.Program, [.. layers.SelectMany(Tensors)], [.. layers.Select(layer => layer.Name)]);
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException(
                $"{fileName}, by names of {names.Program}: {exception.Message}. It has {List(tensors)}; expected {Expected(names)}.",
                exception);
        }
    }

    /// <summary>Returns the model.</summary>
    /// <param name="source">Where the weights are from, in words.</param>
    /// <param name="masked">Whether the network was trained with gaps, in which missing samples are −1.</param>
    public BeatModelFile ToModel(string source, bool masked) => new(
        new BeatModelCard(s_original.Preset, Network, masked) { ImportedFrom = source, ToolVersion = ToolVersion.Text }, Weights);

    private static List<ForeignLayer> Arrange(IReadOnlyList<ForeignLayer> found)
    {
        var layers = new List<ForeignLayer>();
        var inputs = Network.InputCount;
        foreach (var spec in Network.Layers)
        {
            layers.Add(Find($"an LSTM of {inputs} to {spec.Units}", [inputs, 4 * spec.Units], [spec.Units, 4 * spec.Units]));
            inputs = spec.OutputCount;
        }

        layers.Add(Find($"a dense layer of {inputs} to {Network.OutputCount}", [inputs, Network.OutputCount], null));
        return found.FirstOrDefault(layer => !layers.Contains(layer)) is { } unknown
            ? throw new FormatException($"layer {unknown.Name} is none of the original network")
            : layers;

        ForeignLayer Find(string what, int[] kernel, int[]? recurrent)
        {
            var fitting = found.Where(layer => layer.HasShapes(kernel, recurrent)).ToList();
            return fitting.Count == 1
                ? fitting[0]
                : throw new FormatException($"{(fitting.Count == 0 ? "no layer is" : $"{fitting.Count} layers are")} {what}");
        }
    }

    private static IEnumerable<WeightTensor> Tensors(ForeignLayer layer, int index)
    {
        var prefix = layer.Recurrent is null ? "dense" : FormattableString.Invariant($"lstm_{index + 1}");
        yield return layer.Kernel with { Name = $"{prefix}.kernel" };
        if (layer.Recurrent is { } recurrent)
            yield return recurrent with { Name = $"{prefix}.recurrent_kernel" };
        yield return layer.Bias with { Name = $"{prefix}.bias" };
    }

    private static string List(IReadOnlyList<WeightTensor> tensors)
    {
        if (tensors.Count == 0)
            return "none";
        var listed = tensors.Take(MaximumListed).Select(tensor => $"{tensor.Name} [{string.Join(", ", tensor.Shape)}]");
        var more = tensors.Count > MaximumListed ? $" and {tensors.Count - MaximumListed} more" : "";
        return $"{string.Join(", ", listed)}{more}";
    }

    private static string Expected(ForeignNames names)
    {
        var inputs = Network.InputCount;
        var layers = new List<string>();
        foreach (var spec in Network.Layers)
        {
            layers.Add($"LSTM {names.DescribeLstm(inputs, spec.Units)}");
            inputs = spec.OutputCount;
        }

        return $"{string.Join("; ", layers)}; dense {names.DescribeDense(inputs, Network.OutputCount)}";
    }
}
