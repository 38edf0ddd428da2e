using EcgRecovery.Beats;
using EcgRecovery.Recovery.Beats.Model;

namespace EcgRecovery.Cli.Outputs;

/// <summary>The output of <c>info</c> for a model of single beats: layers, as Keras' <c>model.summary()</c>, and training.</summary>
internal static class ModelInfo
{
    /// <summary>Writes the text.</summary>
    /// <param name="output">Receives it.</param>
    /// <param name="model">Name or file of the model.</param>
    /// <param name="file">The model.</param>
    /// <param name="columns">The width of text in lists; the table of layers has 64.</param>
    public static void WriteText(TextWriter output, string model, BeatModelFile file, int columns)
    {
        var card = file.Card;
        var text = new ModelText(output, columns);
        text.WriteLayers(model, card.Network, HeartbeatSet.BeatLength);
        if (card.Ensemble is { Members: var members })
            text.WriteMembers(members, card.Ensemble.ParameterCount(card.Network));
        output.WriteLine();

        text.Entry("preset", card.Preset);
        text.Entry("imported", card.ImportedFrom ?? "");
        text.Entry("training", Training(card));
        text.Entry("data", card.DataSha256.Length == 0 ? "not known" : $"{card.DataRows:N0} rows, SHA-256 {card.DataSha256}");
        text.Entry("split", card.Split);
        text.Entry("records", card.Records is null ? "not known" : string.Join(' ', card.Records));
        if (card.Ensemble is { } ensemble)
            WriteEnsemble(text, ensemble);
        text.WriteSettings(card.Settings);
        text.WriteMaking(card.Curve, card.ToolVersion, file.IsVerified);
    }

    private static string Training(BeatModelCard card) => card switch
    {
        { ImportedFrom: not null } => $"not known; missing samples are given to it as {(card.Masked ? "−1" : "0")}",
        { Masked: true } => "masked → clean: gaps to be recovered",
        _ => "clean → clean: the beat itself is the target",
    };

    private static void WriteEnsemble(ModelText text, EnsembleCard ensemble)
    {
        text.Entry("networks see", ensemble.Views switch
        {
            EnsembleViews.Row => "the broken beat",
            EnsembleViews.Library => "the broken beat and what the file's library of beats says of it",
            _ => "the broken beat; every second one also what the file's library of beats says of it",
        });
        text.Entry("left out", string.Join("; ", ensemble.HeldOut.Select((part, i) => $"{i + 1}: {part.Replace(',', ' ')}")));
        text.Entry("interval", string.Join("; ", ensemble.IntervalFactors.Select(factor =>
            $"up to {factor.LongestRun} samples: × {factor.Lower:F2} below, × {factor.Upper:F2} above")));
    }

    public static ModelDocument Document(string model, BeatModelFile file) => new(
        model,
        file.IsVerified,
        file.Card.Preset,
        file.Card.Masked,
        file.Card.ImportedFrom,
        ModelLayers.Document(file.Card.Network, HeartbeatSet.BeatLength),
        file.Card.Ensemble?.ParameterCount(file.Card.Network) ?? file.Card.Network.ParameterCount,
        file.Card.DataSha256.Length == 0
            ? null
            : new TrainingDataDocument(file.Card.DataSha256, file.Card.DataRows, file.Card.Split, file.Card.Records),
        file.Card.Ensemble is { } ensemble ? Document(ensemble) : null,
        ModelLayers.Sorted(file.Card.Settings),
        file.Card.ToolVersion,
        ModelLayers.Document(file.Card.Curve));

    private static EnsembleDocument Document(EnsembleCard ensemble) => new(
        ensemble.Members,
        ensemble.Views.ToString().ToLowerInvariant(),
        ensemble.Ridge,
        ensemble.HeldOut,
        ensemble.IntervalFactors.Select(factor => new IntervalFactorDocument(factor.LongestRun, factor.Lower, factor.Upper)));
}

/// <summary>The JSON document of <c>info</c> for a model of single beats; its keys are the names below in camel case.</summary>
internal sealed record ModelDocument(
    string Model,
    bool Verified,
    string Preset,
    bool Masked,
    string? ImportedFrom,
    IEnumerable<LayerDocument> Layers,
    int Parameters,
    TrainingDataDocument? Data,
    EnsembleDocument? Ensemble,
    IReadOnlyDictionary<string, string> Settings,
    string ToolVersion,
    IEnumerable<EpochDocument> Curve);

internal sealed record TrainingDataDocument(string Sha256, int Rows, string Split, IReadOnlyList<string>? Records);

internal sealed record EnsembleDocument(
    int Members, string Views, double Ridge, IReadOnlyList<string> LeftOut, IEnumerable<IntervalFactorDocument> Interval);

internal sealed record IntervalFactorDocument(int LongestRun, float Lower, float Upper);
