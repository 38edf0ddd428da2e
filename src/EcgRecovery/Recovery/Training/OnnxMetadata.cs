namespace EcgRecovery.Recovery.Training;

/// <summary>The metadata of a model that is exported to ONNX: its card, and how to use the graph.</summary>
internal static class OnnxMetadata
{
    /// <summary>Where the description of every exported model is; documents have no address yet.</summary>
    private const string Page = "docs/onnx.md";

    /// <summary>Returns the metadata.</summary>
    /// <param name="card">The metadata of the model file.</param>
    /// <param name="input">What the input holds.</param>
    /// <param name="output">What the output holds.</param>
    /// <param name="around">What the graph leaves to its user.</param>
    public static IReadOnlyDictionary<string, string> Of(
        IReadOnlyDictionary<string, string> card, string input, string output, string around) =>
        new Dictionary<string, string>(card, StringComparer.Ordinal)
        {
            ["input"] = input,
            ["output"] = output,
            ["around"] = $"{around} See {Page}.",
        };
}
