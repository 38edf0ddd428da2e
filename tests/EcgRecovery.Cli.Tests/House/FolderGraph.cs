namespace EcgRecovery.Cli.Tests.House;

/// <summary>The uses between the folders of one floor. A folder is a whole path; the project's root folder counts as one.</summary>
/// <param name="references">Uses of types; those that stay in a folder or leave the floor do not count.</param>
internal sealed class FolderGraph(IEnumerable<TypeReference> references)
{
    // By folder: one example for each folder that it uses.
    private readonly ILookup<string, TypeReference> _uses = references
        .Where(use => use.From.Floor == use.To.Floor && use.From.Folder != use.To.Folder)
        .DistinctBy(Describe)
        .OrderBy(Describe, StringComparer.Ordinal)
        .ToLookup(use => Name(use.From));

    /// <summary>The shortest circle through every use, each circle once: <c>A → B → A</c> and an example of each step.</summary>
    public IReadOnlyList<string> Circles =>
    [
        .. _uses.SelectMany(uses => uses).Select(Circle).OfType<TypeReference[]>().Select(DescribeCircle).Distinct(StringComparer.Ordinal),
    ];

    // Breadth first, so that the first circle found is a shortest one.
    private TypeReference[]? Circle(TypeReference first)
    {
        var paths = new Queue<TypeReference[]>([[first]]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (paths.TryDequeue(out var path))
        {
            if (path[^1].To.Folder == first.From.Folder)
                return path;
            foreach (var next in _uses[Name(path[^1].To)].Where(next => seen.Add(Name(next.To))))
                paths.Enqueue([.. path, next]);
        }

        return null;
    }

    private static string Describe(TypeReference use) => $"{Name(use.From)} → {Name(use.To)}";

    private static string DescribeCircle(TypeReference[] circle)
    {
        var names = circle.Select(use => Name(use.From)).ToList();
        var start = names.IndexOf(names.Min(StringComparer.Ordinal)!);
        TypeReference[] uses = [.. circle[start..], .. circle[..start]];
        var examples = uses.Select(use => $"\n    {Describe(use)}: {use.From.RelativePath} uses {use.Type}");
        return $"{string.Join(" → ", uses.Select(use => Name(use.From)))} → {Name(uses[0].From)}{string.Concat(examples)}";
    }

    private static string Name(SourceFile file) => file.Folder.Length == 0 ? "(root)" : file.Folder;
}
