using System.Xml.Linq;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Tests.Figures;

public class BenchmarkExampleFigureTests
{
    [Fact]
    public void The_truth_lies_under_the_recovered_samples_of_the_gap()
    {
        var svg = Draw(SyntheticBenchmark.Example("Median of similar: 0.081 mV"));
        string[] texts = [.. svg.Texts()];
        Assert.Equal("Median of similar: 0.081 mV", texts[0]);
        Assert.StartsWith("record made-up · 1 s lost · 25 mm/s · 10 mm/mV", texts[1], StringComparison.Ordinal);
        string[] legend = ["measured", "recovered: an estimate", "95 % interval", "truth, hidden from the method"];
        Assert.All(legend, entry => Assert.Contains(entry, texts));
        string[] classes = [.. svg.Elements("path", null).Select(path => (string)path.Attribute("class")!)];
        Assert.True(Array.IndexOf(classes, "ecg-interval") < Array.IndexOf(classes, "ecg-truth"));
        Assert.True(Array.IndexOf(classes, "ecg-truth") < Array.IndexOf(classes, "ecg-recovered"));
        // A peak whose highest sample is 1.12 mV, recovered at half its height: 5.6 mm lower on paper, at the same place.
        var (truth, recovered) = (Peak("ecg-truth"), Peak("ecg-recovered"));
        Assert.Equal(56, recovered.Y - truth.Y, 0.1);
        Assert.Equal(truth.X, recovered.X, 0.1);

        (double X, double Y) Peak(string pen)
        {
            var gap = svg.Elements("rect", "ecg-recovered-ground").Single();
            return svg.Elements("path", pen).SelectMany(path => path.Points())
                .Where(point => point.X > gap.Number("x") && point.X < gap.Number("x") + (gap.Number("width") / 2))
                .MinBy(point => point.Y);
        }
    }

    [Fact]
    public void Without_an_interval_none_is_drawn_and_what_is_left_missing_is_marked()
    {
        var example = SyntheticBenchmark.Example("x") with { Lower = null, Upper = null };
        Assert.DoesNotContain("95 % interval", Draw(example).Texts());
        var left = example with { Recovered = [.. example.Recovered.Select(_ => float.NaN)] };
        Assert.Empty(Draw(left).Elements("path", "ecg-recovered"));
        Assert.Equal(1 + Draw(example).Elements("rect", "ecg-missing").Count(), Draw(left).Elements("rect", "ecg-missing").Count());
    }

    [Fact]
    public void Times_are_those_of_the_record()
    {
        var example = SyntheticBenchmark.Example("x") with { FirstSample = 600 * (long)SyntheticRecord.FrequencyHz, Lead = "MLII" };
        Assert.Contains("0:10:00 to 0:10:06", Draw(example).Texts());
        Assert.Contains("MLII", Draw(example).Texts());
        Assert.Contains("0:00:00 to 0:00:06", Draw(example with { FirstSample = 0 }).Texts());
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(10, 2)]
    [InlineData(60, 5)]
    public void A_long_gap_takes_more_rows_up_to_half_a_minute(int seconds, int rows)
    {
        const int hz = 128;
        var truth = new float[100 * hz];
        var example = new BenchmarkExample("x", "100", hz, truth, 20 * hz, (20 + seconds) * hz, new float[seconds * hz], null, null);
        Assert.Equal(rows, Draw(example).Texts().Count(text => text.Contains(" to ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        var example = SyntheticBenchmark.Example("x");
        Refuses(example with { GapEnd = 5000 }, "The gap is 320..5000; expected one within the 1024 samples of the truth");
        Refuses(example with { GapEnd = 320 }, "The gap is 320..320");
        Refuses(example with { Recovered = [1] }, "There are 1 recovered samples; expected 128");
        Refuses(example with { Upper = [1, 2] }, "There are 2 upper samples; expected 128");

        static void Refuses(BenchmarkExample example, string words) => Assert.Contains(
            words, Assert.Throws<ArgumentException>(() => Draw(example)).Message, StringComparison.Ordinal);
    }

    private static XElement Draw(BenchmarkExample example) => Markup.Parse(BenchmarkExampleFigure.Draw("example", example));
}
