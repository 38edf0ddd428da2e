using System.Text;
using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Beats;

public class BeatEvaluationWritersTests
{
    private static readonly BeatEvaluation s_evaluation = new(
        "all",
        2,
        BeatGapPlan.Fixed(new Gap(100, 137)),
        BootstrapUnit.Patient,
        [
            new MethodScore(
                "zeros",
                new ErrorSummary(0.25, 0.125, 0.0625, 0.5),
                new ErrorSummary(0.5, 0.25, 0.125, 0.75),
                new ErrorSummary(0.625, 0.625, 0.5, 0.75),
                1,
                [new ClassScore(AamiClass.N, 1, 0.25, 0.5, 0.625, 1), new ClassScore(AamiClass.V, 1, 0.25, 0.5, double.NaN, 0)],
                new RowErrors([0.25f, 0], [0.5f, 0], [0.625f, float.NaN]),
                SawTestPatients: false,
                ScoredOnRawOutput: false),
            new MethodScore(
                "knn",
                new ErrorSummary(0.1, 0.1, 0.1, 0.1),
                new ErrorSummary(0.2, 0.2, 0.2, 0.2),
                new ErrorSummary(double.NaN, double.NaN, double.NaN, double.NaN),
                0,
                [new ClassScore(AamiClass.N, 1, 0.1, 0.2, double.NaN, 0), new ClassScore(AamiClass.V, 1, 0.1, 0.2, double.NaN, 0)],
                new RowErrors([0.1f, 0.1f], [0.2f, 0.2f], [float.NaN, float.NaN]),
                SawTestPatients: true,
                ScoredOnRawOutput: false),
        ],
        ["A note."]);

    [Fact]
    public void The_keys_of_the_json_are_fixed() => Assert.Equal(
        """
        {
          "model": "all",
          "rows": 2,
          "gap": {
            "start": 100,
            "end": 137
          },
          "bootstrap": "patient",
          "methods": [
            {
              "name": "zeros",
              "wholeBeatRmse": {
                "mean": 0.25,
                "median": 0.125,
                "low": 0.0625,
                "high": 0.5
              },
              "gapRmse": {
                "mean": 0.5,
                "median": 0.25,
                "low": 0.125,
                "high": 0.75
              },
              "gapRmseRealSamples": {
                "mean": 0.625,
                "median": 0.625,
                "low": 0.5,
                "high": 0.75,
                "rows": 1
              }
            },
            {
              "name": "knn",
              "wholeBeatRmse": {
                "mean": 0.1,
                "median": 0.1,
                "low": 0.1,
                "high": 0.1
              },
              "gapRmse": {
                "mean": 0.2,
                "median": 0.2,
                "low": 0.2,
                "high": 0.2
              },
              "gapRmseRealSamples": null
            }
          ]
        }

        """,
        BeatEvaluationJson.Write(s_evaluation));

    [Fact]
    public void The_csv_has_one_line_per_row_and_empty_cells_for_what_is_not_there()
    {
        var beats = BeatGapProtocolTests.Beats(2, "100", "208");
        using var stream = new MemoryStream();
        BeatEvaluationCsv.Write(stream, s_evaluation, beats);
        Assert.Equal(
            """
            row,record,class,gap_start,gap_end,real_samples_in_gap,zeros.whole_beat_rmse,zeros.gap_rmse,zeros.gap_rmse_real_samples,knn.whole_beat_rmse,knn.gap_rmse,knn.gap_rmse_real_samples
            0,100,N,100,137,37,0.25,0.5,0.625,0.1,0.2,
            1,208,V,100,137,0,0,0,,0.1,0.2,

            """,
            Encoding.UTF8.GetString(stream.ToArray()));
        Assert.Throws<ArgumentException>(() => BeatEvaluationCsv.Write(stream, s_evaluation, BeatGapProtocolTests.Beats(3)));
    }

    [Fact]
    public void The_text_is_aligned() => Assert.Equal(
        """
        2 beats, samples 100..137 missing. RMSE in units of the beat's height (0…1): mean over beats [95 % interval], median.

        method               whole beat  median                      gap  median  gap, real samples (1 rows)  median
        zeros   0.2500 [0.0625, 0.5000]  0.1250  0.5000 [0.1250, 0.7500]  0.2500     0.6250 [0.5000, 0.7500]  0.6250
        knn †   0.1000 [0.1000, 0.1000]  0.1000  0.2000 [0.2000, 0.2000]  0.2000                           –       –

        Mean gap RMSE over real samples, by AAMI class (rows counted):

        method   N (1)  V (0)
        zeros   0.6250      –
        knn †        –      –

        - † learned from patients that it is tested on.
        - A note.

        """,
        BeatEvaluationTable.Text(s_evaluation));

    [Fact]
    public void The_markdown_is_a_table() => Assert.Equal(
        """
        2 beats, samples 100..137 missing. RMSE in units of the beat's height (0…1): mean over beats [95 % interval], median.

        | method | whole beat | median | gap | median | gap, real samples (1 rows) | median |
        |---|---:|---:|---:|---:|---:|---:|
        | zeros | 0.2500 [0.0625, 0.5000] | 0.1250 | 0.5000 [0.1250, 0.7500] | 0.2500 | 0.6250 [0.5000, 0.7500] | 0.6250 |
        | knn † | 0.1000 [0.1000, 0.1000] | 0.1000 | 0.2000 [0.2000, 0.2000] | 0.2000 | – | – |

        Mean gap RMSE over real samples, by AAMI class (rows counted):

        | method | N (1) | V (0) |
        |---|---:|---:|
        | zeros | 0.6250 | – |
        | knn † | – | – |

        - † learned from patients that it is tested on.
        - A note.

        """,
        BeatEvaluationTable.Markdown(s_evaluation));
}
