using EcgRecovery.Evaluation.Scores;

namespace EcgRecovery.Reporting.Benchmarks;

/// <summary>Texts that the page and the Markdown of a benchmark's report share.</summary>
internal static class BenchmarkReportText
{
    public const string CurvesTitle = "Error over the length of gaps";

    public const string PatientsTitle = "Patient by patient";

    public const string ExamplesTitle = "Examples";

    public const string Curves =
        "The mean over gaps of the error in the gap, with the 95 % interval of the mean. Points of one length stand beside each other.";

    public const string Patients =
        "One row per patient, one mark per method: a method that is good on average may fail for some patients. The mean in the tables "
        + "gives every gap the same weight.";

    public const string Examples =
        "Measured samples in black, recovered ones in blue on their 95 % interval where the method gives one, the truth under the gap in "
        + "green, which the method did not see. To scale if printed at 100 % on A4.";

    /// <summary>Returns the title of a table without the colon that leads to it in a text.</summary>
    public static string TitleOf(ResultTable table) => table.Title.TrimEnd(':');
}
