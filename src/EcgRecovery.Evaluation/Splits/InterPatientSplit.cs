namespace EcgRecovery.Evaluation.Splits;

/// <summary>The inter-patient split of the MIT-BIH Arrhythmia Database: patients to learn from and patients to test on.</summary>
/// <remarks>
/// The four paced records 102, 104, 107 and 217 are in neither half.
/// Source: de Chazal, O'Dwyer and Reilly 2004, doi:10.1109/TBME.2004.827359.
/// </remarks>
internal static class InterPatientSplit
{
    /// <summary>Records to learn from, as published, <see cref="NeverLearnedFrom"/> included.</summary>
    public static IReadOnlyList<string> DS1 { get; } =
    [
        "101", "106", "108", "109", "112", "114", "115", "116", "118", "119", "122",
        "124", "201", "203", "205", "207", "208", "209", "215", "220", "223", "230",
    ];

    /// <summary>Records to test on.</summary>
    public static IReadOnlyList<string> DS2 { get; } =
    [
        "100", "103", "105", "111", "113", "117", "121", "123", "200", "202", "210",
        "212", "213", "214", "219", "221", "222", "228", "231", "232", "233", "234",
    ];

    /// <summary>
    /// Records of <see cref="DS1"/> that are never used for training, tuning, calibration or reference: 201 is the same patient as 202 of
    /// <see cref="DS2"/>, and 208 is the recording of the demo.
    /// </summary>
    public static IReadOnlyList<string> NeverLearnedFrom { get; } = ["201", "208"];

    /// <summary>Records of <see cref="DS1"/> for the choice of designs and constants.</summary>
    public static IReadOnlyList<string> Validation { get; } = ["109", "116", "119", "209", "223"];

    /// <summary>Records of <see cref="DS1"/> to learn from: all but <see cref="NeverLearnedFrom"/>.</summary>
    public static IReadOnlyList<string> Learnable { get; } = [.. DS1.Except(NeverLearnedFrom, StringComparer.Ordinal)];

    /// <summary>Records to train on while <see cref="Validation"/> is held out.</summary>
    public static IReadOnlyList<string> Training { get; } = [.. Learnable.Except(Validation, StringComparer.Ordinal)];

    /// <summary>Returns those records that a model must not learn from if it is evaluated on patients never seen.</summary>
    public static IReadOnlyList<string> KeptForTesting(IEnumerable<string> records) =>
        [.. records.Where(record => DS2.Contains(record) || NeverLearnedFrom.Contains(record))];

    /// <summary>Returns the patient of a record, named after the patient's first record: 201 for 202, otherwise the record.</summary>
    public static string Patient(string record) => record == "202" ? "201" : record;
}
