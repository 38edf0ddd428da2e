using EcgRecovery.Formats.Files;

namespace EcgRecovery.Tests.Formats.Files;

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
    public void Where_one_cannot_get_its_name_all_stay_as_they_were()
    {
        folder.Write("x.dat", "old samples");
        folder.Write("x.atr", "old notes");
        using (var group = new OutputGroup(overwrite: true))
        {
            group.Create(folder.File("x.dat")).Write("new"u8);
            group.Remove(folder.File("x.atr"));
            group.Create(folder.File("x.hea")).Write("new"u8);
            Directory.CreateDirectory(folder.File("x.hea")); // came between, and no file can take its name
            Assert.Throws<IOException>(group.Commit);
            Directory.Delete(folder.File("x.hea"));
        }

        Assert.Equal("old samples", File.ReadAllText(folder.File("x.dat")));
        Assert.Equal("old notes", File.ReadAllText(folder.File("x.atr")));
        Assert.Equal(["x.atr", "x.dat"], Names());
    }

    [Fact]
    public void Two_paths_to_one_file_are_known_for_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        Directory.CreateDirectory(folder.File("real"));
        Directory.CreateSymbolicLink(folder.File("link"), folder.File("real"));
        File.WriteAllText(folder.File("real/a"), "");
        File.CreateSymbolicLink(folder.File("b"), folder.File("real/a"));
        Assert.True(OutputFile.AreSame(folder.File("link/a"), folder.File("real/a")));
        Assert.True(OutputFile.AreSame(folder.File("b"), folder.File("real/../link/a")));
        Assert.False(OutputFile.AreSame(folder.File("real/a"), folder.File("real/c")));
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

    private IEnumerable<string> Names() =>
        Directory.GetFiles(Path.GetDirectoryName(folder.File("x"))!).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
}
