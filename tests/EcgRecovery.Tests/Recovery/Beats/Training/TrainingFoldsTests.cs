using EcgRecovery.Recovery.Beats.Training;

namespace EcgRecovery.Tests.Recovery.Beats.Training;

public sealed class TrainingFoldsTests
{
    [Fact]
    public void Records_are_held_out_whole()
    {
        var set = SyntheticBeats.Make(50, records: 5);     // records 100 to 104, ten rows each
        var folds = new TrainingFolds(set, [.. Enumerable.Range(0, 50)], maximum: 3, samePatients: false);
        Assert.True(folds.ByRecord);
        Assert.Equal(["100,103", "101,104", "102"], folds.HeldOut);
        Assert.Equal(
            [0, 1, 2, 0, 1],
            Enumerable.Range(0, 5).Select(record => Assert.Single(folds.FoldOfRow.Skip(record * 10).Take(10).Distinct())));
        Assert.Equal(
            [0, 1, 2, 3, 4],
            Enumerable.Range(0, 5).Select(record => Assert.Single(folds.Group.Skip(record * 10).Take(10).Distinct())));
    }

    [Fact]
    public void There_are_no_more_folds_than_records() =>
        Assert.Equal(2, new TrainingFolds(SyntheticBeats.Make(50, records: 2), [.. Enumerable.Range(0, 50)], 6, samePatients: false).Count);

    [Fact]
    public void Rows_are_numbered_as_in_the_file()
    {
        // Rows 1 and 3 of the file are too short to train on.
        var folds = new TrainingFolds(SyntheticBeats.Make(4), [0, 2, 4, 5], 3, samePatients: false);
        Assert.Equal([0, 2, 1, 2], folds.FoldOfRow);
        Assert.Equal([0, 2, 4, 5], folds.Group);
    }

    [Theory]
    [InlineData(5, true)]      // same patients
    [InlineData(0, false)]     // of unknown origin
    [InlineData(1, false)]     // a single record
    public void Single_rows_are_held_out_where_records_are_not(int records, bool samePatients)
    {
        var folds = new TrainingFolds(SyntheticBeats.Make(7, records: records), [0, 1, 2, 3, 4, 5, 6], 3, samePatients);
        Assert.False(folds.ByRecord);
        Assert.Equal([0, 1, 2, 0, 1, 2, 0], folds.FoldOfRow);
        Assert.Equal(Enumerable.Range(0, 7), folds.Group);
        Assert.Equal("every row n with n mod 3 = 1", folds.HeldOut[1]);
    }
}
