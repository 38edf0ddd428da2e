using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>Mean errors over the rows of one AAMI class.</summary>
/// <param name="Class">The class.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="WholeBeatRmse">Mean over all its rows.</param>
/// <param name="GapRmse">Mean over all its rows.</param>
/// <param name="GapRmseRealSamples">Mean over its rows with real signal in the gap; NaN where there is none.</param>
/// <param name="RowsWithRealSamples">Its rows with real signal in the gap.</param>
internal sealed record ClassScore(
    AamiClass Class, int Rows, double WholeBeatRmse, double GapRmse, double GapRmseRealSamples, int RowsWithRealSamples);

/// <summary>Mean error over the rows of one patient.</summary>
/// <param name="Patient">The patient, named as by <see cref="Splits.InterPatientSplit.Patient"/>.</param>
/// <param name="GapRmseRealSamples">Mean over the patient's rows with real signal in the gap; NaN where there is none.</param>
/// <param name="RowsWithRealSamples">Those rows.</param>
internal sealed record PatientScore(string Patient, double GapRmseRealSamples, int RowsWithRealSamples);

/// <summary>Errors of every row, [N] each; NaN where a random gap did not fit.</summary>
/// <param name="WholeBeatRmse">Over all 187 samples, as the original reported it.</param>
/// <param name="GapRmse">Over the gap's samples.</param>
/// <param name="GapRmseRealSamples">Over the gap's samples before the padding; NaN where there is none.</param>
internal sealed record RowErrors(float[] WholeBeatRmse, float[] GapRmse, float[] GapRmseRealSamples)
{
    /// <summary>No errors yet: NaN everywhere.</summary>
    public static RowErrors None(int rows)
    {
        return new RowErrors(NaN(), NaN(), NaN());

        float[] NaN()
        {
            var column = new float[rows];
            Array.Fill(column, float.NaN);
            return column;
        }
    }
}

/// <summary>How one method did.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="WholeBeatRmse">Over all 187 samples.</param>
/// <param name="GapRmse">Over the gap's samples.</param>
/// <param name="GapRmseRealSamples">Over the gap's samples before the padding, rows without any left out.</param>
/// <param name="RowsWithRealSamples">The rows counted in <paramref name="GapRmseRealSamples"/>.</param>
/// <param name="ByClass">One entry per AAMI class present.</param>
/// <param name="Rows">The errors of every row.</param>
/// <param name="SawTestPatients">Whether the method learned from patients that it is tested on; null where that is not known.</param>
/// <param name="ScoredOnRawOutput">Whether the method's own output was scored for every sample, as the original's was.</param>
internal sealed record MethodScore(
    string Name,
    ErrorSummary WholeBeatRmse,
    ErrorSummary GapRmse,
    ErrorSummary GapRmseRealSamples,
    int RowsWithRealSamples,
    IReadOnlyList<ClassScore> ByClass,
    RowErrors Rows,
    bool? SawTestPatients,
    bool ScoredOnRawOutput)
{
    /// <summary>One entry per patient, by name; empty where patients are not known.</summary>
    public IReadOnlyList<PatientScore> ByPatient { get; init; } = [];

    /// <summary>Set against <see cref="BeatEvaluation.ComparedWith"/>; null for that method itself, and where there is none.</summary>
    public MethodDifferences? Differences { get; init; }

    /// <summary>Whether the lost signal came back as tall as it was; null where no signal was lost.</summary>
    public AmplitudeScore? Amplitude { get; init; }

    /// <summary>How good its intervals are; null where it gives none, or no signal was lost.</summary>
    public IntervalScore? Interval { get; init; }
}

/// <summary>The result of the original's protocol: every row, one gap in each, every method.</summary>
/// <param name="Model">What was asked for: a name, a file, or <c>all</c>.</param>
/// <param name="RowCount">N.</param>
/// <param name="Gaps">The samples set missing.</param>
/// <param name="Bootstrap">What the intervals were drawn over.</param>
/// <param name="Methods">In the order of the methods' list.</param>
/// <param name="Notes">Sentences that must stand beside the figures, as on patient leakage.</param>
internal sealed record BeatEvaluation(
    string Model, int RowCount, BeatGapPlan Gaps, BootstrapUnit Bootstrap, IReadOnlyList<MethodScore> Methods, IReadOnlyList<string> Notes)
{
    /// <summary>Rows too short for a random gap: they count nowhere.</summary>
    public int RowsTooShort { get; init; }

    /// <summary>The method that the others are compared with; null where it was not evaluated beside others.</summary>
    public string? ComparedWith { get; init; }
}
