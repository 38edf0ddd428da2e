using EcgRecovery.Evaluation.Diagnosis;
using EcgRecovery.Records;
using static EcgRecovery.Records.AamiClass;

namespace EcgRecovery.Evaluation.Tests.Diagnosis;

public class ClassCountsTests
{
    [Fact]
    public void Figures_are_those_worked_by_hand()
    {
        // 10 N of which 8 kept, 1 as S, 1 as V; 4 S of which 1 kept, 3 as N; 6 V of which 5 kept, 1 as N.
        var counts = Counted((N, N, 8), (N, S, 1), (N, V, 1), (S, S, 1), (S, N, 3), (V, V, 5), (V, N, 1));
        Assert.Equal(20, counts.Total);
        Assert.Equal([10, 4, 6, 0, 0], ClassCounts.All.Select(counts.Of));
        Assert.Equal(0.8, counts.Sensitivity(N), 12);
        Assert.Equal(8 / 12.0, counts.PositivePredictivity(N), 12);
        Assert.Equal(0.25, counts.Sensitivity(S), 12);
        Assert.Equal(0.5, counts.PositivePredictivity(S), 12);
        // Harmonic mean of 5/6 and 5/6; of 1/4 and 1/2.
        Assert.Equal(5 / 6.0, counts.F1(V), 12);
        Assert.Equal(1 / 3.0, counts.F1(S), 12);
        Assert.Equal(0.7, counts.Accuracy, 12);
        Assert.True(double.IsNaN(counts.Sensitivity(F)) && double.IsNaN(counts.PositivePredictivity(F)) && double.IsNaN(counts.F1(F)));
    }

    [Fact]
    public void Counts_of_records_are_added()
    {
        var sum = Counted((N, N, 90), (N, V, 10));
        sum.Add(Counted((N, N, 5), (V, N, 5)));
        Assert.Equal((95, 10, 5), (sum[N, N], sum[N, V], sum[V, N]));
        var table = ClassifierEvaluation.Table("t", sum).Rows;
        Assert.Equal(["N", "105", "95", "0", "10", "0", "0", "90.5 %", "95.0 %"], table[1]);
        Assert.Equal(["V", "5", "5", "0", "0", "0", "0", "0.0 %", "0.0 %"], table[3]);
        Assert.Equal(["Q", "0", "0", "0", "0", "0", "0", "–", "–"], table[5]);
    }

    private static ClassCounts Counted(params (AamiClass Truth, AamiClass Given, int Beats)[] cells)
    {
        var counts = new ClassCounts();
        foreach (var (truth, given, beats) in cells)
            counts.Add(truth, given, beats);
        return counts;
    }
}
