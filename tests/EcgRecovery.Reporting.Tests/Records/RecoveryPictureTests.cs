using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Reporting.Records;

namespace EcgRecovery.Reporting.Tests.Records;

public class RecoveryPictureTests
{
    [Fact]
    public void Every_gap_has_a_panel_with_the_truth_beside_the_recovery()
    {
        var truth = SyntheticRecord.Create();
        var recovered = new RecoveredRecord(truth, [[new RecoveredGap(new SampleSpan(320, 368), "similar")]]);
        PicturedGap[] gaps = [new(new LeadSpan(0, new(320, 368)), "QRS"), new(new LeadSpan(0, new(192, 224)), "packet"), new(
            new LeadSpan(0, new(640, 700)), "second")];
        var document = RecoveryPicture.Draw(recovered, truth, gaps, "Lost and recovered");
        Markup.AssertLoadsNothing(document);
        var svg = Markup.Parse(document);
        Assert.Equal("Lost and recovered", svg.Texts().First());
        Assert.All(gaps, gap => Assert.Contains(gap.Heading, svg.Texts()));
        Assert.Equal(3, svg.Elements("path", "ecg-truth").Count());
        Assert.NotEmpty(svg.Elements("path", "ecg-interval"));
        Assert.Single(svg.Texts(), text => text == "truth, hidden from the method");
        // The third gap begins a second row.
        var headings = svg.Elements("text", null).Where(text => gaps.Any(gap => gap.Heading == text.Value)).ToArray();
        Assert.Equal(headings[0].Number("y"), headings[1].Number("y"));
        Assert.True(headings[2].Number("y") > headings[0].Number("y") + 100);
        Assert.Equal(headings[0].Number("x"), headings[2].Number("x"));
    }
}
