using EcgRecovery.Cli.Demo;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Cli.Tests.Demo;

public class DemoFolderTests
{
    [Fact]
    public void A_new_or_empty_folder_is_marked()
    {
        using var folder = new TemporaryFolder();
        DemoFolder.Prepare(folder.Root);
        Assert.Equal([DemoFolder.MarkerName], folder.Names());
        DemoFolder.Prepare(folder.PathOf("deeper/new"));
        Assert.True(File.Exists(folder.PathOf($"deeper/new/{DemoFolder.MarkerName}")));
    }

    [Fact]
    public void A_folder_that_the_demo_did_not_make_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        folder.Write("train.csv", "mine");
        var exception = Assert.Throws<OutputExistsException>(() => DemoFolder.Prepare(folder.Root));
        Assert.Contains("--output", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["train.csv"], folder.Names());
        Assert.Throws<OutputExistsException>(() => DemoFolder.Prepare(folder.PathOf("train.csv")));
    }

    [Fact]
    public void Its_own_folder_is_cleared_of_what_it_wrote_and_of_nothing_else()
    {
        using var folder = new TemporaryFolder();
        DemoFolder.Prepare(folder.Root);
        Directory.CreateDirectory(folder.PathOf("gap-20-57/figures"));
        Directory.CreateDirectory(folder.PathOf("recording"));
        string[] written =
        [
            "train.csv", "test.rows.csv", "autoencoder.safetensors", "gap-20-57/report.html", "gap-20-57/figures/beat-7.svg",
            "recording/208-1935-broken.dat", "recording/208-1935-recovered.provenance", "recording/report.html",
        ];
        string[] others = ["notes.txt", "recording/mine.dat", "gap-20-57/notes.txt", "gap-20-57/figures/photo.png"];
        foreach (var name in written.Concat(others))
            folder.Write(name, "");
        DemoFolder.Prepare(folder.Root);
        Assert.DoesNotContain(written, name => File.Exists(folder.PathOf(name)));
        Assert.All(others, name => Assert.True(File.Exists(folder.PathOf(name))));
    }
}
