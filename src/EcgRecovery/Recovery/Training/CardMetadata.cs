using System.Globalization;

namespace EcgRecovery.Recovery.Training;

/// <summary>Typed access to the metadata of a model file.</summary>
/// <param name="metadata">The file's metadata.</param>
internal readonly struct CardMetadata(IReadOnlyDictionary<string, string> metadata)
{
    /// <summary>Returns a text.</summary>
    /// <exception cref="FormatException">The key is missing.</exception>
    public string Text(string key) =>
        metadata.TryGetValue(key, out var text) ? text : throw new FormatException($"'{key}' is missing.");

    /// <summary>Returns a number.</summary>
    /// <exception cref="FormatException">The key is missing, or its text is no number of this type.</exception>
    public T Number<T>(string key)
        where T : IParsable<T>
    {
        var text = Text(key);
        return T.TryParse(text, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"{key} is '{text}'; expected {(typeof(T) == typeof(int) ? "a whole number" : "a number")}.");
    }

    /// <summary>Returns a truth value.</summary>
    /// <exception cref="FormatException">The key is missing, or its text is neither true nor false.</exception>
    public bool Flag(string key)
    {
        var text = Text(key);
        return bool.TryParse(text, out var flag) ? flag : throw new FormatException($"{key} is '{text}'; expected true or false.");
    }
}
