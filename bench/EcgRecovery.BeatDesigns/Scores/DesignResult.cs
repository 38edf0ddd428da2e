using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EcgRecovery.Formats;

namespace EcgRecovery.BeatDesigns.Scores;

/// <summary>What is known of an entry of the list once it has been run.</summary>
/// <param name="Name">The entry's, or for averaged weights the entry's with their suffix.</param>
/// <param name="Settings">The entry's, as they were when it ran.</param>
/// <param name="Seed">Of a design; null otherwise.</param>
/// <param name="Parameters">Trained numbers; 0 for reference methods.</param>
/// <param name="CpuSeconds">Processor time of the training, or of a reference method's tests.</param>
/// <param name="TrainingLoss">Mean over the last eighth of the training; null where nothing was trained. Losses of different shapes do not compare.</param>
/// <param name="Plans">Scores by plan.</param>
/// <param name="Curve">Scores while it was trained; what was not trained has one point.</param>
internal sealed record DesignResult(
    string Name, string Settings, ulong? Seed, int Parameters, double CpuSeconds, double? TrainingLoss,
    IReadOnlyDictionary<string, PlanScore> Plans, IReadOnlyList<CurvePoint> Curve)
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        // No page is made of it, so signs such as λ may stand as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Where the result of that name lies.</summary>
    public static string PathOf(string folder, string name) => Path.Combine(folder, $"{name}.json");

    /// <summary>Reads the result of that name.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public static DesignResult Read(string folder, string name)
    {
        var path = PathOf(folder, name);
        try
        {
            return JsonSerializer.Deserialize<DesignResult>(File.ReadAllText(path), s_json) ?? throw new JsonException("it is null");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} is not a design's result: {error.Message}", error);
        }
    }

    /// <summary>Writes the result.</summary>
    public void Write(string folder) => OutputFile.WriteText(PathOf(folder, Name), overwrite: true, JsonSerializer.Serialize(this, s_json) + "\n");
}

/// <summary>One point of a learning curve: every eighth of the training, on every fourth gap of the plans.</summary>
/// <param name="TrainedBeats">Beats seen so far.</param>
/// <param name="TrainingLoss">Mean since the point before; null where nothing was trained.</param>
/// <param name="FixedWhole">100..137, whole beat, mean over rows.</param>
/// <param name="FixedReal">100..137, real samples, mean over rows.</param>
/// <param name="RandomReal">Random gaps of 37, real samples, mean over rows.</param>
internal sealed record CurvePoint(int TrainedBeats, double? TrainingLoss, double FixedWhole, double FixedReal, double RandomReal);
