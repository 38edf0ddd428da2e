using System.Globalization;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Recovery.Records.Model;

/// <summary>A record model's description in its file: how it was made.</summary>
/// <param name="Network">The shape of each network.</param>
/// <param name="HeldOut">By network, the recordings that it was not trained on, with commas between them.</param>
/// <param name="Levels">The levels of the quantiles, ascending.</param>
/// <param name="Calibration">The factors that calibrate the intervals.</param>
internal sealed record RecordModelCard(
    NetworkSpec Network, IReadOnlyList<string> HeldOut, IReadOnlyList<float> Levels, RecordCalibration Calibration)
{
    /// <summary>The value of <c>format</c> in the file.</summary>
    public const string Format = "ecg-recovery-record-model/1";

    // Limits against hostile files: tensor names are listed per member, and quantiles sorted on the stack.
    private const int MaximumMembers = 1000, MaximumLevels = 100;

    // The card's own keys; all others are settings.
    private static readonly string[] s_own =
    [
        "format", "preset", "network", "members", "left_out", "levels", "calibration", "data_sha256", "tool_version", "curve", "records",
    ];

    /// <summary>The preset's name.</summary>
    public string Preset { get; init; } = "record";

    /// <summary>SHA-256 over the samples learned from, in order of the recordings' names; float32 in mV, lower-case hexadecimal.</summary>
    public string DataSha256 { get; init; } = "";

    /// <summary>The recordings learned from.</summary>
    public IReadOnlyList<string> Records { get; init; } = [];

    /// <summary>Every setting of the training run, as <c>name=value</c> pairs.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The learning curve.</summary>
    public IReadOnlyList<EpochResult> Curve { get; init; } = [];

    /// <summary>Version of the tool that trained it.</summary>
    public string ToolVersion { get; init; } = "";

    /// <summary>Number of networks; their mean is the recovery.</summary>
    public int Members => HeldOut.Count;

    /// <summary>Number of trainable parameters of all networks.</summary>
    public int ParameterCount => Members * Network.ParameterCount;

    /// <summary>Returns the card as a model file's metadata.</summary>
    public IReadOnlyDictionary<string, string> ToMetadata()
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["format"] = Format,
            ["preset"] = Preset,
            ["network"] = NetworkJson.Write(Network),
            ["members"] = Members.ToString(CultureInfo.InvariantCulture),
            ["left_out"] = string.Join(';', HeldOut),
            ["levels"] = JsonRows.Write([Levels.ToArray()]),
            ["calibration"] = Calibration.ToJson(),
            ["data_sha256"] = DataSha256,
            ["records"] = string.Join(',', Records),
            ["tool_version"] = ToolVersion,
            ["curve"] = LearningCurveJson.Write(Curve),
        };
        foreach (var (name, value) in Settings)
            metadata[name] = value;
        return metadata;
    }

    /// <summary>Reads the card from a model file's metadata.</summary>
    /// <param name="metadata">A model file's metadata.</param>
    /// <param name="fileName">The file, for error messages.</param>
    /// <exception cref="InvalidDataException">The metadata do not describe a record model.</exception>
    public static RecordModelCard FromMetadata(IReadOnlyDictionary<string, string> metadata, string fileName)
    {
        var format = metadata.GetValueOrDefault("format", "none");
        if (format != Format)
            throw new InvalidDataException($"{fileName} is no record model: its format is '{format}'; expected '{Format}'.");
        try
        {
            var card = new CardMetadata(metadata);
            var levels = LevelsOf(card.Text("levels"));
            var calibration = RecordCalibration.FromJson(card.Text("calibration"), levels.Length / 2);
            return new RecordModelCard(NetworkJson.Read(card.Text("network")), HeldOutOf(card), levels, calibration)
            {
                Preset = card.Text("preset"),
                DataSha256 = card.Text("data_sha256"),
                Records = card.Text("records").Split(',', StringSplitOptions.RemoveEmptyEntries),
                ToolVersion = card.Text("tool_version"),
                Curve = LearningCurveJson.Read(card.Text("curve")),
                Settings = metadata.Where(m => !s_own.Contains(m.Key) && !m.Key.EndsWith("_sha256", StringComparison.Ordinal))
                    .ToDictionary(m => m.Key, m => m.Value, StringComparer.Ordinal),
            };
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException($"{fileName} has a record model's format but not its metadata: {exception.Message}", exception);
        }
    }

    private static string[] HeldOutOf(CardMetadata card)
    {
        var members = card.Number<int>("members");
        if (members is < 1 or > MaximumMembers)
            throw new FormatException($"members is {members}; expected 1 to {MaximumMembers}.");
        var heldOut = card.Text("left_out").Split(';');
        return heldOut.Length == members
            ? heldOut
            : throw new FormatException($"left_out has {heldOut.Length} parts; expected {members}, one per member.");
    }

    private static float[] LevelsOf(string json)
    {
        var count = json.Count(letter => letter == ',') + 1;
        var levels = JsonRows.Read<float>("levels", json, count) is [var row] ? row : [];
        return IntervalLevels.AreFit(levels) && levels.Length <= MaximumLevels
            ? levels
            : throw new FormatException($"levels is {json}; expected {IntervalLevels.Expected}.");
    }
}
