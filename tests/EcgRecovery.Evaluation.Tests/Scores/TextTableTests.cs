using EcgRecovery.Evaluation.Scores;

namespace EcgRecovery.Evaluation.Tests.Scores;

public class TextTableTests
{
    private static readonly string[][] s_wide =
    [
        ["method", .. Enumerable.Range(0, 6).Select(i => $"gap of {i} s, real samples"), "covered, with width"],
        ["locally-linear", .. Enumerable.Range(0, 6).Select(_ => "0.0712 [0.0701, 0.0723]"), "95.12 %"],
        ["beat", .. Enumerable.Range(0, 6).Select(_ => "0.0612"), "-"],
    ];

    private static readonly string[][] s_gaps =
    [
        ["lead", "start", "end", "duration", "samples", "method", "reason"],
        [
            "MLII", "0:16:41.881", "0:16:42.289", "0.408 s", "360677..360824", "locally-linear",
            "the gap is longer than 10 s and no other lead survives through the whole of it",
        ],
    ];

    [Fact]
    public void A_table_that_fits_is_two_spaces_apart() => Assert.Equal(
        ["a       b", "long   12", "      345"],
        TextTable.Lines([["a", "b"], ["long", "12"], ["", "345"]], 80, names: 1, column => column == 1));

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(1000)]
    public void No_line_is_wider_than_the_terminal_and_no_word_is_cut(int columns)
    {
        foreach (var table in new[] { s_wide, s_gaps })
        {
            string[] lines = [.. TextTable.Lines(table, columns, names: 1, column => column > 0)];
            Assert.All(lines, line => Assert.True(line.Length <= columns, line));
            // Every word is there, whole; the first column's perhaps in several parts of the table.
            Assert.Equal(
                table.SelectMany(row => row).SelectMany(Words).Distinct().Order(),
                lines.SelectMany(Words).Distinct().Order());
            Assert.All(
                table.SelectMany(row => row.Skip(1)).SelectMany(Words).CountBy(word => word),
                word => Assert.True(lines.SelectMany(Words).Count(one => one == word.Key) >= word.Value, word.Key));
        }

        static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public void Cells_are_broken_between_words_and_a_number_keeps_its_unit() => Assert.Equal(
        ["lead     time  why", "II    ± 17 ms  no lead", "               survives"],
        TextTable.Lines([["lead", "time", "why"], ["II", "± 17 ms", "no lead survives"]], 24, names: 1, column => column == 1));

    [Fact]
    public void Too_many_columns_stand_in_parts_below_each_other() => Assert.Equal(
        ["m    one    two", "a  11111  22222", "", "m  three", "a  33333"],
        TextTable.Lines([["m", "one", "two", "three"], ["a", "11111", "22222", "33333"]], 16, names: 1, column => column > 0));

    [Fact]
    public void A_table_with_a_column_that_is_too_wide_becomes_a_block_for_each_row() => Assert.Equal(
        ["m: a", "abcdefghijkl:", "  1", "two: 2 mV", "", "m: b", "abcdefghijkl:", "two: -"],
        TextTable.Lines(
            [["m", "abcdefghijkl", "two"], ["a", "1", "2 mV"], ["b", "", "-"]], 11, names: 1, _ => false));

    [Fact]
    public void A_row_that_its_names_alone_make_too_wide_is_a_block() => Assert.Equal(
        ["0", "lead:", "  a_long_name"],
        TextTable.Lines([["", "lead"], ["0", "a_long_name"]], 10, names: 2, _ => false));

    [Theory]
    [InlineData("", 10, "")]
    [InlineData("one two three", 100, "one two three")]
    [InlineData("one two three", 7, "one two|three")]
    [InlineData("one twothreefour five", 7, "one|twothreefour|five")]
    [InlineData("one", -3, "one")]
    public void A_text_is_broken_between_words(string text, int columns, string expected) =>
        Assert.Equal(expected, string.Join('|', TextTable.Wrap(text, columns)));
}
