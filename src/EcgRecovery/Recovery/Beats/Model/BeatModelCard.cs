using System.Globalization;
using System.Text.Json;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>What a beat model's file says of its making.</summary>
/// <param name="Preset">The preset's name.</param>
/// <param name="Network">The network's shape.</param>
/// <param name="Masked">Whether it was trained with gaps.</param>
public sealed record BeatModelCard(string Preset, NetworkSpec Network, bool Masked)
{
    /// <summary>What the file's <c>format</c> must be.</summary>
    public const string Format = "ecg-recovery-beat-model/1";

    /// <summary>What makes the model an ensemble that refers to other beats; null for a network that sees the row alone.</summary>
    public EnsembleCard? Ensemble { get; init; }

    /// <summary>SHA-256 of the training file's (uncompressed) bytes, lower-case hexadecimal.</summary>
    public string DataSha256 { get; init; } = "";

    /// <summary>Rows of the training file, validation rows included.</summary>
    public int DataRows { get; init; }

    /// <summary>How the rows were split, in words.</summary>
    public string Split { get; init; } = "";

    /// <summary>Records whose beats the training file holds; null where the file does not say.</summary>
    public IReadOnlyList<string>? Records { get; init; }

    /// <summary>Every setting of the training run, as <c>name=value</c> pairs.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The learning curve.</summary>
    public IReadOnlyList<EpochResult> Curve { get; init; } = [];

    /// <summary>Version of the tool that trained it.</summary>
    public string ToolVersion { get; init; } = "";

    /// <summary>The card as a model file's metadata.</summary>
    public IReadOnlyDictionary<string, string> ToMetadata()
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["format"] = Format,
            ["preset"] = Preset,
            ["network"] = WriteNetwork(Network),
            ["masked"] = Masked ? "true" : "false",
            ["data_sha256"] = DataSha256,
            ["data_rows"] = DataRows.ToString(CultureInfo.InvariantCulture),
            ["split"] = Split,
            ["tool_version"] = ToolVersion,
            ["curve"] = JsonSerializer.Serialize(Curve.Select(e => (double?[])[e.Epoch, e.Loss, double.IsNaN(e.ValidationLoss) ? null : e.ValidationLoss, e.LearningRate])),
        };
        if (Records is not null)
            metadata["records"] = string.Join(',', Records);
        Ensemble?.WriteTo(metadata);
        foreach (var (name, value) in Settings)
            metadata[name] = value;
        return metadata;
    }

    /// <summary>Reads the card back.</summary>
    /// <param name="metadata">A model file's metadata.</param>
    /// <param name="fileName">For the error message.</param>
    /// <exception cref="InvalidDataException">The metadata are not those of a beat model.</exception>
    public static BeatModelCard FromMetadata(IReadOnlyDictionary<string, string> metadata, string fileName)
    {
        var format = metadata.GetValueOrDefault("format", "none");
        if (format != Format)
            throw new InvalidDataException($"{fileName} is no beat model: its format is '{format}'; expected '{Format}'.");
        try
        {
            var records = metadata.GetValueOrDefault("records");
            string[] own = ["format", "preset", "network", "masked", "data_sha256", "data_rows", "split", "tool_version", "curve", "records", .. EnsembleCard.Keys];
            return new BeatModelCard(metadata["preset"], ReadNetwork(metadata["network"]), bool.Parse(metadata["masked"]))
            {
                Ensemble = EnsembleCard.ReadFrom(metadata),
                DataSha256 = metadata["data_sha256"],
                DataRows = int.Parse(metadata["data_rows"], CultureInfo.InvariantCulture),
                Split = metadata["split"],
                Records = records is null ? null : records.Split(',', StringSplitOptions.RemoveEmptyEntries),
                ToolVersion = metadata["tool_version"],
                Curve = ReadCurve(metadata["curve"]),
                Settings = metadata.Where(m => !own.Contains(m.Key) && !m.Key.EndsWith("_sha256", StringComparison.Ordinal))
                    .ToDictionary(m => m.Key, m => m.Value, StringComparer.Ordinal),
            };
        }
        catch (Exception exception) when (exception is KeyNotFoundException or FormatException or JsonException or InvalidOperationException
            or IndexOutOfRangeException or OverflowException or NullReferenceException or ArgumentException)
        {
            throw new InvalidDataException($"{fileName} has a beat model's format but not its metadata: {exception.Message}", exception);
        }
    }

    private static string WriteNetwork(NetworkSpec network) => JsonSerializer.Serialize(new
    {
        inputs = network.InputCount,
        layers = network.Layers.Select(l => new { units = l.Units, bidirectional = l.Bidirectional }),
        outputs = network.OutputCount,
    });

    // By hand: a serializer compiled at run time would cost every process that loads a model more than all else in its file.
    private static IReadOnlyList<EpochResult> ReadCurve(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(e => new EpochResult((int)e[0].GetDouble(), Number(e[1]), Number(e[2]), Number(e[3])))];

        static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble();
    }

    private static NetworkSpec ReadNetwork(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var layers = root.GetProperty("layers").EnumerateArray()
            .Select(l => new LstmLayerSpec(l.GetProperty("units").GetInt32(), l.GetProperty("bidirectional").GetBoolean()));
        var network = new NetworkSpec(root.GetProperty("inputs").GetInt32(), [.. layers], root.GetProperty("outputs").GetInt32());
        network.Validate();
        return network;
    }
}
