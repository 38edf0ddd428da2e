using EcgRecovery.Records;

namespace EcgRecovery.Tests.Records;

public class BeatCodeTests
{
    // ecgcodes.h of WFDB 10.7.
    [Theory]
    [InlineData(1, "N")]
    [InlineData(5, "V")]
    [InlineData(10, "E")]
    [InlineData(13, "Q")]
    [InlineData(14, "~")]
    [InlineData(16, "|")]
    [InlineData(22, "\"")]
    [InlineData(26, "^")]
    [InlineData(28, "+")]
    [InlineData(34, "e")]
    [InlineData(38, "f")]
    [InlineData(41, "r")]
    public void Knows_the_symbol_of_a_code(int code, string symbol)
    {
        Assert.Equal(symbol, BeatCode.Symbol(code));
        Assert.Equal(code, BeatCode.FromSymbol(symbol));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(49)]
    public void Numbers_a_code_without_a_symbol(int code) => Assert.Equal($"[{code}]", BeatCode.Symbol(code));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("X")]
    [InlineData("NN")]
    public void Knows_no_code_for_other_text(string symbol) => Assert.Null(BeatCode.FromSymbol(symbol));

    [Theory]
    [InlineData("NLRejB", AamiClass.N)]
    [InlineData("AaJSn", AamiClass.S)]
    [InlineData("VEr", AamiClass.V)]
    [InlineData("F", AamiClass.F)]
    [InlineData("/fQ?", AamiClass.Q)]
    public void Puts_beats_into_their_class(string symbols, AamiClass expected)
    {
        foreach (var symbol in symbols)
        {
            var code = BeatCode.FromSymbol(symbol.ToString())!.Value;
            Assert.Equal(expected, BeatCode.ClassOf(code));
            Assert.True(BeatCode.IsBeat(code));
        }
    }

    [Fact]
    public void Takes_nothing_else_for_a_beat() =>
        Assert.Equal("NLRaVFJASEj/QBe" + "nf?r", string.Concat(
            Enumerable.Range(0, BeatCode.Count)
                .Where(BeatCode.IsBeat)
                .Select(BeatCode.Symbol)
                .OrderBy(s => "NLRaVFJASEj/QBenf?r".IndexOf(s, StringComparison.Ordinal))));
}
