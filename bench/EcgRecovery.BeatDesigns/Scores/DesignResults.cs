using EcgRecovery.BeatDesigns.Designs;

namespace EcgRecovery.BeatDesigns.Scores;

/// <summary>The results that belong to an entry of the list.</summary>
internal static class DesignResults
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Of(Entry entry) => entry is DesignEntry design ? design.ResultNames : [entry.Name];

    /// <summary>Those that there are; a design may have been run or not.</summary>
    /// <exception cref="InvalidDataException">A result is broken, or of other settings than the entry's.</exception>
    public static IReadOnlyList<DesignResult> Read(string folder, Entry entry)
    {
        var results = Of(entry)
            .Where(name => File.Exists(DesignResult.PathOf(folder, name)))
            .Select(name => DesignResult.Read(folder, name))
            .ToList();
        if (results.FirstOrDefault(result => result.Settings != entry.Settings) is { } stale)
        {
            throw new InvalidDataException(
                $"{DesignResult.PathOf(folder, stale.Name)} is of '{stale.Settings}'; the list says '{entry.Settings}'. "
                + "Delete the file, or give the design another name.");
        }

        return results;
    }
}
