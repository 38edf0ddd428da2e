using System.Xml.Linq;

namespace EcgRecovery.Cli.Tests.Commands;

public sealed class PlotCommandTests : IDisposable
{
    private static readonly string Demo = Checkout.PathOf("src", "EcgRecovery.Cli", "DemoData", "208-1935");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_times_the_first_ten_seconds_are_drawn_and_that_is_said()
    {
        var path = _folder.PathOf("demo.svg");
        var result = InProcess.Run("plot", Demo, "--output", path);
        Assert.Equal(
            (0, "", "drawing 10 s from 0 s on; --from and --to choose another window\n"), (result.ExitCode, result.Output, result.Error));
        var svg = XDocument.Load(path).Root!;
        // Labels 18 mm, pulse 10 mm, 10 s of 25 mm, margins 1 + 10 mm.
        Assert.Equal("289mm", (string?)svg.Attribute("width"));
        var texts = svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value).ToArray();
        Assert.Contains("208-1935 · 0:00:00 to 0:00:10 of 0:05:00", texts);
        Assert.Contains("25 mm/s · 10 mm/mV · small box 0.04 s × 0.1 mV, large box 0.2 s × 0.5 mV · pulse 1 mV × 0.2 s", texts);
        Assert.Contains("MLII", texts);
        Assert.Contains("Not for diagnosis", texts);
    }

    [Fact]
    public void The_picture_of_the_documents_is_what_the_command_draws()
    {
        var path = _folder.PathOf("demo.svg");
        Assert.Equal(0, InProcess.Run("plot", Demo, "--to", "10", "--output", path).ExitCode);
        Assert.Equal(File.ReadAllText(Checkout.PathOf("docs", "images", "ecg-paper.svg")), File.ReadAllText(path));
    }

    [Fact]
    public void Times_leads_and_scale_are_chosen()
    {
        var path = _folder.PathOf("demo.svg");
        string[] options = ["-f", "1:00", "-t", "1:25", "--lead", "0", "--speed", "50", "--gain", "20", "--row-seconds", "5"];
        var result = InProcess.Run(["plot", Demo, .. options, "--output", path]);
        Assert.Equal((0, "", ""), (result.ExitCode, result.Output, result.Error));
        var svg = XDocument.Load(path).Root!;
        Assert.Equal("294mm", (string?)svg.Attribute("width"));
        var texts = svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value).ToArray();
        Assert.Contains("0:01:20 to 0:01:25", texts);
        Assert.Contains(texts, text => text.StartsWith("50 mm/s · 20 mm/mV", StringComparison.Ordinal));
    }

    [Fact]
    public void A_page_has_the_whole_recording_and_its_first_minute()
    {
        var path = _folder.PathOf("demo.html");
        var result = InProcess.Run("plot", Demo, "--output", path);
        Assert.Equal(
            (0, "", "drawing 60 s from 0 s on; --from and --to choose another window\n"), (result.ExitCode, result.Output, result.Error));
        var page = File.ReadAllText(path);
        Assert.StartsWith("<!DOCTYPE html>\n", page, StringComparison.Ordinal);
        Assert.Equal(1 + 1 + 6, page.Split("<svg ").Length - 1);
        Assert.Contains("5 min (0:05:00)", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Clipped_samples_and_the_R_peaks_of_recovered_ones_are_marked()
    {
        // 12 bits: 2047 is the converter's largest value, and so is what is recovered there.
        var recovered = _folder.PathOf("recovered");
        Assert.Equal(0, InProcess.Run("recover", Demo, "--gaps", "7200..7560", "--output", recovered).ExitCode);
        var svg = _folder.PathOf("recovered.svg");
        Assert.Equal(0, InProcess.Run("plot", recovered, "-f", "15", "-t", "25", "--output", svg).ExitCode);
        var drawing = File.ReadAllText(svg);
        Assert.Contains("▼ R peak, recovered", drawing, StringComparison.Ordinal);
        Assert.DoesNotContain("ecg-clipped", drawing, StringComparison.Ordinal);

        var clipped = _folder.PathOf("clipped");
        _folder.Write("clipped.hea", "clipped 1 250 2500\nclipped.dat 16 200/mV 12 0 0 0 0 I\n");
        var samples = Enumerable.Range(0, 2500).Select(t => (short)(t % 500 is >= 100 and < 150 ? 2047 : (t * 37 % 101) - 50));
        File.WriteAllBytes(_folder.PathOf("clipped.dat"), [.. samples.SelectMany(BitConverter.GetBytes)]);
        Assert.Equal(0, InProcess.Run("plot", clipped, "--skip-checksums", "--output", svg, "--overwrite").ExitCode);
        Assert.Equal(5, File.ReadAllText(svg).Split("class=\"ecg-clipped\"").Length - 1);
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused_with_a_hint()
    {
        var svg = _folder.PathOf("out.svg");
        InProcess.Run("plot", Demo, "--output", _folder.PathOf("out.png")).AssertOneErrorLine(2, "'.png'", "expected .svg or .html");
        InProcess.Run("plot", Demo, "--speed", "30", "--output", svg).AssertOneErrorLine(2, "--speed is 30; expected 12.5, 25, 50");
        InProcess.Run("plot", Demo, "--row-seconds", "0", "--output", svg).AssertOneErrorLine(2, "--row-seconds is 0");
        InProcess.Run("plot", Demo, "--lead", "V9", "--output", svg).AssertOneErrorLine(2, "no lead 'V9'");
        InProcess.Run("plot", _folder.PathOf("none"), "--output", svg).AssertOneErrorLine(3, "none");
        InProcess.Run("plot", Demo).AssertOneErrorLine(2, "--output");
        File.WriteAllText(svg, "mine");
        InProcess.Run("plot", Demo, "--output", svg).AssertOneErrorLine(2, "--overwrite");
        Assert.Equal("mine", File.ReadAllText(svg));
    }

    [Fact]
    public void A_window_too_long_for_a_sheet_is_refused()
    {
        // 700 s of one lead.
        var path = _folder.PathOf("long");
        _folder.Write("long.hea", "long 1 10 7000\nlong.dat 16 200 16 0 0 0 0 I\n");
        File.WriteAllBytes(_folder.PathOf("long.dat"), new byte[2 * 7000]);
        InProcess.Run("plot", path, "-t", "600", "--output", _folder.PathOf("x.svg"))
            .AssertOneErrorLine(2, "lasts 600 s; expected at most 300 s in an SVG");
        Assert.Equal(0, InProcess.Run("plot", path, "-t", "600", "--output", _folder.PathOf("x.html")).ExitCode);
        InProcess.Run("plot", path, "-t", "e", "--output", _folder.PathOf("y.html"))
            .AssertOneErrorLine(2, "lasts 700 s; expected at most 600 s in a page");
        Assert.False(File.Exists(_folder.PathOf("y.html")));
    }
}
