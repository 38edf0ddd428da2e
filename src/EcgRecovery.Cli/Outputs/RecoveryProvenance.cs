using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Records;
using EcgRecovery.Recovery;

namespace EcgRecovery.Cli.Outputs;

/// <summary>Where recovered heartbeats come from: the input, the method with the hash of what it is made of, and the counts.</summary>
/// <param name="Input">The file with the missing samples.</param>
/// <param name="Method">The method's name.</param>
/// <param name="ModelSha256">Of the model's file, lower-case hexadecimal; null for a reference method, which has none.</param>
/// <param name="References">The beats that were given to learn from; null for none.</param>
/// <param name="Gap">The samples treated as missing in every row; null for none.</param>
/// <remarks>
/// The keys are fixed, and the same run gives the same bytes:
/// <code>
/// {"format":"ecg-recovery-provenance/1","toolVersion","input":{"name","sha256","rows"},"method","model":{"sha256"}|null,
///  "referenceData":{…}|null,"gap":{"start","end"}|null,"missingSamples","filledSamples","rowsWithoutSignal","interval":{"level"}|null}
/// </code>
/// </remarks>
internal sealed record RecoveryProvenance(ProvenanceFile Input, string Method, string? ModelSha256, ProvenanceFile? References, SampleSpan? Gap)
{
    private static readonly JsonWriterOptions s_layout = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Returns the hash of a model's file; null for a reference method.</summary>
    public static string? HashModel(RecoveryMethodInfo method)
    {
        if (method.ModelFile is null)
            return null;
        using var stream = method.ModelFile();
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>The document, ending in a line feed.</summary>
    public string Write(RecoveredSignal recovered)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_layout))
        {
            json.WriteStartObject();
            json.WriteString("format", "ecg-recovery-provenance/1");
            json.WriteString("toolVersion", CommandHost.Version);
            WriteFile(json, "input", Input);
            json.WriteString("method", Method);
            WriteObject(json, "model", ModelSha256, hash => json.WriteString("sha256", hash));
            WriteFile(json, "referenceData", References);
            WriteObject(json, "gap", (object?)Gap, _ =>
            {
                json.WriteNumber("start", Gap!.Value.Start);
                json.WriteNumber("end", Gap.Value.End);
            });
            json.WriteNumber("missingSamples", recovered.MissingCount);
            json.WriteNumber("filledSamples", recovered.RecoveredCount);
            json.WriteNumber("rowsWithoutSignal", RecoveredFiles.RowsWithoutSignal(recovered));
            WriteObject(json, "interval", recovered.Lower, _ => json.WriteNumber("level", recovered.IntervalLevel!.Value));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void WriteFile(Utf8JsonWriter json, string key, ProvenanceFile? file) => WriteObject(json, key, file, known =>
    {
        json.WriteString("name", known.Name);
        json.WriteString("sha256", known.Sha256);
        json.WriteNumber("rows", known.Rows);
    });

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
}

/// <summary>A heartbeat CSV that was read.</summary>
/// <param name="Name">Without its folder.</param>
/// <param name="Sha256">Of the uncompressed bytes, lower-case hexadecimal.</param>
/// <param name="Rows">N.</param>
internal sealed record ProvenanceFile(string Name, string Sha256, int Rows);
