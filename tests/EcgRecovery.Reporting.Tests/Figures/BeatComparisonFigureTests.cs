using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Formats.Files;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Tests.Figures;

public sealed class BeatComparisonFigureTests : IDisposable
{
    private const string Headline = "The original copies its input. Trained on gaps, the same network fills them.";
    private static readonly BeatTrace Beat = SyntheticResults.Beat(13359, 132);
    private readonly string _directory = Directory.CreateTempSubdirectory("ecg-recovery-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Both_panels_show_the_beat_on_one_scale_with_their_own_recovery()
    {
        var document = Draw("autoencoder", "autoencoder-masked");
        Markup.AssertLoadsNothing(document);
        var svg = Markup.Parse(document);
        Assert.Equal(Headline, svg.Texts().First());
        Assert.Contains($"RMSE in the gap {Beat.Methods[0].GapRmse:0.0000}", svg.Texts());
        Assert.Contains($"RMSE in the gap {Beat.Methods[1].GapRmse:0.0000}", svg.Texts());
        var originals = svg.Elements("path", "original").Select(path => path.Points()).ToList();
        var recovered = svg.Elements("path", "recovered").Select(path => path.Points()).ToList();
        Assert.Equal(originals[0][132].Y, originals[1][132].Y);

        // The peak in the gap, sample 132: the original's autoencoder lies at the bottom, the other on its way up to the original.
        Assert.True(recovered[0][132].Y > recovered[1][132].Y + 100);
        Assert.True(recovered[1][132].Y > originals[1][132].Y);
    }

    [Fact]
    public void Headings_are_alike_and_as_small_as_the_longer_one_needs()
    {
        const string longer = "A heading of fifty-six letters, too wide for its panel's";
        var svg = Markup.Parse(BeatComparisonFigure.Draw(Beat, new("zeros", "Left"), new("knn", longer), Headline));
        var headings = svg.Elements("text", null).Where(text => text.Value is "Left" or longer);
        var sizes = headings.Select(text => text.Number("font-size")).ToList();
        Assert.Equal([14.6, 14.6], sizes); // 522 pixels for 56 letters of 0.64 each
        Assert.Equal(22, Markup.Parse(Draw("zeros", "knn")).Elements("text", null).First(text => text.Value == "Left").Number("font-size"));
    }

    [Fact]
    public void A_method_without_a_recovery_is_refused_by_name()
    {
        var error = Assert.Throws<ArgumentException>(() => Draw("autoencoder", "spline"));
        Assert.StartsWith(
            "Row 13359 holds no recovery by 'spline'; expected one of autoencoder, autoencoder-masked,",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_written_whole_and_replaced_only_on_request()
    {
        var path = Path.Combine(_directory, "face.svg");
        Write(overwrite: false);
        Assert.Equal(Draw("zeros", "knn"), File.ReadAllText(path));
        Assert.Throws<OutputExistsException>(() => Write(overwrite: false));
        Write(overwrite: true);

        void Write(bool overwrite) =>
            BeatComparisonFigure.Write(path, Beat, new("zeros", "Left"), new("knn", "Right"), Headline, overwrite);
    }

    private static string Draw(string left, string right) =>
        BeatComparisonFigure.Draw(Beat, new(left, "Left"), new(right, "Right"), Headline);
}
