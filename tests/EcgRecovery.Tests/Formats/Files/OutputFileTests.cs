using EcgRecovery.Formats.Files;

namespace EcgRecovery.Tests.Formats.Files;

public sealed class OutputFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecg-recovery-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Writes_the_file_and_the_folder_for_it()
    {
        var path = Path.Combine(_folder, "new", "deeper", "a.txt");
        OutputFile.WriteText(path, overwrite: false, "µV\n");
        Assert.Equal("µV\n"u8, File.ReadAllBytes(path));
        Assert.Equal(["a.txt"], Names(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void Replaces_only_when_told_to()
    {
        var path = Path.Combine(_folder, "a.txt");
        File.WriteAllText(path, "old");
        var refused = Assert.Throws<OutputExistsException>(() => OutputFile.WriteText(path, overwrite: false, "new"));
        Assert.Equal(($"Output {path} exists.", true), (refused.Message, refused.CanBeReplaced));
        Assert.Equal("old", File.ReadAllText(path));
        OutputFile.WriteText(path, overwrite: true, "new");
        Assert.Equal("new", File.ReadAllText(path));
    }

    [Fact]
    public void Content_that_fails_half_way_leaves_the_old_file_and_nothing_else()
    {
        var path = Path.Combine(_folder, "a.txt");
        File.WriteAllText(path, "old");
        Assert.Throws<OperationCanceledException>(() => OutputFile.Write(path, overwrite: true, stream =>
        {
            stream.Write(new byte[1 << 20]);
            throw new OperationCanceledException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["a.txt"], Names(_folder));
    }

    [Fact]
    public void An_error_of_the_content_is_not_taken_for_a_failed_output()
    {
        var path = Path.Combine(_folder, "a.txt");
        Exception[] errors =
        [
            new FileNotFoundException("Input b does not exist."),
            new IOException("Input b: bad sector"),
            new ArgumentOutOfRangeException("b"),
        ];
        foreach (var error in errors)
            Assert.Same(error, Assert.Throws(error.GetType(), () => OutputFile.Write(path, overwrite: false, _ => throw error)));
    }

    [Fact]
    public void Directories_and_devices_are_no_files()
    {
        Assert.Contains(
            "is a directory", Assert.Throws<OutputExistsException>(() => OutputFile.WriteText(_folder, overwrite: true, "")).Message);
        Assert.SkipUnless(File.Exists("/dev/null"), "needs /dev/null");
        Assert.Contains(
            "is a device", Assert.Throws<OutputExistsException>(() => OutputFile.WriteText("/dev/null", overwrite: true, "")).Message);
    }

    [Fact]
    public void A_folder_that_is_a_file_is_told_with_the_targets_name()
    {
        File.WriteAllText(Path.Combine(_folder, "file"), "");
        var path = Path.Combine(_folder, "file", "a.txt");
        Assert.StartsWith(
            $"Cannot write {path}: ", Assert.Throws<IOException>(() => OutputFile.WriteText(path, overwrite: false, "")).Message);
    }

    [Fact]
    public void What_cannot_be_written_is_told_early_and_nothing_is_made()
    {
        OutputFile.RefuseUnwritable(Path.Combine(_folder, "new", "deeper", "a.txt"));
        Assert.Empty(Names(_folder));
        File.WriteAllText(Path.Combine(_folder, "file"), "");
        var path = Path.Combine(_folder, "file", "deeper", "a.txt");
        Assert.StartsWith($"Cannot write {path}: ", Assert.Throws<IOException>(() => OutputFile.RefuseUnwritable(path)).Message);
        Assert.Equal(["file"], Names(_folder));
    }

    private static string[] Names(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path))];
}
