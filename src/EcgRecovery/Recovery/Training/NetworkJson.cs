using System.Globalization;
using System.Text.Json;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Recovery.Training;

/// <summary>A network's shape as JSON: <c>{"inputs":1,"layers":[{"units":64,"bidirectional":false}],"outputs":1}</c>.</summary>
internal static class NetworkJson
{
    private const string Name = "network";

    /// <summary>Writes a network.</summary>
    public static string Write(NetworkSpec network)
    {
        var layers = network.Layers.Select(layer => string.Create(
            CultureInfo.InvariantCulture, $$"""{"units":{{layer.Units}},"bidirectional":{{(layer.Bidirectional ? "true" : "false")}}}"""));
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"inputs":{{network.InputCount}},"layers":[{{string.Join(',', layers)}}],"outputs":{{network.OutputCount}}}""");
    }

    /// <summary>Reads a network.</summary>
    /// <exception cref="FormatException">The text is no such JSON, or the network is empty or too large.</exception>
    public static NetworkSpec Read(string json)
    {
        using var document = JsonRows.Parse(Name, json);
        var root = document.RootElement;
        var layers = Property(root, "layers", JsonValueKind.Array).EnumerateArray()
            .Select(layer => new LstmLayerSpec(Count(layer, "units"), Flag(layer, "bidirectional")))
            .ToArray();
        var network = new NetworkSpec(Count(root, "inputs"), layers, Count(root, "outputs"));
        try
        {
            network.Validate();
        }
        catch (ArgumentException exception)
        {
            throw new FormatException(exception.Message, exception);
        }

        return network;
    }

    private static int Count(JsonElement parent, string name) =>
        Property(parent, name, JsonValueKind.Number).TryGetInt32(out var count)
            ? count
            : throw new FormatException($"{name} of {Name} is no whole number of 32 bits.");

    private static bool Flag(JsonElement parent, string name) =>
        Property(parent, name, JsonValueKind.True, JsonValueKind.False).GetBoolean();

    private static JsonElement Property(JsonElement parent, string name, params ReadOnlySpan<JsonValueKind> kinds) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && kinds.Contains(value.ValueKind)
            ? value
            : throw new FormatException($"{Name} has no {name}, or not of the expected kind.");
}
