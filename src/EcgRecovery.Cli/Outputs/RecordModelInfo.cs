using EcgRecovery.Recovery.Records.Model;

namespace EcgRecovery.Cli.Outputs;

/// <summary>The output of <c>info</c> for a model of recordings: its layers, and how it was trained.</summary>
internal static class RecordModelInfo
{
    /// <summary>Writes the text.</summary>
    /// <param name="output">Receives it.</param>
    /// <param name="model">Name or file of the model.</param>
    /// <param name="file">The model.</param>
    /// <param name="columns">The width of text in lists.</param>
    public static void WriteText(TextWriter output, string model, RecordModelFile file, int columns)
    {
        var card = file.Card;
        var text = new ModelText(output, columns);
        text.WriteLayers(model, card.Network, timeSteps: null);
        text.WriteMembers(card.Members, card.ParameterCount);
        output.WriteLine();

        text.Entry("preset", card.Preset);
        text.Entry("training", "gaps of recordings, of which it corrects the mean of many estimates");
        text.Entry("data", $"{card.Records.Count} recordings, SHA-256 {card.DataSha256}");
        text.Entry("records", string.Join(' ', card.Records));
        text.Entry("left out", string.Join("; ", card.HeldOut.Select((part, i) => $"{i + 1}: {part.Replace(',', ' ')}")));
        text.Entry("quantiles", string.Join(' ', card.Levels));
        var bins = card.Calibration.Bins;
        text.Entry("interval", string.Join("; ", bins.Where(bin => !bin.IsSurviving).Select(bin => Describe(card, bin))));
        text.Entry("with other leads", string.Join("; ", bins.Where(bin => bin.IsSurviving).Select(bin => Describe(card, bin))));
        text.WriteSettings(card.Settings);
        text.WriteMaking(card.Curve, card.ToolVersion, file.IsVerified);
    }

    /// <summary>Returns the JSON document.</summary>
    public static RecordModelDocument Document(string model, RecordModelFile file) => new(
        model,
        file.IsVerified,
        file.Card.Preset,
        ModelLayers.Document(file.Card.Network, timeSteps: null),
        file.Card.ParameterCount,
        new RecordTrainingDataDocument(file.Card.DataSha256, file.Card.Records),
        file.Card.Members,
        file.Card.HeldOut,
        file.Card.Levels,
        file.Card.Calibration.Bins.Select(bin => new CalibrationBinDocument(
            double.IsInfinity(bin.LongestSeconds) ? null : bin.LongestSeconds, bin.IsSurviving, bin.Factors)),
        ModelLayers.Sorted(file.Card.Settings),
        file.Card.ToolVersion,
        ModelLayers.Document(file.Card.Curve));

    private static string Describe(RecordModelCard card, CalibrationBin bin)
    {
        var length = double.IsInfinity(bin.LongestSeconds) ? "longer" : $"up to {bin.LongestSeconds} s";
        var factors = bin.Factors.Select((factor, i) => $"{100 * IntervalLevels.ShareOf(card.Levels, i):0.#} % × {factor:F2}");
        return $"{length}: {string.Join(", ", factors)}";
    }
}

/// <summary>The JSON document of <c>info</c> for a model of recordings; its keys are the names below in camel case.</summary>
internal sealed record RecordModelDocument(
    string Model,
    bool Verified,
    string Preset,
    IEnumerable<LayerDocument> Layers,
    int Parameters,
    RecordTrainingDataDocument Data,
    int Members,
    IReadOnlyList<string> LeftOut,
    IReadOnlyList<float> Levels,
    IEnumerable<CalibrationBinDocument> Calibration,
    IReadOnlyDictionary<string, string> Settings,
    string ToolVersion,
    IEnumerable<EpochDocument> Curve);

internal sealed record RecordTrainingDataDocument(string Sha256, IReadOnlyList<string> Records);

internal sealed record CalibrationBinDocument(double? LongestSeconds, bool SurvivingLead, IReadOnlyList<float> Factors);
