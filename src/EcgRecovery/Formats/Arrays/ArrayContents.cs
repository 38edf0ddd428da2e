namespace EcgRecovery.Formats.Arrays;

/// <summary>Texts of a file: a row of characters, a list of strings.</summary>
/// <param name="Parent">The struct or group that holds them; empty for the file itself.</param>
/// <param name="Leaf">Their own name, as in <c>labels</c>.</param>
/// <param name="Values">The texts, without blanks around them.</param>
internal readonly record struct ArrayText(string Parent, string Leaf, IReadOnlyList<string> Values);

/// <summary>What a file of arrays holds, as its reader lists it.</summary>
/// <param name="path">The file's name in errors.</param>
/// <param name="separator">Between the parts of a name: <c>.</c> or <c>/</c>.</param>
internal sealed class ArrayContents(string path, char separator)
{
    /// <summary>More entries are not listed.</summary>
    public const int MaximumEntries = 10_000;

    private readonly List<NumericArray> _arrays = [];
    private readonly List<ArrayText> _texts = [];
    private readonly List<(string Name, string What)> _others = [];

    /// <summary>The file's name in errors.</summary>
    public string Path => path;

    /// <summary>Between the parts of a name.</summary>
    public char Separator => separator;

    /// <summary>The numeric arrays, in the file's order.</summary>
    public IReadOnlyList<NumericArray> Arrays => _arrays;

    /// <summary>The texts.</summary>
    public IReadOnlyList<ArrayText> Texts => _texts;

    /// <summary>What holds no samples, and what it is, as in <c>complex</c>.</summary>
    public IReadOnlyList<(string Name, string What)> Others => _others;

    /// <summary>Whether no more entries are listed.</summary>
    public bool IsFull => _arrays.Count + _texts.Count + _others.Count >= MaximumEntries;

    /// <summary>Adds a numeric array.</summary>
    public void Add(NumericArray array) => _arrays.Add(array);

    /// <summary>Adds texts.</summary>
    public void Add(ArrayText text) => _texts.Add(text);

    /// <summary>Adds what holds no samples.</summary>
    public void AddOther(string name, string what) => _others.Add((name, what));

    /// <summary>Returns the name of an entry of a struct or group.</summary>
    public string Join(string parent, string leaf) =>
        separator == '/' ? $"{parent}/{leaf}" : parent.Length == 0 ? leaf : $"{parent}{separator}{leaf}";

    /// <summary>Returns a name and the structs or groups around it, from the inside out; the file itself, empty, is the last.</summary>
    public IEnumerable<string> Scopes(string name)
    {
        while (name.Length > 0)
        {
            yield return name;
            name = name[..Math.Max(0, name.LastIndexOf(separator))];
        }

        yield return "";
    }
}
