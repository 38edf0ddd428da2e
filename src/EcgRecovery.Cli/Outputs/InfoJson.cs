using System.Text.Json.Serialization;

namespace EcgRecovery.Cli.Outputs;

/// <summary>The JSON documents of <c>info</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(RecordDocument))]
[JsonSerializable(typeof(ModelDocument))]
[JsonSerializable(typeof(RecordModelDocument))]
internal sealed partial class InfoJson : JsonSerializerContext
{
    /// <summary>The context that escapes nothing in names and comments.</summary>
    public static InfoJson Readable => field ??= new(JsonText.Readable(Default));
}
