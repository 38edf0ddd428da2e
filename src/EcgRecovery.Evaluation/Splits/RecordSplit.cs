using System.Globalization;

namespace EcgRecovery.Evaluation.Splits;

/// <summary>The records that a benchmark tests, by the name of a split.</summary>
internal static class RecordSplit
{
    /// <summary>The records for the choice of designs and constants.</summary>
    public const string Validation = "validation";

    /// <summary>All WFDB records of the folder.</summary>
    public const string All = "all";

    // LUDB has 200 records, named by their numbers.
    private const int LudbTrain = 160;
    private const int LudbCount = 200;

    /// <summary>The names of the splits.</summary>
    public static IReadOnlyList<string> Names { get; } = [Validation, "ds1", "ds2", "ludb-train", "ludb-test", All];

    /// <summary>Returns the names of a split's records.</summary>
    /// <param name="split">One of <see cref="Names"/>; <c>ds1</c> is <see cref="InterPatientSplit.Learnable"/>.</param>
    /// <param name="folder">The folder of the records.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="InvalidDataException">It holds no record.</exception>
    public static IReadOnlyList<string> Records(string split, string folder)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"Folder {folder} does not exist; expected a folder of WFDB records.");
        return split switch
        {
            Validation => InterPatientSplit.Validation,
            "ds1" => InterPatientSplit.Learnable,
            "ds2" => InterPatientSplit.DS2,
            "ludb-train" => Numbers(1, LudbTrain),
            "ludb-test" => Numbers(LudbTrain + 1, LudbCount),
            All => In(folder),
            _ => throw new ArgumentException($"There is no split '{split}'; expected one of {string.Join(", ", Names)}.", nameof(split)),
        };
    }

    /// <summary>
    /// Whether the names of a split's records are those of other patients than MIT-BIH's of the same names: LUDB's are numbers too, and
    /// models name what they learned from as MIT-BIH does.
    /// </summary>
    public static bool IsOfOtherPatients(string split) => split.StartsWith("ludb-", StringComparison.Ordinal);

    private static string[] Numbers(int first, int last) =>
        [.. Enumerable.Range(first, last - first + 1).Select(number => number.ToString(CultureInfo.InvariantCulture))];

    private static string[] In(string folder)
    {
        string[] names =
        [
            .. Directory.EnumerateFiles(folder, "*.hea")
                .Select(path => Path.GetFileNameWithoutExtension(path))
                .Order(StringComparer.Ordinal),
        ];
        return names.Length > 0 ? names : throw new InvalidDataException($"Folder {folder} holds no WFDB record; expected files *.hea.");
    }
}
