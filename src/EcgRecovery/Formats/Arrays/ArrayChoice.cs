using EcgRecovery.Formats.Files;

namespace EcgRecovery.Formats.Arrays;

/// <summary>The arrays of a recording: one matrix, or vectors of one length with a lead each.</summary>
/// <param name="Arrays">The arrays.</param>
/// <param name="IsOnlyOne">Whether it was taken because no other can be a recording.</param>
internal sealed record ArrayChoice(IReadOnlyList<NumericArray> Arrays, bool IsOnlyOne)
{
    /// <summary>The matrix that wfdb2mat and PhysioNet's challenges write.</summary>
    private const string Usual = "val";

    /// <summary>More leads are no recording.</summary>
    public const int MaximumLeads = 1024;

    // A recording has more samples than that.
    private const long FewestSamples = 2;

    // R peaks, labels and gains are much shorter than the samples that they belong to.
    private const long ShorterBy = 16;

    private const int NamedInErrors = 8;

    private static readonly HashSet<string> s_leads =
    [
        "i", "ii", "iii", "avr", "avl", "avf", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9", "vx", "vy", "vz", "mli", "mlii",
        "mliii",
    ];

    /// <summary>Chooses the arrays with the samples.</summary>
    /// <param name="contents">The file.</param>
    /// <param name="variable">The name that the options give; null for none.</param>
    /// <exception cref="InvalidDataException">No array can be a recording, or the named one cannot.</exception>
    /// <exception cref="ArrayNotChosenException">Several can.</exception>
    public static ArrayChoice Choose(ArrayContents contents, string? variable)
    {
        if (variable is not null)
            return Named(contents, variable);
        if (contents.Others.FirstOrDefault(other => other.Name == Usual) is { Name: not null } other)
            throw NotRead(contents, other);
        if (contents.Arrays.FirstOrDefault(array => array.Name.TrimStart('/') == Usual && !array.IsAttribute) is { } usual)
            return new([usual], IsOnlyOne: false);
        var plausible = Plausible(contents.Arrays);
        if (plausible.Count == 1)
            return new(plausible, IsOnlyOne: true);
        if (plausible.Count > 1)
            return Leads(plausible) ?? throw NotChosen(contents, plausible);
        throw contents.Others is [var only] && contents.Arrays.All(array => array.Count <= 1)
            ? NotRead(contents, only)
            : new InvalidDataException($"{contents.Path} has no matrix of samples; it has {List(contents)}.");
    }

    private static ArrayChoice Named(ArrayContents contents, string variable)
    {
        foreach (var compare in new Func<string, bool>[]
        {
            name => name == variable,
            name => name.TrimStart('/') == variable.Trim('/'),
            name => name.TrimStart('/').Equals(variable.Trim('/'), StringComparison.OrdinalIgnoreCase),
        })
        {
            if (contents.Arrays.FirstOrDefault(array => !array.IsAttribute && compare(array.Name)) is { } array)
                return new([array], IsOnlyOne: false);
            if (contents.Others.FirstOrDefault(other => compare(other.Name)) is { Name: not null } other)
                throw NotRead(contents, other);
            var within = Plausible([.. contents.Arrays.Where(array => contents.Scopes(array.Parent).SkipLast(1).Any(compare))]);
            if (within.Count == 1)
                return new(within, IsOnlyOne: false);
            if (within.Count > 1)
            {
                return within.All(array => array.Shape is (1, _) && array.Count == within[0].Count)
                    ? new(within, IsOnlyOne: false)
                    : throw NotChosen(contents, within);
            }
        }

        var ending = contents.Arrays.Where(array => array.Leaf == variable && !array.IsAttribute).Take(2).ToArray();
        return ending.Length == 1
            ? new(ending, IsOnlyOne: false)
            : throw new InvalidDataException($"{contents.Path} has no array {InputFile.Shorten(variable)}; it has {List(contents)}.");
    }

    /// <summary>Returns the arrays that can be a recording: vectors and matrices that are not much shorter than the longest.</summary>
    private static List<NumericArray> Plausible(IReadOnlyList<NumericArray> arrays)
    {
        var shaped = arrays
            .Where(array => !array.IsAttribute && array.Shape is var (rows, columns)
                && Math.Max(rows, columns) >= FewestSamples && Math.Min(rows, columns) is > 0 and <= MaximumLeads)
            .ToList();
        var longest = shaped.Count == 0 ? 0 : shaped.Max(Samples);
        var plausible = shaped.Where(array => Samples(array) > longest / ShorterBy).ToList();
        var samples = plausible.Where(array => !ArrayTimes.HasName(array)).ToList();
        return samples.Count > 0 ? samples : plausible;
    }

    /// <summary>Returns the vectors of one length and group with the names of leads or channels; null where there are none.</summary>
    private static ArrayChoice? Leads(List<NumericArray> plausible)
    {
        var leads = plausible.Where(array => array.Shape is (1, _) && IsLead(ArrayFacts.Normalise(array.Leaf))).ToList();
        var areOne = leads.All(array => array.Count == leads[0].Count && array.Parent == leads[0].Parent);
        // One name alone says little, except in OpenSignals' group of raw channels.
        return areOne && (leads.Count > 1 || leads.Count == 1 && leads[0].Parent.EndsWith("/raw", StringComparison.Ordinal))
            ? new(leads, IsOnlyOne: false)
            : null;
    }

    /// <summary>Returns whether an array has the name of a lead, as in <c>MLII</c>.</summary>
    public static bool HasLeadName(NumericArray array) => s_leads.Contains(ArrayFacts.Normalise(array.Leaf));

    private static bool IsLead(string name)
    {
        if (name.StartsWith("lead", StringComparison.Ordinal))
            name = name["lead".Length..];
        return s_leads.Contains(name) || (name.TrimEnd("0123456789".ToCharArray()) is "" or "channel" or "ch" or "chan" && name.Length > 0);
    }

    private static long Samples(NumericArray array) => array.Shape is var (rows, columns) ? Math.Max(rows, columns) : 0;

    private static InvalidDataException NotRead(ArrayContents contents, (string Name, string What) other) => new(
        $"{contents.Path}: variable {InputFile.Shorten(other.Name)} is {other.What}; "
        + "expected a full matrix of real numbers, one row per lead.");

    private static ArrayNotChosenException NotChosen(ArrayContents contents, List<NumericArray> plausible) => new(
        $"{contents.Path} has {plausible.Count} arrays that can be the recording: {List(plausible)}; expected the name of one.");

    private static string List(List<NumericArray> arrays) =>
        string.Join(", ", arrays.Take(NamedInErrors).Select(Describe)) + (arrays.Count > NamedInErrors ? ", …" : "");

    private static string List(ArrayContents contents)
    {
        var all = contents.Arrays.Where(array => !array.IsAttribute).Select(Describe)
            .Concat(contents.Others.Select(other => $"{InputFile.Shorten(other.Name)} ({other.What})"))
            .Concat(contents.Texts.Select(text => $"{InputFile.Shorten(contents.Join(text.Parent, text.Leaf))} (text)"))
            .Take(NamedInErrors + 1).ToArray();
        return all.Length == 0
            ? "none"
            : string.Join(", ", all.Take(NamedInErrors)) + (all.Length > NamedInErrors ? ", …" : "");
    }

    private static string Describe(NumericArray array) => Shown(array);

    /// <summary>Returns an array's name and size for an error or a remark, without control characters.</summary>
    public static string Shown(NumericArray array)
    {
        var whole = array.ToString();
        var size = whole[array.Name.Length..];
        return InputFile.Shorten(array.Name) + (size.Length <= 60 ? size : " (many dimensions)");
    }
}
