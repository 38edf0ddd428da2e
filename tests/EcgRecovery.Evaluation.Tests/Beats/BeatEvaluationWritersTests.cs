using System.Text;
using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Beats;

public class BeatEvaluationWritersTests
{
    private static readonly BeatEvaluation s_evaluation = new(
        "all",
        2,
        BeatGapPlan.Fixed(new SampleSpan(100, 137)),
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

    /// <summary>The same with differences, amplitude, intervals and patients.</summary>
    private static readonly BeatEvaluation s_full = s_evaluation with
    {
        ComparedWith = "knn",
        Methods =
        [
            s_evaluation.Methods[0] with
            {
                Differences = new MethodDifferences(
                    new ErrorDifference(new DifferenceSummary(0.15, 0.1, 0.2), new DifferenceSummary(1.5, 1, 2.25)),
                    new ErrorDifference(new DifferenceSummary(0.25, -0.5, 0.5), new DifferenceSummary(-0.125, -0.25, 0.5)),
                    new ErrorDifference(
                        new DifferenceSummary(double.NaN, double.NaN, double.NaN),
                        new DifferenceSummary(double.NaN, double.NaN, double.NaN))),
                Amplitude = new AmplitudeScore(0.25, 0, double.NaN, double.NaN),
                ByPatient = [new PatientScore("100", 0.625, 1), new PatientScore("208", double.NaN, 0)],
            },
            s_evaluation.Methods[1] with
            {
                Amplitude = new AmplitudeScore(0.875, 1, 0.75, -0.25),
                Interval = new IntervalScore(0.9375, 0.5, [new GroupCoverage("N", 37, 0.9375)], [new GroupCoverage("100", 37, 0.9375)]),
                ByPatient = [new PatientScore("100", 0.25, 1), new PatientScore("208", double.NaN, 0)],
            },
        ],
    };

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
          "comparedWith": "knn",
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
              },
              "differences": {
                "wholeBeatRmse": {
                  "absolute": {
                    "value": 0.15,
                    "low": 0.1,
                    "high": 0.2
                  },
                  "relative": {
                    "value": 1.5,
                    "low": 1,
                    "high": 2.25
                  }
                },
                "gapRmse": {
                  "absolute": {
                    "value": 0.25,
                    "low": -0.5,
                    "high": 0.5
                  },
                  "relative": {
                    "value": -0.125,
                    "low": -0.25,
                    "high": 0.5
                  }
                },
                "gapRmseRealSamples": {
                  "absolute": {
                    "value": null,
                    "low": null,
                    "high": null
                  },
                  "relative": {
                    "value": null,
                    "low": null,
                    "high": null
                  }
                }
              },
              "amplitude": {
                "varianceRatio": 0.25,
                "tallPeaks": 0,
                "peakRatio": null,
                "peakBias": null
              },
              "interval": null,
              "byClass": [
                {
                  "class": "N",
                  "rows": 1,
                  "wholeBeatRmse": 0.25,
                  "gapRmse": 0.5,
                  "gapRmseRealSamples": 0.625,
                  "rowsWithRealSamples": 1
                },
                {
                  "class": "V",
                  "rows": 1,
                  "wholeBeatRmse": 0.25,
                  "gapRmse": 0.5,
                  "gapRmseRealSamples": null,
                  "rowsWithRealSamples": 0
                }
              ],
              "byPatient": [
                {
                  "patient": "100",
                  "rowsWithRealSamples": 1,
                  "gapRmseRealSamples": 0.625
                },
                {
                  "patient": "208",
                  "rowsWithRealSamples": 0,
                  "gapRmseRealSamples": null
                }
              ]
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
              "gapRmseRealSamples": null,
              "differences": null,
              "amplitude": {
                "varianceRatio": 0.875,
                "tallPeaks": 1,
                "peakRatio": 0.75,
                "peakBias": -0.25
              },
              "interval": {
                "coverage": 0.9375,
                "width": 0.5,
                "meanOverPatients": 0.9375,
                "worstPatient": "100",
                "byClass": [
                  {
                    "class": "N",
                    "samples": 37,
                    "coverage": 0.9375
                  }
                ],
                "byPatient": [
                  {
                    "patient": "100",
                    "samples": 37,
                    "coverage": 0.9375
                  }
                ]
              },
              "byClass": [
                {
                  "class": "N",
                  "rows": 1,
                  "wholeBeatRmse": 0.1,
                  "gapRmse": 0.2,
                  "gapRmseRealSamples": null,
                  "rowsWithRealSamples": 0
                },
                {
                  "class": "V",
                  "rows": 1,
                  "wholeBeatRmse": 0.1,
                  "gapRmse": 0.2,
                  "gapRmseRealSamples": null,
                  "rowsWithRealSamples": 0
                }
              ],
              "byPatient": [
                {
                  "patient": "100",
                  "rowsWithRealSamples": 1,
                  "gapRmseRealSamples": 0.25
                },
                {
                  "patient": "208",
                  "rowsWithRealSamples": 0,
                  "gapRmseRealSamples": null
                }
              ]
            }
          ]
        }

        """,
        BeatEvaluationJson.Write(s_full));

    [Fact]
    public void A_random_gap_is_written_as_length_and_seed_and_has_one_error_column_less()
    {
        var random = s_evaluation with { Gaps = BeatGapPlan.Random(37, seed: 5), RowsTooShort = 1 };
        var json = BeatEvaluationJson.Write(random);
        Assert.Contains(
            "\"gap\": {\n    \"randomLength\": 37,\n    \"seed\": 5,\n    \"rowsLeftOut\": 1\n  },", json, StringComparison.Ordinal);
        Assert.Contains("\"comparedWith\": null", json, StringComparison.Ordinal);
        const string unit = "RMSE in units of the beat's height (0…1): mean over beats [95 % interval], median.";
        Assert.StartsWith(
            $"""
            1 beats, 37 samples missing at random within the real signal. {unit}

            | method | whole beat | median | gap | median |
            |---|---:|---:|---:|---:|
            | zeros | 0.2500 [0.0625, 0.5000] | 0.1250 | 0.5000 [0.1250, 0.7500] | 0.2500 |

            """,
            BeatEvaluationTable.Markdown(random),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_csv_has_one_line_per_row_and_empty_cells_for_missing_values()
    {
        var beats = BeatGapProtocolTests.Beats(2, "100", "208");
        using var stream = new MemoryStream();
        BeatEvaluationCsv.Write(stream, s_evaluation, beats);
        string[] columns =
        [
            "zeros.whole_beat_rmse", "zeros.gap_rmse", "zeros.gap_rmse_real_samples",
            "knn.whole_beat_rmse", "knn.gap_rmse", "knn.gap_rmse_real_samples",
        ];
        Assert.Equal(
            $$"""
            row,record,class,gap_start,gap_end,real_samples_in_gap,{{string.Join(',', columns)}}
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
        BeatEvaluationTable.Text(s_evaluation, int.MaxValue));

    [Fact]
    public void On_a_terminal_all_tables_fit_80_columns() => Assert.All(
        BeatEvaluationTable.Text(s_full, 80).Split('\n'), line => Assert.True(line.Length <= 80, line));

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

    [Fact]
    public void Differences_amplitude_and_intervals_have_their_own_table_in_the_text() => Assert.Contains(
        """
        Mean error against knn in % [95 % interval]; amplitude recovered; samples within the 95 % interval:

        method              whole beat, %  gap, real samples, %  variance  peaks (0)    bias  covered  width
        zeros   +150.0 [+100.0, +225.0] ‡                     –     0.250          –       –        –      –
        knn †                           –                     –     0.875      0.750  −0.250   93.8 %  0.500

        Mean gap RMSE over real samples, by AAMI class (rows counted):

        """,
        BeatEvaluationTable.Text(s_full, int.MaxValue),
        StringComparison.Ordinal);

    [Fact]
    public void A_difference_whose_interval_holds_zero_has_no_mark()
    {
        var score = s_full.Methods[0];
        var differences = score.Differences! with { WholeBeatRmse = score.Differences.GapRmse };
        var table = BeatEvaluationTable.Quality(s_full with { Methods = [score with { Differences = differences }] })!;
        Assert.Equal("−12.5 [−25.0, +50.0]", table.Rows[1][1]);
    }

    [Fact]
    public void With_random_gaps_the_gap_is_all_real_and_a_ratio_that_rounds_to_zero_has_no_sign()
    {
        var zeros = s_full.Methods[0] with { Amplitude = new AmplitudeScore(0.25, 3, -0.0003, -0.5) };
        var table = BeatEvaluationTable.Quality(s_full with { Gaps = BeatGapPlan.Random(37, seed: 1), Methods = [zeros] })!;
        Assert.Equal(["method", "whole beat, %", "gap, %", "variance", "peaks (3)", "bias"], table.Rows[0]);
        Assert.Equal(["0.250", "0.000", "−0.500"], table.Rows[1].Skip(3));
    }

    [Fact]
    public void The_markdown_goes_on_with_classes_and_patients() => Assert.EndsWith(
        """
        | knn † | – | – |

        Share of lost real samples within the 95 % interval, by AAMI class (samples):

        | method | N (37) |
        |---|---:|
        | knn † | 93.8 % |

        Mean gap RMSE over real samples, by patient; share of lost real samples within the 95 % interval:

        | patient | rows | zeros | knn † | knn †, covered |
        |---|---:|---:|---:|---:|
        | 100 | 1 | 0.6250 | 0.2500 | 93.8 % |
        | 208 | 0 | – | – | – |

        - † learned from patients that it is tested on.
        - A note.

        """,
        BeatEvaluationTable.Markdown(s_full),
        StringComparison.Ordinal);

    [Fact]
    public void Methods_without_intervals_have_dashes_and_without_figures_there_is_no_table()
    {
        Assert.Null(BeatEvaluationTable.Quality(s_evaluation));
        Assert.Null(BeatEvaluationTable.CoverageByClass(s_evaluation));
        Assert.Null(BeatEvaluationTable.ByPatient(s_evaluation));
        Assert.Equal(
            ["method", "variance", "peaks (0)", "bias", "covered", "width"],
            BeatEvaluationTable.Quality(s_full with { ComparedWith = null })!.Rows[0]);
    }
}
