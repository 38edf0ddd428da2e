using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcgRecovery.Cli.Outputs;

/// <summary>Options of JSON that people read too.</summary>
internal static class JsonText
{
    /// <summary>Returns a context's options with all characters as they are, where the default escapes <c>µ</c> and <c>&lt;</c>.</summary>
    public static JsonSerializerOptions Readable(JsonSerializerContext context) =>
        new(context.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
