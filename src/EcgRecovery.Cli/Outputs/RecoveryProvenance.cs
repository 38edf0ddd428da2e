using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Records;
using EcgRecovery.Recovery;

namespace EcgRecovery.Cli.Outputs;

/// <summary>The provenance of recovered heartbeats: the input, the method, their hashes, and the counts.</summary>
/// <param name="Input">The file with the missing samples.</param>
/// <param name="Method">The method's name.</param>
/// <param name="ModelSha256">Hash of the model file, lower-case hexadecimal; null for a reference method.</param>
/// <param name="References">The file of the reference beats; null for none.</param>
/// <param name="Gap">The samples treated as missing in every row; null for none.</param>
/// <remarks>The keys are those of <see cref="RecoveryDocument"/> in camel case; the same run gives the same bytes.</remarks>
internal sealed record RecoveryProvenance(
    ProvenanceFile Input, string Method, string? ModelSha256, ProvenanceFile? References, SampleSpan? Gap)
{
    /// <summary>Returns the hash of a model's file; null for a reference method.</summary>
    public static string? HashModel(RecoveryMethodInfo method)
    {
        if (method.ModelFile is null)
            return null;
        using var stream = method.ModelFile();
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>Returns the document, ending in a line feed.</summary>
    public string Write(RecoveredSignal recovered)
    {
        var document = new RecoveryDocument(
            "ecg-recovery-provenance/1",
            CommandHost.Version,
            Input,
            Method,
            ModelSha256 is null ? null : new HashDocument(ModelSha256),
            References,
            Gap is { } gap ? new GapBoundsDocument(gap.Start, gap.End) : null,
            recovered.MissingCount,
            recovered.RecoveredCount,
            RecoveredFiles.RowsWithoutSignal(recovered),
            recovered.Lower is null ? null : new IntervalDocument(recovered.IntervalLevel!.Value),
            recovered.Remarks);
        return JsonSerializer.Serialize(document, RecoveryJson.Readable.RecoveryDocument) + "\n";
    }
}

/// <summary>A heartbeat CSV in the provenance.</summary>
/// <param name="Name">The file's name, without its folder.</param>
/// <param name="Sha256">Hash of the uncompressed bytes, lower-case hexadecimal.</param>
/// <param name="Rows">Number of rows.</param>
internal sealed record ProvenanceFile(string Name, string Sha256, int Rows);

/// <summary>The JSON document beside recovered heartbeats. A key that does not apply is null.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(RecoveryDocument))]
internal sealed partial class RecoveryJson : JsonSerializerContext
{
    /// <summary>The context that escapes nothing in the names of files.</summary>
    public static RecoveryJson Readable => field ??= new(JsonText.Readable(Default));
}

internal sealed record RecoveryDocument(
    string Format,
    string ToolVersion,
    ProvenanceFile Input,
    string Method,
    HashDocument? Model,
    ProvenanceFile? ReferenceData,
    GapBoundsDocument? Gap,
    long MissingSamples,
    long FilledSamples,
    int RowsWithoutSignal,
    IntervalDocument? Interval,
    IReadOnlyList<string> Remarks);

internal sealed record HashDocument(string Sha256);

internal sealed record GapBoundsDocument(long Start, long End);

internal sealed record IntervalDocument(double Level);
