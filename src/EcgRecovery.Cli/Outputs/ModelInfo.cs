using EcgRecovery.Beats;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Recovery.Beats.Model;

namespace EcgRecovery.Cli.Outputs;

/// <summary>The output of <c>info</c> for a model: its layers, as in Keras' <c>model.summary()</c>, and how it was trained.</summary>
internal static class ModelInfo
{
    private const int NameWidth = 18;

    /// <summary>Returns whether a name is that of a method or a model file, not of a recording.</summary>
    public static bool IsModel(string nameOrFile) =>
        RecoveryMethods.All.Any(method => method.Name == nameOrFile)
        || Path.GetExtension(nameOrFile).Equals(".safetensors", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a model by its name or from its file.</summary>
    /// <exception cref="UsageException">The name is that of a method without a network.</exception>
    public static BeatModelFile Read(string nameOrFile)
    {
        var known = RecoveryMethods.All.FirstOrDefault(method => method.Name == nameOrFile);
        if (known is { IsModel: false })
        {
            throw new UsageException(
                $"{known.Name} is a reference method ({known.Description}) and holds no network; expected a shipped model or a model file");
        }

        return known is null ? BeatModelFile.Read(nameOrFile) : BeatModelFile.ReadShipped(nameOrFile);
    }

    /// <summary>Writes the text.</summary>
    /// <param name="output">Receives it.</param>
    /// <param name="model">Name or file of the model.</param>
    /// <param name="file">The model.</param>
    /// <param name="columns">The width of text in lists; the table of layers has 64.</param>
    public static void WriteText(TextWriter output, string model, BeatModelFile file, int columns)
    {
        var card = file.Card;
        var layers = Layers(card.Network);
        var rule = new string('─', 64);
        output.WriteLine($"Model: {model}");
        output.WriteLine(rule);
        output.WriteLine($"{"Layer (type)",-32}{"Output shape",-20}{"Parameters",12}");
        output.WriteLine(rule);
        foreach (var layer in layers)
        {
            var (name, shape) = ($"{layer.Name} ({layer.Type})", $"(None, {HeartbeatSet.BeatLength}, {layer.Outputs})");
            output.WriteLine($"{name,-32}{shape,-20}{layer.Parameters,12:N0}");
        }

        output.WriteLine(rule);
        output.WriteLine($"{"Total",-52}{card.Network.ParameterCount,12:N0}");
        if (card.Ensemble is { Members: var members })
            output.WriteLine($"{$"{members} networks, whose mean is the recovery",-52}{card.Ensemble.ParameterCount(card.Network),12:N0}");
        output.WriteLine();

        Entry("preset", card.Preset);
        Entry(
            "training", card.Masked ? "masked → clean: gaps to be recovered" : "clean → clean: the beat itself is the target");
        Entry("data", $"{card.DataRows:N0} rows, SHA-256 {card.DataSha256}");
        Entry("split", card.Split);
        Entry("records", card.Records is null ? "not known" : string.Join(' ', card.Records));
        if (card.Ensemble is { } ensemble)
            WriteEnsemble(Entry, ensemble);
        foreach (var (name, value) in card.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal))
            Entry(name, value);
        if (card.Curve is [.., var last])
        {
            var validation = double.IsNaN(last.ValidationLoss) ? "" : $", validation loss {last.ValidationLoss:G4}";
            Entry("last epoch", $"{last.Epoch}: loss {last.Loss:G4}{validation}");
        }

        Entry("made by", $"{CommandHost.ProgramName} {card.ToolVersion}");
        Entry(
            "file",
            file.IsVerified ? "verified: its hashes are right" : "not verified: it carries no hashes, so it was made elsewhere");

        void Entry(string name, string value)
        {
            if (value.Length == 0)
                return;
            foreach (var (i, line) in TextTable.Wrap(value, columns - NameWidth).Index())
                output.WriteLine($"{(i == 0 ? name : ""),-NameWidth}{line}");
        }
    }

    private static void WriteEnsemble(Action<string, string> entry, EnsembleCard ensemble)
    {
        entry("networks see", ensemble.Views switch
        {
            EnsembleViews.Row => "the broken beat",
            EnsembleViews.Library => "the broken beat and what the file's library of beats says of it",
            _ => "the broken beat; every second one also what the file's library of beats says of it",
        });
        entry("left out", string.Join("; ", ensemble.HeldOut.Select((part, i) => $"{i + 1}: {part.Replace(',', ' ')}")));
        entry("interval", string.Join("; ", ensemble.IntervalFactors.Select(factor =>
            $"up to {factor.LongestRun} samples: × {factor.Lower:F2} below, × {factor.Upper:F2} above")));
    }

    public static ModelDocument Document(string model, BeatModelFile file) => new(
        model,
        file.IsVerified,
        file.Card.Preset,
        file.Card.Masked,
        Layers(file.Card.Network).Select(layer => new LayerDocument(
            layer.Name, layer.Type, [null, HeartbeatSet.BeatLength, layer.Outputs], layer.Parameters)),
        file.Card.Ensemble?.ParameterCount(file.Card.Network) ?? file.Card.Network.ParameterCount,
        new TrainingDataDocument(file.Card.DataSha256, file.Card.DataRows, file.Card.Split, file.Card.Records),
        file.Card.Ensemble is { } ensemble ? Document(ensemble) : null,
        file.Card.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal)
            .ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.Ordinal),
        file.Card.ToolVersion,
        file.Card.Curve.Select(epoch => new EpochDocument(
            epoch.Epoch, epoch.Loss, double.IsNaN(epoch.ValidationLoss) ? null : epoch.ValidationLoss, epoch.LearningRate)));

    private static EnsembleDocument Document(EnsembleCard ensemble) => new(
        ensemble.Members,
        ensemble.Views.ToString().ToLowerInvariant(),
        ensemble.Ridge,
        ensemble.HeldOut,
        ensemble.IntervalFactors.Select(factor => new IntervalFactorDocument(factor.LongestRun, factor.Lower, factor.Upper)));

    // The name of a tensor begins with the name of its layer.
    private static IReadOnlyList<Layer> Layers(NetworkSpec network)
    {
        var counts = network.TensorShapes()
            .GroupBy(tensor => tensor.Name.Split('.')[0], tensor => tensor.Shape.Aggregate(1, (product, n) => product * n))
            .Select(layer => (Name: layer.Key, Parameters: layer.Sum()))
            .ToArray();
        return
        [
            .. network.Layers.Select((layer, i) =>
                new Layer(counts[i].Name, layer.Bidirectional ? "Bidirectional LSTM" : "LSTM", layer.OutputCount, counts[i].Parameters)),
            new Layer(counts[^1].Name, "TimeDistributed Dense", network.OutputCount, counts[^1].Parameters),
        ];
    }

    private sealed record Layer(string Name, string Type, int Outputs, int Parameters);
}

/// <summary>The JSON document of <c>info</c> for a model; its keys are the names below in camel case.</summary>
internal sealed record ModelDocument(
    string Model,
    bool Verified,
    string Preset,
    bool Masked,
    IEnumerable<LayerDocument> Layers,
    int Parameters,
    TrainingDataDocument Data,
    EnsembleDocument? Ensemble,
    IReadOnlyDictionary<string, string> Settings,
    string ToolVersion,
    IEnumerable<EpochDocument> Curve);

internal sealed record LayerDocument(string Name, string Type, IReadOnlyList<int?> OutputShape, int Parameters);

internal sealed record TrainingDataDocument(string Sha256, int Rows, string Split, IReadOnlyList<string>? Records);

internal sealed record EnsembleDocument(
    int Members, string Views, double Ridge, IReadOnlyList<string> LeftOut, IEnumerable<IntervalFactorDocument> Interval);

internal sealed record IntervalFactorDocument(int LongestRun, float Lower, float Upper);

internal sealed record EpochDocument(int Epoch, double Loss, double? ValidationLoss, double LearningRate);
