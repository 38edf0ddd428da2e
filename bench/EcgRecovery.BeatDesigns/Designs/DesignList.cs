using System.Globalization;

namespace EcgRecovery.BeatDesigns.Designs;

/// <summary>One line of the list: something that is scored.</summary>
/// <param name="Name">Also its result file's name.</param>
/// <param name="IsShown">Whether the figure and the table by patient show it.</param>
internal abstract record Entry(string Name, bool IsShown)
{
    /// <summary>What it is, in the words of its line: a result that was made from other words is stale.</summary>
    public abstract string Settings { get; }

    /// <summary>The same as a reader is told it.</summary>
    public virtual string Told => Settings;
}

/// <summary>A reference method of the product, learning from all beats of the training patients: <c>method=linear</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsShown">See <see cref="Entry"/>.</param>
/// <param name="Method">The name in the product's list.</param>
/// <param name="KnowsPadding">Whether values are held to 0…1, and are 0 where zeros on both sides show the gap to be padding.</param>
internal sealed record MethodEntry(string Name, bool IsShown, string Method, bool KnowsPadding) : Entry(Name, IsShown)
{
    /// <inheritdoc/>
    public override string Settings => $"method={Method}{(KnowsPadding ? " padding-rule=yes" : "")}";
}

/// <summary>The locally linear estimate that designs get as an input, scored by itself: <c>estimate=all-visible</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsShown">See <see cref="Entry"/>.</param>
/// <param name="IsLocal">Whether it is that from the gap's surroundings.</param>
/// <param name="Beats">The beats that it refers to, a part of them.</param>
/// <param name="KnowsPadding">See <see cref="MethodEntry"/>.</param>
internal sealed record EstimateEntry(string Name, bool IsShown, bool IsLocal, BeatSource Beats, bool KnowsPadding) : Entry(Name, IsShown)
{
    /// <inheritdoc/>
    public override string Settings =>
        $"estimate={(IsLocal ? "local" : "all-visible")}{(Beats == BeatSource.BothLeads ? " beats=both-leads" : "")}{(KnowsPadding ? " padding-rule=yes" : "")}";
}

/// <summary>A design to be trained: what it changes against the base, <c>loss=rmse seed=2</c>, or against one above, <c>as=NAME seed=2</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsShown">See <see cref="Entry"/>.</param>
/// <param name="Design">The design.</param>
/// <param name="Model">What it is told against; null for the base.</param>
internal sealed record DesignEntry(string Name, bool IsShown, Design Design, DesignEntry? Model = null) : Entry(Name, IsShown)
{
    /// <summary>What follows a name where the row is of the run's averaged weights.</summary>
    public const string AveragedSuffix = "~ema";

    /// <inheritdoc/>
    public override string Settings => DesignSetting.Changes(Design, new Design());

    /// <inheritdoc/>
    public override string Told => Model is null ? Settings : $"as={Model.Name} {DesignSetting.Changes(Design, Model.Design)}";

    /// <summary>The names of its results: the last weights', and those of the averaged ones where the design has them.</summary>
    public IReadOnlyList<string> ResultNames => Design.AveragesWeights ? [Name, Name + AveragedSuffix] : [Name];
}

/// <summary>The mean of several designs' recoveries: <c>mean-of=one,two~ema</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsShown">See <see cref="Entry"/>.</param>
/// <param name="Members">Names of results of designs that stand above it.</param>
internal sealed record EnsembleEntry(string Name, bool IsShown, IReadOnlyList<string> Members) : Entry(Name, IsShown)
{
    /// <inheritdoc/>
    public override string Settings => $"mean-of={string.Join(',', Members)}";
}

/// <summary>Reads a list of designs.</summary>
/// <remarks>
/// <code>
/// # a comment
/// NAME key=value key=value …        * before the name: shown in the figure and by patient
/// </code>
/// The keys of a design are those of <see cref="DesignSetting.All"/>, before them <c>as</c>; the other kinds of line are told by their first key:
/// <see cref="MethodEntry"/>, <see cref="EstimateEntry"/>, <see cref="EnsembleEntry"/>.
/// </remarks>
internal static class DesignList
{
    /// <summary>The list that belongs to the project.</summary>
    public static IReadOnlyList<Entry> ReadOwn()
    {
        using var stream = typeof(DesignList).Assembly.GetManifestResourceStream("designs.txt")!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd(), "designs.txt");
    }

    /// <summary>The list of a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A line is not one of a list.</exception>
    public static IReadOnlyList<Entry> Read(string path) => Parse(File.ReadAllText(path), path);

    /// <summary>The list of a text.</summary>
    /// <param name="text">Lines.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <exception cref="InvalidDataException">A line is not one of a list.</exception>
    public static IReadOnlyList<Entry> Parse(string text, string source)
    {
        var entries = new List<Entry>();
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var words = lines[i].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words.Length == 0 || words[0].StartsWith('#'))
                continue;
            try
            {
                entries.Add(ParseLine(words, entries));
            }
            catch (Exception error) when (error is FormatException or OverflowException)
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{source}, line {i + 1}: {error.Message}."), error);
            }
        }

        return entries;
    }

    private static Entry ParseLine(string[] words, List<Entry> before)
    {
        var isShown = words[0] == "*";
        if (isShown)
            words = words[1..];
        if (words.Length == 0 || words[0].Contains('=', StringComparison.Ordinal))
            throw new FormatException("the line has no name");
        var name = words[0];
        if (name.IndexOfAny(['/', '\\', '|', ',']) >= 0 || name.EndsWith(DesignEntry.AveragedSuffix, StringComparison.Ordinal))
            throw new FormatException($"{name} is not a name: expected no / \\ | or comma in it, nor {DesignEntry.AveragedSuffix} at its end");
        if (before.Any(entry => entry.Name == name))
            throw new FormatException($"{name} stands twice");

        var pairs = words.Skip(1).Select(Pair).ToList();
        return pairs.FirstOrDefault() switch
        {
            ("method", var method) => new MethodEntry(name, isShown, method, Flag(pairs, "padding-rule")),
            ("estimate", _) => Estimate(name, isShown, pairs),
            ("mean-of", _) => new EnsembleEntry(name, isShown, Members(pairs, before)),
            ("as", var other) when Designed(other, before) is var model => new DesignEntry(name, isShown, pairs.Skip(1).Aggregate(model.Design, Set), model),
            _ => new DesignEntry(name, isShown, pairs.Aggregate(new Design(), Set)),
        };
    }

    private static DesignEntry Designed(string name, List<Entry> before) =>
        before.OfType<DesignEntry>().FirstOrDefault(entry => entry.Name == name) ?? throw new FormatException($"{name} is not the name of a design above");

    private static (string Key, string Value) Pair(string word) =>
        word.Split('=') is [{ Length: > 0 } key, { Length: > 0 } value] ? (key, value) : throw new FormatException($"'{word}' is not key=value");

    private static Design Set(Design design, (string Key, string Value) pair)
    {
        var setting = DesignSetting.All.FirstOrDefault(s => s.Key == pair.Key)
            ?? throw new FormatException($"{pair.Key} is not one of {string.Join(", ", DesignSetting.All.Select(s => s.Key))}");
        try
        {
            return setting.Read(design, pair.Value);
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            throw new FormatException($"{pair.Key}: {error.Message}", error);
        }
    }

    private static EstimateEntry Estimate(string name, bool isShown, List<(string Key, string Value)> pairs)
    {
        var isLocal = pairs[0].Value switch
        {
            "all-visible" => false,
            "local" => true,
            var other => throw new FormatException($"estimate: {other} is not one of all-visible, local"),
        };
        var beats = pairs.Where(pair => pair.Key == "beats").Aggregate(new Design(), Set).Beats;
        return new EstimateEntry(name, isShown, isLocal, beats, Flag([.. pairs.Where(pair => pair.Key != "beats")], "padding-rule"));
    }

    /// <summary>Whether the pairs after the first say <c>key=yes</c>; nothing else may stand there.</summary>
    private static bool Flag(IReadOnlyList<(string Key, string Value)> pairs, string key)
    {
        foreach (var pair in pairs.Skip(1).Where(pair => pair.Key != key || pair.Value is not ("yes" or "no")))
            throw new FormatException($"{pair.Key}={pair.Value} does not belong here; expected {key}=yes or nothing");
        return pairs.Skip(1).Any(pair => pair.Value == "yes");
    }

    private static string[] Members(List<(string Key, string Value)> pairs, List<Entry> before)
    {
        if (pairs.Count > 1)
            throw new FormatException($"{pairs[1].Key} does not belong here; mean-of stands alone");
        var members = pairs[0].Value.Split(',');
        var known = before.OfType<DesignEntry>().SelectMany(entry => entry.ResultNames).ToHashSet(StringComparer.Ordinal);
        if (members.FirstOrDefault(member => !known.Contains(member)) is { } unknown)
            throw new FormatException($"{unknown} is not the name of a design above");
        return members;
    }
}
