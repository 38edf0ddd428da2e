namespace EcgRecovery.Evaluation.Splits;

/// <summary>The split of the MIT-BIH Arrhythmia Database into patients to learn from and patients to test on.</summary>
/// <remarks>
/// The four paced records 102, 104, 107 and 217 are in neither half.
/// Source: de Chazal, O'Dwyer and Reilly 2004, doi:10.1109/TBME.2004.827359.
/// </remarks>
internal static class InterPatientSplit
{
    /// <summary>The records to learn from, as published: <see cref="NeverLearnedFrom"/> is to be taken out of them.</summary>
    public static IReadOnlyList<string> DS1 { get; } =
    [
        "101", "106", "108", "109", "112", "114", "115", "116", "118", "119", "122",
        "124", "201", "203", "205", "207", "208", "209", "215", "220", "223", "230",
    ];

    /// <summary>The records to test on.</summary>
    public static IReadOnlyList<string> DS2 { get; } =
    [
        "100", "103", "105", "111", "113", "117", "121", "123", "200", "202", "210",
        "212", "213", "214", "219", "221", "222", "228", "231", "232", "233", "234",
    ];

    /// <summary>
    /// Records of <see cref="DS1"/> that nothing here trains, tunes, calibrates on or refers to: 201 is the same patient as 202 of
    /// <see cref="DS2"/>, and 208 is the demo's.
    /// </summary>
    public static IReadOnlyList<string> NeverLearnedFrom { get; } = ["201", "208"];

    /// <summary>The records of <see cref="DS1"/> that choices are made on.</summary>
    public static IReadOnlyList<string> Validation { get; } = ["109", "116", "119", "209", "223"];

    /// <summary>The records of <see cref="DS1"/> that may be learned from: all but <see cref="NeverLearnedFrom"/>.</summary>
    public static IReadOnlyList<string> Learnable { get; } = [.. DS1.Except(NeverLearnedFrom, StringComparer.Ordinal)];

    /// <summary>The records that train while <see cref="Validation"/> chooses.</summary>
    public static IReadOnlyList<string> Training { get; } = [.. Learnable.Except(Validation, StringComparer.Ordinal)];

    /// <summary>The patient of a record, named by the patient's first record: 202 is patient 201, every other record its own.</summary>
    public static string Patient(string record) => record == "202" ? "201" : record;
}
