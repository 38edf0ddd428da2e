using EcgRecovery.Beats;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats;

namespace EcgRecovery.Tests.Recovery.Beats;

public class RowRhythmTests
{
    private const int L = HeartbeatSet.BeatLength;

    [Fact]
    public void An_irregular_rhythm_is_remarked_and_a_usual_one_is_not()
    {
        var random = new Random(1);
        Assert.Null(RowRhythm.Remark(Rows([.. Enumerable.Range(0, 60).Select(_ => 100 + random.Next(-2, 3))]), "beat"));
        Assert.Null(RowRhythm.Remark(Rows([.. Enumerable.Range(0, 60).Select(i => i == 30 ? 60 : 100)]), "beat"));
        var bigeminy = Rows([.. Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? 80 : 120)]);
        Assert.Equal(0.4, RowRhythm.MedianChange(bigeminy)!.Value, 1e-9);
        Assert.Contains("differ by 40 % (median)", RowRhythm.Remark(bigeminy, "beat"), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_do_not_show_their_end_and_rows_of_other_records_do_not_count()
    {
        Assert.Null(RowRhythm.MedianChange(Rows([.. Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? 80 : 120)])));
        Assert.Null(RowRhythm.MedianChange(Rows([.. Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? 80 : L)])));
        var lost = Rows([.. Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? 80 : 120)]);
        for (var row = 0; row < 60; row += 2)
            lost.Samples[(row * L) + 79] = float.NaN;
        Assert.Null(RowRhythm.MedianChange(lost));
        var two = Rows([.. Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? 80 : 120)]);
        HeartbeatSource[] sources = [.. Enumerable.Range(0, 60).Select(i => HeartbeatSource.RecordOnly(i % 2 == 0 ? "1" : "2"))];
        Assert.Null(RowRhythm.MedianChange(new HeartbeatSet(two.Samples, two.Classes, sources)));
        Assert.Null(RowRhythm.MedianChange(Rows([])));
    }

    private static HeartbeatSet Rows(int[] lengths)
    {
        var samples = new float[lengths.Length * L];
        for (var row = 0; row < lengths.Length; row++)
            samples.AsSpan(row * L, lengths[row]).Fill(0.5f);
        return new HeartbeatSet(samples, new AamiClass[lengths.Length]);
    }
}
