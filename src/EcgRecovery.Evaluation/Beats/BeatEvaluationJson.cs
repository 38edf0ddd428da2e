using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EcgRecovery.Evaluation.Scores;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>Writes an evaluation as one JSON document.</summary>
/// <remarks>
/// The keys are fixed:
/// <code>
/// {"model","rows","gap":{"start","end"}|{"randomLength","seed","rowsLeftOut"},"bootstrap":"patient"|"row","comparedWith","methods":[{"name",
///  "wholeBeatRmse":{"mean","median","low","high"},"gapRmse":{…},"gapRmseRealSamples":{…,"rows"},
///  "differences":{"wholeBeatRmse":{"absolute":{"value","low","high"},"relative":{…}},"gapRmse":{…},"gapRmseRealSamples":{…}},
///  "amplitude":{"varianceRatio","tallPeaks","peakRatio","peakBias"},
///  "interval":{"coverage","width","meanOverPatients","worstPatient","byClass":[{"class","samples","coverage"}],"byPatient":[{"patient",…}]},
///  "byClass":[{"class","rows","wholeBeatRmse","gapRmse","gapRmseRealSamples","rowsWithRealSamples"}],
///  "byPatient":[{"patient","rowsWithRealSamples","gapRmseRealSamples"}]}]}
/// </code>
/// <c>gapRmseRealSamples</c> is null where no row has a real sample in the gap, as is everything else that there is nothing to say of; every
/// number is finite. Relative differences are shares of 1.
/// </remarks>
internal static class BeatEvaluationJson
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
        json.WriteString("comparedWith", evaluation.ComparedWith);
        WriteList(json, "methods", evaluation.Methods, method => WriteMethod(json, method));
        json.WriteEndObject();
    }

    private static void WriteGap(Utf8JsonWriter json, BeatEvaluation evaluation)
    {
        json.WriteStartObject("gap");
        if (evaluation.Gaps.Everywhere is { } gap)
        {
            json.WriteNumber("start", gap.Start);
            json.WriteNumber("end", gap.End);
        }
        else
        {
            json.WriteNumber("randomLength", evaluation.Gaps.Length);
            json.WriteNumber("seed", evaluation.Gaps.Seed);
            json.WriteNumber("rowsLeftOut", evaluation.RowsLeftOut);
        }

        json.WriteEndObject();
    }

    private static void WriteMethod(Utf8JsonWriter json, MethodScore method)
    {
        json.WriteString("name", method.Name);
        WriteError(json, "wholeBeatRmse", method.WholeBeatRmse, rows: null);
        WriteError(json, "gapRmse", method.GapRmse, rows: null);
        if (method.RowsWithRealSamples == 0)
            json.WriteNull("gapRmseRealSamples");
        else
            WriteError(json, "gapRmseRealSamples", method.GapRmseRealSamples, method.RowsWithRealSamples);
        WriteObject(json, "differences", method.Differences, differences =>
        {
            WriteDifference(json, "wholeBeatRmse", differences.WholeBeatRmse);
            WriteDifference(json, "gapRmse", differences.GapRmse);
            WriteDifference(json, "gapRmseRealSamples", differences.GapRmseRealSamples);
        });
        WriteObject(json, "amplitude", method.Amplitude, amplitude =>
        {
            WriteNumber(json, "varianceRatio", amplitude.VarianceRatio);
            json.WriteNumber("tallPeaks", amplitude.TallPeaks);
            WriteNumber(json, "peakRatio", amplitude.PeakRatio);
            WriteNumber(json, "peakBias", amplitude.PeakBias);
        });
        WriteObject(json, "interval", method.Interval, interval => WriteInterval(json, interval));
        WriteList(json, "byClass", method.ByClass, score =>
        {
            json.WriteString("class", $"{score.Class}");
            json.WriteNumber("rows", score.Rows);
            WriteNumber(json, "wholeBeatRmse", score.WholeBeatRmse);
            WriteNumber(json, "gapRmse", score.GapRmse);
            WriteNumber(json, "gapRmseRealSamples", score.GapRmseRealSamples);
            json.WriteNumber("rowsWithRealSamples", score.RowsWithRealSamples);
        });
        WriteList(json, "byPatient", method.ByPatient, score =>
        {
            json.WriteString("patient", score.Patient);
            json.WriteNumber("rowsWithRealSamples", score.RowsWithRealSamples);
            WriteNumber(json, "gapRmseRealSamples", score.GapRmseRealSamples);
        });
    }

    private static void WriteInterval(Utf8JsonWriter json, IntervalScore interval)
    {
        json.WriteNumber("coverage", interval.Coverage);
        json.WriteNumber("width", interval.Width);
        WriteNumber(json, "meanOverPatients", interval.MeanOverPatients);
        json.WriteString("worstPatient", interval.WorstPatient?.Group);
        WriteGroups("byClass", "class", interval.ByClass);
        WriteGroups("byPatient", "patient", interval.ByPatient);

        void WriteGroups(string key, string groupKey, IReadOnlyList<GroupCoverage> groups) => WriteList(json, key, groups, group =>
        {
            json.WriteString(groupKey, group.Group);
            json.WriteNumber("samples", group.Samples);
            json.WriteNumber("coverage", group.Coverage);
        });
    }

    private static void WriteError(Utf8JsonWriter json, string key, ErrorSummary error, int? rows)
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

    private static void WriteDifference(Utf8JsonWriter json, string key, ErrorDifference difference)
    {
        json.WriteStartObject(key);
        foreach (var (name, summary) in new[] { ("absolute", difference.Absolute), ("relative", difference.Relative) })
        {
            json.WriteStartObject(name);
            WriteNumber(json, "value", summary.Value);
            WriteNumber(json, "low", summary.Low);
            WriteNumber(json, "high", summary.High);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteObject<T>(Utf8JsonWriter json, string key, T? value, Action<T> write)
        where T : class
    {
        if (value is null)
        {
            json.WriteNull(key);
            return;
        }

        json.WriteStartObject(key);
        write(value);
        json.WriteEndObject();
    }

    private static void WriteList<T>(Utf8JsonWriter json, string key, IReadOnlyList<T> values, Action<T> write)
    {
        json.WriteStartArray(key);
        foreach (var value in values)
        {
            json.WriteStartObject();
            write(value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string key, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(key, value);
        else
            json.WriteNull(key);
    }
}
