using EcgRecovery.Formats;
using EcgRecovery.Formats.Arrays;

namespace EcgRecovery.Tests.Formats.Arrays;

public class ArrayChoiceTests
{
    // Name and size of a recording of 12 leads, then of another array that is none.
    [Theory]
    [InlineData(1, 300)]
    [InlineData(300, 1)]
    [InlineData(12, 300)]
    [InlineData(5000, 1025)]
    [InlineData(12, 0)]
    public void Shorter_arrays_of_too_many_leads_and_empty_ones_are_no_rivals(long rows, long columns)
    {
        var contents = ArrayBytes.Contents(
            ArrayBytes.Doubles("other", [rows, columns]), ArrayBytes.Doubles("ecg", [12, 5000]), ArrayBytes.Doubles("cube", [2, 3, 5000]));

        var chosen = ArrayChoice.Choose(contents, null);

        Assert.Equal(["ecg"], chosen.Arrays.Select(array => array.Name));
        Assert.True(chosen.IsOnlyOne);
    }

    [Theory]
    [InlineData(1, 313)]
    [InlineData(313, 2)]
    public void Longer_ones_are(long rows, long columns)
    {
        var contents = ArrayBytes.Contents(ArrayBytes.Doubles("other", [rows, columns]), ArrayBytes.Doubles("ecg", [12, 5000]));
        Assert.Throws<ArrayNotChosenException>(() => ArrayChoice.Choose(contents, null));
    }

    [Fact]
    public void Many_rivals_are_named_up_to_eight()
    {
        var contents = ArrayBytes.Contents([.. Enumerable.Range(1, 9).Select(i => ArrayBytes.Doubles($"a{i}", [1, 5]))]);
        Assert.Equal(
            "x.mat has 9 arrays that can be the recording: " + string.Join(", ", Enumerable.Range(1, 8).Select(i => $"a{i} (1 x 5)"))
                + ", …; expected the name of one.",
            Assert.Throws<ArrayNotChosenException>(() => ArrayChoice.Choose(contents, null)).Message);
    }

    [Fact]
    public void A_time_alone_is_taken_for_the_samples() =>
        Assert.Equal("t", ArrayChoice.Choose(ArrayBytes.Contents(ArrayBytes.Doubles("t", [40])), null).Arrays[0].Name);

    [Theory]
    [InlineData("II", "MLII")]
    [InlineData("lead_V1", "Lead V2")]
    [InlineData("ch1", "ch2")]
    [InlineData("channel_1", "channel_12")]
    public void Names_of_leads_make_a_recording_of_vectors(string first, string second)
    {
        var contents = ArrayBytes.Contents(
            ArrayBytes.Doubles("s." + first, [40]), ArrayBytes.Doubles("s.counter", [40]), ArrayBytes.Doubles("s." + second, [1, 40]));
        Assert.Equal([first, second], ArrayChoice.Choose(contents, null).Arrays.Select(array => array.Leaf));
    }

    [Theory]
    [InlineData("a.II", "b.V5", 40)]
    [InlineData("II", "V5", 41)]
    [InlineData("II", "ecg", 40)]
    public void Of_other_groups_or_lengths_or_alone_they_do_not(string first, string second, long length)
    {
        var contents = ArrayBytes.Contents(ArrayBytes.Doubles(first, [40]), ArrayBytes.Doubles(second, [length]));
        Assert.Throws<ArrayNotChosenException>(() => ArrayChoice.Choose(contents, null));
    }
}
