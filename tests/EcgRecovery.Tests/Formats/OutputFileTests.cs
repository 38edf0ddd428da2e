using EcgRecovery.Formats;

namespace EcgRecovery.Tests.Formats;

public class OutputFileTests
{
    [Fact]
    public void Writes_a_file_and_replaces_it_only_when_told()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("x.txt");
        OutputFile.WriteText(path, overwrite: false, "σ");
        Assert.Equal([0xCF, 0x83], File.ReadAllBytes(path));
        var error = Assert.Throws<OutputExistsException>(() => OutputFile.WriteText(path, overwrite: false, "other"));
        Assert.Equal($"Output {path} exists; give --overwrite to replace it.", error.Message);
        OutputFile.WriteText(path, overwrite: true, "other");
        Assert.Equal("other", File.ReadAllText(path));
    }

    [Fact]
    public void Leaves_the_target_as_it_was_when_writing_fails()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("x.txt", "precious");
        Assert.Throws<IOException>(() => OutputFile.Write(path, overwrite: true, stream =>
        {
            stream.WriteByte(1);
            throw new IOException("disk full");
        }));
        Assert.Equal("precious", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void Names_a_directory_and_a_missing_folder()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("new");
        Assert.Equal(
            $"Output folder {path} does not exist.",
            Assert.Throws<DirectoryNotFoundException>(() => OutputFile.WriteText(Path.Combine(path, "x.txt"), overwrite: false, "")).Message);
        Directory.CreateDirectory(path);
        Assert.Equal(
            $"Output {path} is a directory; expected a file name.",
            Assert.Throws<OutputExistsException>(() => OutputFile.WriteText(path, overwrite: true, "")).Message);
    }
}
