using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace EcgRecovery.Recovery.Training;

/// <summary>Rows of numbers as JSON, <c>[[1,0.5,null,0.001],…]</c>, where null is NaN.</summary>
/// <remarks>
/// By hand: with a <see cref="JsonSerializer"/>, even with code generated at compile time, loading a model takes 20 ms longer.
/// </remarks>
internal static class JsonRows
{
    /// <summary>Writes rows.</summary>
    public static string Write<T>(IEnumerable<T[]> rows)
        where T : IFloatingPointIeee754<T> =>
        $"[{string.Join(',', rows.Select(row => $"[{string.Join(',', row.Select(Write))}]"))}]";

    /// <summary>Reads rows.</summary>
    /// <param name="name">The name of the rows, for error messages.</param>
    /// <param name="json">The JSON.</param>
    /// <param name="width">Numbers per row.</param>
    /// <exception cref="FormatException">The text is no such JSON.</exception>
    public static List<T[]> Read<T>(string name, string json, int width)
        where T : IFloatingPointIeee754<T>
    {
        using var document = Parse(name, json);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
            throw new FormatException($"{name} is no list of rows.");
        var rows = new List<T[]>();
        foreach (var row in document.RootElement.EnumerateArray())
        {
            if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() != width)
                throw new FormatException($"a row of {name} is {row.GetRawText()}; expected {width} numbers.");
            rows.Add([.. row.EnumerateArray().Select(value => Number<T>(name, value))]);
        }

        return rows;
    }

    /// <summary>Parses JSON.</summary>
    /// <param name="name">The name of the text, for error messages.</param>
    /// <param name="json">The JSON.</param>
    /// <exception cref="FormatException">The text is no JSON.</exception>
    public static JsonDocument Parse(string name, string json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"{name} is no JSON: {exception.Message}", exception);
        }
    }

    private static string Write<T>(T value)
        where T : IFloatingPointIeee754<T> =>
        T.IsNaN(value) ? "null" : value.ToString("R", CultureInfo.InvariantCulture);

    private static T Number<T>(string name, JsonElement value)
        where T : IFloatingPointIeee754<T> => value.ValueKind switch
        {
            JsonValueKind.Null => T.NaN,
            JsonValueKind.Number => T.Parse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture),
            _ => throw new FormatException($"{name} has {value.GetRawText()}; expected a number or null."),
        };
}
