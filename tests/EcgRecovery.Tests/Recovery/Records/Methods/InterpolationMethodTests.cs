using EcgRecovery.Recovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Tests.Recovery.Records.Methods;

/// <summary>The methods for leads without training, on leads of a few samples. Rows of heartbeats: RowByRowMethodTests.</summary>
public class InterpolationMethodTests
{
    // By hand. mean: (1 + 2 + 6) / 3. cubic of 0 1 - 0: see RowByRowMethodTests.
    [Theory]
    [InlineData("zeros", "1 - - 2", "1 0 0 2")]
    [InlineData("hold", "1 - - 2", "1 1 1 2")]
    [InlineData("hold", "- 1 - 2 -", "1 1 1 2 2")]
    [InlineData("mean", "1 - 2 - - 6 -", "1 3 2 3 3 6 3")]
    [InlineData("mean", "- -", "0 0")]
    [InlineData("linear", "1 - - - 3", "1 1.5 2 2.5 3")]
    [InlineData("linear", "- 1 - 2 -", "1 1 1.5 2 2")]
    [InlineData("cubic", "0 1 - 0", "0 1 0.875 0")]
    [InlineData("cubic", "- 1 - 2 -", "1 1 1.5 2 2")]
    public void Fills_as_worked_by_hand(string name, string broken, string expected) =>
        Assert.Equal(Parse(expected), Fill(name, Parse(broken)));

    // Only the nearest two samples on each side matter, not the lead's length or other gaps.
    [Fact]
    public void Cubic_is_the_same_on_a_lead_and_on_the_piece_around_the_gap()
    {
        var lead = Enumerable.Range(0, 5000).Select(t => MathF.Sin(t * 0.37f) + (0.001f * t)).ToArray();
        foreach (var start in new[] { 1, 2, 40, 2500, 4990 })
            lead.AsSpan(start, 7).Fill(float.NaN);
        lead[2509] = float.NaN;
        var whole = Fill("cubic", lead);
        var piece = Fill("cubic", lead[2495..2515]);
        Assert.Equal(piece[5..12], whole[2500..2507]);
    }

    private static float[] Fill(string name, float[] lead)
    {
        using var method = RecoveryMethods.CreateForRecords(name);
        var filled = (float[])lead.Clone();
        method.Fill(new LeadSignal(lead, 360), MissingRuns.Of<float>(lead), filled, CancellationToken.None);
        return filled;
    }

    private static float[] Parse(string cells) => [.. cells.Split(' ').Select(cell => cell == "-" ? float.NaN : float.Parse(cell))];
}
