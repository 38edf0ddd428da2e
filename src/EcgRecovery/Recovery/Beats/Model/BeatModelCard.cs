using System.Globalization;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>A beat model's description in its file: how it was made.</summary>
/// <param name="Preset">The preset's name.</param>
/// <param name="Network">The network's shape.</param>
/// <param name="Masked">Whether the model was trained with gaps.</param>
internal sealed record BeatModelCard(string Preset, NetworkSpec Network, bool Masked)
{
    /// <summary>The value of <c>format</c> in the file.</summary>
    public const string Format = "ecg-recovery-beat-model/1";

    // The card's own keys; all others are settings.
    private static readonly string[] s_own =
    [
        "format", "preset", "network", "masked", "imported_from", "data_sha256", "data_rows", "split", "tool_version", "curve", "records",
        .. EnsembleCard.Keys,
    ];

    /// <summary>The part of an ensemble with a library of beats; null for a single network that sees only the row.</summary>
    public EnsembleCard? Ensemble { get; init; }

    /// <summary>The source of weights that another program trained, in words; their training is not known. Otherwise null.</summary>
    public string? ImportedFrom { get; init; }

    /// <summary>SHA-256 of the training file's (uncompressed) bytes, lower-case hexadecimal; empty if unknown.</summary>
    public string DataSha256 { get; init; } = "";

    /// <summary>Rows of the training file, including validation rows; 0 if unknown.</summary>
    public int DataRows { get; init; }

    /// <summary>The split of the rows into training and validation, in words.</summary>
    public string Split { get; init; } = "";

    /// <summary>Records of the beats in the training file; null if unknown.</summary>
    public IReadOnlyList<string>? Records { get; init; }

    /// <summary>Every setting of the training run, as <c>name=value</c> pairs.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The learning curve.</summary>
    public IReadOnlyList<EpochResult> Curve { get; init; } = [];

    /// <summary>Version of the tool that trained or imported it.</summary>
    public string ToolVersion { get; init; } = "";

    /// <summary>Returns the card as a model file's metadata.</summary>
    public IReadOnlyDictionary<string, string> ToMetadata()
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["format"] = Format,
            ["preset"] = Preset,
            ["network"] = NetworkJson.Write(Network),
            ["masked"] = Masked ? "true" : "false",
            ["data_sha256"] = DataSha256,
            ["data_rows"] = DataRows.ToString(CultureInfo.InvariantCulture),
            ["split"] = Split,
            ["tool_version"] = ToolVersion,
            ["curve"] = LearningCurveJson.Write(Curve),
        };
        if (ImportedFrom is not null)
            metadata["imported_from"] = ImportedFrom;
        if (Records is not null)
            metadata["records"] = string.Join(',', Records);
        Ensemble?.WriteTo(metadata);
        foreach (var (name, value) in Settings)
            metadata[name] = value;
        return metadata;
    }

    /// <summary>Reads the card from a model file's metadata.</summary>
    /// <param name="metadata">A model file's metadata.</param>
    /// <param name="fileName">The file, for error messages.</param>
    /// <exception cref="InvalidDataException">The metadata do not describe a beat model.</exception>
    public static BeatModelCard FromMetadata(IReadOnlyDictionary<string, string> metadata, string fileName)
    {
        var format = metadata.GetValueOrDefault("format", "none");
        if (format != Format)
            throw new InvalidDataException($"{fileName} is no beat model: its format is '{format}'; expected '{Format}'.");
        try
        {
            var card = new CardMetadata(metadata);
            var records = metadata.GetValueOrDefault("records");
            return new BeatModelCard(card.Text("preset"), NetworkJson.Read(card.Text("network")), card.Flag("masked"))
            {
                Ensemble = EnsembleCard.ReadFrom(metadata),
                ImportedFrom = metadata.GetValueOrDefault("imported_from"),
                DataSha256 = card.Text("data_sha256"),
                DataRows = card.Number<int>("data_rows"),
                Split = card.Text("split"),
                Records = records?.Split(',', StringSplitOptions.RemoveEmptyEntries),
                ToolVersion = card.Text("tool_version"),
                Curve = LearningCurveJson.Read(card.Text("curve")),
                Settings = metadata.Where(m => !s_own.Contains(m.Key) && !m.Key.EndsWith("_sha256", StringComparison.Ordinal))
                    .ToDictionary(m => m.Key, m => m.Value, StringComparer.Ordinal),
            };
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException($"{fileName} has a beat model's format but not its metadata: {exception.Message}", exception);
        }
    }
}
