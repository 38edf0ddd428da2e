using EcgRecovery.Recovery.Records.Training;

namespace EcgRecovery.Tests.Recovery.Records.Training;

public sealed class GapFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reads_what_it_writes()
    {
        var files = new GapFiles(_folder.File("run"), resume: true);
        TrainingGap[] gaps = [SyntheticGap.Make(inside: 12, seed: 1), SyntheticGap.Make(inside: 100, seed: 2)];
        Assert.Null(files.Read("a", 3, "seed=1", 5));
        files.Write("a", 3, "seed=1", gaps);
        files.Write("a", 4, "seed=1", []);
        var read = files.Read("a", 3, "seed=1", 5)!;
        Assert.Equal(2, read.Count);
        foreach (var (expected, actual) in gaps.Zip(read))
        {
            Assert.Equal(5, actual.Patient);
            Assert.Equal(expected.Cells.Channels, actual.Cells.Channels);
            Assert.Equal(expected.Cells.Features, actual.Cells.Features);
            Assert.Equal(
                (expected.Cells.Before, expected.Cells.Inside, expected.Cells.Scale),
                (actual.Cells.Before, actual.Cells.Inside, actual.Cells.Scale));
            Assert.Equal(expected.Residual, actual.Residual);
        }

        Assert.Empty(files.Read("a", 4, "seed=1", 5)!);
        string[] names = [.. Directory.GetFiles(_folder.File("run/gaps")).Select(path => Path.GetFileName(path)).Order()];
        Assert.Equal(["a-3.gaps", "a-4.gaps"], names);
    }

    [Fact]
    public void Files_of_another_run_and_damaged_ones_are_refused()
    {
        var files = new GapFiles(_folder.File("run"), resume: true);
        files.Write("a", 0, "seed=1;data=x", [SyntheticGap.Make()]);
        var path = _folder.File("run/gaps/a-0.gaps");
        AssertRefused($"{path} belongs to another run; it has seed=1; expected seed=2.", "seed=2;data=x");
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..^5]);
        AssertRefused($"{path}", "seed=1;data=x");
        bytes[^5] ^= 1;
        File.WriteAllBytes(path, bytes);
        AssertRefused($"{path}", "seed=1;data=x");
        File.WriteAllText(path, "precious");
        AssertRefused($"{path}", "seed=1;data=x");

        void AssertRefused(string message, string fingerprint)
        {
            var error = Assert.Throws<InvalidDataException>(() => files.Read("a", 0, fingerprint, 0));
            Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
    }
}
