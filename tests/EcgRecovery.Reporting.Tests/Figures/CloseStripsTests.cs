using EcgRecovery.Records;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Tests.Figures;

public class CloseStripsTests
{
    private const double A4LandscapeMillimetres = 210 - 16;

    [Fact]
    public void Twelve_leads_of_ten_seconds_fit_a_sheet_of_A4_landscape()
    {
        var sheet = Sheet(Twelve(0.6));
        var row = Assert.Single(sheet.Rows);
        Assert.InRange(row.Height, 0, (A4LandscapeMillimetres - 25) * 10); // with the heading of a page
        Assert.InRange(row.Width, 0, 2810);
        Assert.Equal(1, sheet.Roominess);
        Assert.Equal(12, Markup.Parse(sheet.DrawRow(0)).Elements("path", "ecg-measured").Count() / 2); // traces and pulses
    }

    [Fact]
    public void Traces_stay_apart_where_there_is_room_and_strips_touch()
    {
        var strips = Sheet(Twelve(0.6)).Rows[0].Strips;
        var bottom = 0.0;
        for (var i = 0; i < strips.Count; i++)
        {
            Assert.Equal(bottom, strips[i].Layout.BoxesAbove, 1e-9);
            bottom += strips[i].Layout.Boxes;
            // The level lies on a line of the paper.
            var level = 5 * (strips[i].Layout.BoxesAbove + strips[i].Layout.Boxes - (strips[i].Layout.LevelBox - strips[i].Layout.LowBox));
            Assert.Equal(Math.Round(level), level, 1e-6);
        }

        Assert.All(strips, strip => Assert.Equal(bottom, strip.Layout.BoxesAbove + strip.Layout.Boxes + strip.Layout.BoxesBelow, 1e-9));
    }

    [Fact]
    public void Tall_traces_reach_into_their_neighbours_rows_without_a_taller_sheet()
    {
        var sheet = Sheet(Twelve(1.6));
        Assert.InRange(sheet.Roominess, 0.3, 0.99);
        Assert.InRange(sheet.Rows[0].Height, 0, (A4LandscapeMillimetres - 25) * 10);
        Assert.Contains("reach into", sheet.ScaleWords, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sheet_of_two_leads_stays_as_it_is()
    {
        var sheet = Sheet(Twelve(1), [0, 1]);
        Assert.All(sheet.Rows[0].Strips, strip => Assert.False(strip.Layout.IsClose));
        Assert.DoesNotContain("reach into", sheet.ScaleWords, StringComparison.Ordinal);
    }

    [Fact]
    public void More_leads_than_a_sheet_has_room_for_make_it_taller()
    {
        var lead = Twelve(1).Leads[0];
        var record = new EcgRecord { Name = "64", SamplingFrequencyHz = 250, Leads = [.. Enumerable.Repeat(lead, 64)] };
        var sheet = Sheet(record, [.. Enumerable.Range(0, 64)]);
        Assert.InRange(sheet.Rows[0].Height, 64 * 80, 64 * 130);
        Markup.AssertLoadsNothing(sheet.Draw("0.0.0").Svg);
    }

    private static EcgPaperSheet Sheet(EcgRecord record, int[]? leads = null) =>
        EcgPaperSheet.Read(record, leads ?? [.. Enumerable.Range(0, 12)], 0, 10, 10, new EcgPaperScale(25, 10));

    /// <summary>Twelve leads with an R and an S wave of some millivolts each second.</summary>
    private static EcgRecord Twelve(double milliVolts) => new()
    {
        Name = "twelve",
        SamplingFrequencyHz = 250,
        Leads =
        [
            .. Enumerable.Range(0, 12).Select(lead => new EcgLead
            {
                Name = $"lead {lead}",
                SamplingFrequencyHz = 250,
                PhysicalValues = new MemorySamples<double>(
                    [.. Enumerable.Range(0, 2500).Select(t => t % 250 is 100 ? milliVolts : t % 250 is 104 ? -milliVolts / 2 : 0)]),
            }),
        ],
    };
}
