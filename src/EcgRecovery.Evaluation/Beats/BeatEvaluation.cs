using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Beats;

/// <summary>Mean errors over the rows of one AAMI class.</summary>
/// <param name="Class">The class.</param>
/// <param name="Rows">Number of its rows.</param>
/// <param name="WholeBeatRmse">Mean over all its rows.</param>
/// <param name="GapRmse">Mean over all its rows.</param>
/// <param name="GapRmseRealSamples">Mean over its rows with real signal in the gap; NaN where there is none.</param>
/// <param name="RowsWithRealSamples">Number of its rows with real signal in the gap.</param>
internal sealed record ClassScore(
    AamiClass Class, int Rows, double WholeBeatRmse, double GapRmse, double GapRmseRealSamples, int RowsWithRealSamples);

/// <summary>Mean error over the rows of one patient.</summary>
/// <param name="Patient">Name of the patient, from <see cref="Splits.InterPatientSplit.Patient"/>.</param>
/// <param name="GapRmseRealSamples">Mean over the patient's rows with real signal in the gap; NaN where there is none.</param>
/// <param name="RowsWithRealSamples">Number of those rows.</param>
internal sealed record PatientScore(string Patient, double GapRmseRealSamples, int RowsWithRealSamples);

/// <summary>Errors of every row, [N] each; NaN where a random gap did not fit.</summary>
/// <param name="WholeBeatRmse">Over all 187 samples, the figure of the original notebook.</param>
/// <param name="GapRmse">Over the gap's samples.</param>
/// <param name="GapRmseRealSamples">Over the gap's samples before the padding; NaN where there is none.</param>
internal sealed record RowErrors(float[] WholeBeatRmse, float[] GapRmse, float[] GapRmseRealSamples)
{
    /// <summary>Creates columns of NaN, to be filled.</summary>
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

/// <summary>Scores of one method.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="WholeBeatRmse">Over all 187 samples.</param>
/// <param name="GapRmse">Over the gap's samples.</param>
/// <param name="GapRmseRealSamples">Over the gap's samples before the padding, in rows that have any.</param>
/// <param name="RowsWithRealSamples">Number of rows counted in <paramref name="GapRmseRealSamples"/>.</param>
/// <param name="ByClass">One entry per AAMI class present.</param>
/// <param name="Rows">Errors of every row.</param>
/// <param name="SawTestPatients">Whether the method learned from patients that it is tested on; null where that is not known.</param>
/// <param name="ScoredOnRawOutput">Whether the method's own output was scored for every sample, as in the original notebook.</param>
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

    /// <summary>Differences from <see cref="BeatEvaluation.ComparedWith"/>; null for that method and where it was not evaluated.</summary>
    public MethodDifferences? Differences { get; init; }

    /// <summary>Recovered amplitude; null where no signal was lost.</summary>
    public AmplitudeScore? Amplitude { get; init; }

    /// <summary>Coverage of its intervals; null where it has none or no signal was lost.</summary>
    public IntervalScore? Interval { get; init; }
}

/// <summary>Result of <see cref="BeatGapProtocol"/>.</summary>
/// <param name="Model">The requested models: names, files, or <c>all</c>.</param>
/// <param name="RowCount">N.</param>
/// <param name="Gaps">The samples set missing.</param>
/// <param name="Bootstrap">Unit of the bootstrap.</param>
/// <param name="Methods">In the order of the tables.</param>
/// <param name="Notes">Notes to be shown with the figures, for example on patient leakage.</param>
internal sealed record BeatEvaluation(
    string Model, int RowCount, BeatGapPlan Gaps, BootstrapUnit Bootstrap, IReadOnlyList<MethodScore> Methods, IReadOnlyList<string> Notes)
{
    /// <summary>Number of rows too short for a random gap: they count nowhere.</summary>
    public int RowsTooShort { get; init; }

    /// <summary>Name of the method that the others are compared with; null where it was not evaluated with others.</summary>
    public string? ComparedWith { get; init; }
}
