using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcgRecovery.Cli.Outputs;

/// <summary>Options for JSON that people read too.</summary>
internal static class JsonText
{
    /// <summary>Returns a context's options without the default's escapes for characters such as <c>µ</c> and <c>&lt;</c>.</summary>
    public static JsonSerializerOptions Readable(JsonSerializerContext context) =>
        new(context.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
