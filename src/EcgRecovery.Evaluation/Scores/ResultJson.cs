using System.Text.Encodings.Web;
using System.Text.Json;

namespace EcgRecovery.Evaluation.Scores;

/// <summary>How documents of results are written as JSON.</summary>
internal static class ResultJson
{
    /// <summary>Returns new options: a context of source-generated metadata keeps its own.</summary>
    public static JsonSerializerOptions Options() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        // Names may hold letters beyond ASCII, and people read them: no escapes such as \u2013.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
