using EcgRecovery.Formats;

namespace EcgRecovery.Tests.Formats;

public sealed class OutputGroupTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Files_appear_together_and_what_is_stale_goes()
    {
        var stale = folder.Write("x.atr", "old");
        using (var group = new OutputGroup(overwrite: true))
        {
            group.Create(folder.File("x.dat")).Write("samples"u8);
            group.WriteText(folder.File("x.hea"), "header");
            group.Remove(stale);
            Assert.Equal(["x.dat", "x.hea"], group.Targets.Select(path => Path.GetFileName(path)));
            Assert.False(File.Exists(folder.File("x.hea")));
            group.Commit();
        }

        Assert.Equal("samples", File.ReadAllText(folder.File("x.dat")));
        Assert.Equal("header", File.ReadAllText(folder.File("x.hea")));
        Assert.Equal(["x.dat", "x.hea"], Names());
    }

    [Fact]
    public void Without_a_commit_nothing_is_left_and_nothing_lost()
    {
        folder.Write("x.dat", "old");
        using (var group = new OutputGroup(overwrite: true))
        {
            group.Create(folder.File("x.dat")).Write("new"u8);
            group.Remove(folder.Write("x.atr", "old"));
        }

        Assert.Equal("old", File.ReadAllText(folder.File("x.dat")));
        Assert.Equal(["x.atr", "x.dat"], Names());
    }

    [Fact]
    public void An_existing_file_is_neither_replaced_nor_removed_unasked()
    {
        var path = folder.Write("x.dat", "old");
        using var group = new OutputGroup(overwrite: false);
        Assert.Throws<OutputExistsException>(() => group.Create(path));
        Assert.Throws<OutputExistsException>(() => group.Remove(path));
        group.Commit();
        Assert.Equal("old", File.ReadAllText(path));
    }

    private IEnumerable<string> Names() => Directory.GetFiles(Path.GetDirectoryName(folder.File("x"))!).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
}
