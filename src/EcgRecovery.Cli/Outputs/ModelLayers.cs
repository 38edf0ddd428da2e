using EcgRecovery.Neural.Networks;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Cli.Outputs;

/// <summary>One layer of a network, as <c>info</c> shows it.</summary>
/// <param name="Name">Its name in the model file.</param>
/// <param name="Type">Its type, in Keras' words.</param>
/// <param name="Outputs">Outputs of a time step.</param>
/// <param name="Parameters">Trainable parameters.</param>
internal sealed record ModelLayer(string Name, string Type, int Outputs, int Parameters);

/// <summary>The layers of a network, and the parts that the JSON documents of models have in common.</summary>
internal static class ModelLayers
{
    /// <summary>Returns the layers of a network.</summary>
    public static IReadOnlyList<ModelLayer> Of(NetworkSpec network)
    {
        // The name of a tensor begins with the name of its layer.
        var counts = network.TensorShapes()
            .GroupBy(tensor => tensor.Name.Split('.')[0], tensor => tensor.Shape.Aggregate(1, (product, n) => product * n))
            .Select(layer => (Name: layer.Key, Parameters: layer.Sum()))
            .ToArray();
        return
        [
            .. network.Layers.Select((layer, i) => new ModelLayer(
                counts[i].Name, layer.Bidirectional ? "Bidirectional LSTM" : "LSTM", layer.OutputCount, counts[i].Parameters)),
            new ModelLayer(counts[^1].Name, "TimeDistributed Dense", network.OutputCount, counts[^1].Parameters),
        ];
    }

    /// <summary>Returns the layers of a network for JSON.</summary>
    /// <param name="network">The network.</param>
    /// <param name="timeSteps">Time steps of a sequence; null for any number.</param>
    public static IEnumerable<LayerDocument> Document(NetworkSpec network, int? timeSteps) => Of(network)
        .Select(layer => new LayerDocument(layer.Name, layer.Type, [null, timeSteps, layer.Outputs], layer.Parameters));

    /// <summary>Returns a learning curve for JSON.</summary>
    public static IEnumerable<EpochDocument> Document(IEnumerable<EpochResult> curve) => curve.Select(epoch => new EpochDocument(
        epoch.Epoch, epoch.Loss, double.IsNaN(epoch.ValidationLoss) ? null : epoch.ValidationLoss, epoch.LearningRate));

    /// <summary>Returns settings in order of their names.</summary>
    public static IReadOnlyDictionary<string, string> Sorted(IReadOnlyDictionary<string, string> settings) => settings
        .OrderBy(setting => setting.Key, StringComparer.Ordinal)
        .ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.Ordinal);
}

internal sealed record LayerDocument(string Name, string Type, IReadOnlyList<int?> OutputShape, int Parameters);

internal sealed record EpochDocument(int Epoch, double Loss, double? ValidationLoss, double LearningRate);
