using System.Text;
using EcgRecovery.Formats.Csv.Cells;

namespace EcgRecovery.Tests.Formats.Csv.Cells;

public class CsvCellsTests
{
    [Theory]
    [InlineData("a,b,c", ',', "a|b|c")]
    [InlineData("a,,c,", ',', "a||c|")]
    [InlineData("", ',', "")]
    [InlineData(" a , b ", ',', "a|b")]
    [InlineData("\"a,b\",c", ',', "a,b|c")]
    [InlineData("\"a \"\"x\"\" b\",c", ',', "a \"x\" b|c")]
    [InlineData("'0:00.000',-0.145", ',', "0:00.000|-0.145")]
    [InlineData("\"\",''", ',', "|")]
    [InlineData("\"never closed,b", ',', "\"never closed,b")]
    [InlineData("\t'x'", '\t', "|x")]
    [InlineData("  0.000\t -0.145 \t -0.065", '\t', "0.000|-0.145|-0.065")]
    [InlineData("  0.000   -0.145\t-0.065  ", ' ', "0.000|-0.145|-0.065")]
    [InlineData("'a b' c", ' ', "a b|c")]
    public void Cells_come_without_quotes_and_blanks(string line, char delimiter, string expected) =>
        Assert.Equal(expected, string.Join('|', CsvCells.Texts(Encoding.UTF8.GetBytes(line), (byte)delimiter)));
}
