using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>Writes an evaluation as one JSON document.</summary>
/// <remarks>
/// The keys are fixed:
/// <code>
/// {"model","rows","gap":{"start","end"}|{"randomLength","seed","rowsLeftOut"},"bootstrap":"patient"|"row","methods":[{"name",
///  "wholeBeatRmse":{"mean","median","low","high"},"gapRmse":{…},"gapRmseRealSamples":{…,"rows"}}]}
/// </code>
/// <c>gapRmseRealSamples</c> is null where no row has a real sample in the gap; every number is finite.
/// </remarks>
public static class BeatEvaluationJson
{
    // Sentences and names are read by people: no \u2013 where a – will do.
    private static readonly JsonWriterOptions s_layout = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document, ending in a line feed.</summary>
    public static string Write(BeatEvaluation evaluation)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_layout))
            Write(json, evaluation);
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void Write(Utf8JsonWriter json, BeatEvaluation evaluation)
    {
        json.WriteStartObject();
        json.WriteString("model", evaluation.Model);
        json.WriteNumber("rows", evaluation.RowCount);
        WriteGap(json, evaluation);
        json.WriteString("bootstrap", evaluation.Bootstrap == BootstrapUnit.Patient ? "patient" : "row");
        json.WriteStartArray("methods");
        foreach (var method in evaluation.Methods)
        {
            json.WriteStartObject();
            json.WriteString("name", method.Name);
            Write(json, "wholeBeatRmse", method.WholeBeatRmse, rows: null);
            Write(json, "gapRmse", method.GapRmse, rows: null);
            if (method.RowsWithRealSamples == 0)
                json.WriteNull("gapRmseRealSamples");
            else
                Write(json, "gapRmseRealSamples", method.GapRmseRealSamples, method.RowsWithRealSamples);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteGap(Utf8JsonWriter json, BeatEvaluation evaluation)
    {
        json.WriteStartObject("gap");
        if (evaluation.Gaps.Everywhere is { } gap)
        {
            json.WriteNumber("start", gap.StartSample);
            json.WriteNumber("end", gap.EndSample);
        }
        else
        {
            json.WriteNumber("randomLength", evaluation.Gaps.Length);
            json.WriteNumber("seed", evaluation.Gaps.Seed);
            json.WriteNumber("rowsLeftOut", evaluation.RowsLeftOut);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string key, ErrorSummary error, int? rows)
    {
        json.WriteStartObject(key);
        json.WriteNumber("mean", error.Mean);
        json.WriteNumber("median", error.Median);
        json.WriteNumber("low", error.Low);
        json.WriteNumber("high", error.High);
        if (rows is { } count)
            json.WriteNumber("rows", count);
        json.WriteEndObject();
    }
}
