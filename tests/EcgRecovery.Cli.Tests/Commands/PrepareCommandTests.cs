using System.CommandLine;
using System.Security.Cryptography;
using EcgRecovery.Beats;
using EcgRecovery.Cli.Commands;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Outputs;
using EcgRecovery.Formats.Files;
using EcgRecovery.Formats.Heartbeats;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Tests.Commands;

public sealed class PrepareCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecg-recovery-test-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _log = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Says_what_a_file_holds_and_writes_its_companion()
    {
        var path = Path.Combine(_folder, "new", "x.csv");
        var hash = Files(overwrite: false).Write("x.csv", TwoBeats(), TestContext.Current.CancellationToken);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), hash);
        Assert.Equal(
            [path, "  (2, 187) → (2, 187, 1)", "  labels: 0 (N) 1, 1 (S) 0, 2 (V) 1, 3 (F) 0, 4 (Q) 0", $"  SHA-256 {hash}"],
            _output.ToString().TrimEnd().Split(Environment.NewLine));
        Assert.Equal($"writing {path}", _log.ToString().TrimEnd());
        Assert.Equal("record,sample,symbol\n101,83,N\n105,396,V\n", File.ReadAllText(Path.Combine(_folder, "new", "x.rows.csv")));
        Assert.Equal(TwoBeats().Samples, HeartbeatCsv.Read(path).Set.Samples);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(_folder, "new")).Length);
    }

    [Fact]
    public void Leaves_nothing_half_written_when_cancelled()
    {
        Assert.Throws<OperationCanceledException>(
            () => Files(overwrite: false).Write("x.csv", TwoBeats(), new CancellationToken(canceled: true)));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder, "new")));
    }

    [Theory]
    [InlineData("official", "mitbih_test.csv")]
    [InlineData("official", "mitbih_train.rows.csv")]
    [InlineData("inter-patient", "ds2.csv")]
    public void Refuses_existing_output_before_it_reads_anything(string split, string name)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, "precious");
        var error = Assert.Throws<OutputExistsException>(
            () => Run("--records", Path.Combine(_folder, "absent"), "--output", _folder, "--split", split));
        Assert.Equal($"Output {path} exists.", error.Message);
        Assert.Equal("precious", File.ReadAllText(path));
    }

    [Fact]
    public void Names_the_folder_or_file_that_is_missing()
    {
        var absent = Path.Combine(_folder, "absent");
        Assert.StartsWith(
            $"Folder {absent} does not exist",
            Assert.Throws<DirectoryNotFoundException>(() => Run("--records", absent, "--output", _folder)).Message,
            StringComparison.Ordinal);
        Assert.Equal(
            $"Input {_folder}/100.atr does not exist.",
            Assert.Throws<FileNotFoundException>(() => Run("--records", _folder, "--output", _folder)).Message);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Both_leads_go_with_the_split_by_patient()
    {
        var error = Assert.Throws<UsageException>(() => Run("--records", _folder, "--output", _folder, "--both-leads"));
        Assert.Equal("--both-leads goes with --split inter-patient", error.Message);
        var path = Path.Combine(_folder, "ds1-both-leads.csv");
        File.WriteAllText(path, "precious");
        Assert.Throws<OutputExistsException>(
            () => Run("--records", _folder, "--output", _folder, "--split", "inter-patient", "--both-leads"));
        Assert.Equal("precious", File.ReadAllText(path));
    }

    [Fact]
    public void Refuses_another_split() =>
        Assert.NotEmpty(
            PrepareCommand.Create().Parse(["heartbeats", "--records", _folder, "--output", _folder, "--split", "random"]).Errors);

    private int Run(params string[] args) => PrepareCommand.Create().Parse(["heartbeats", .. args]).Invoke(
        new InvocationConfiguration { Output = _output, Error = _log, EnableDefaultExceptionHandler = false });

    private PreparedFiles Files(bool overwrite) => new(Path.Combine(_folder, "new"), overwrite, _output, _log);

    private static HeartbeatSet TwoBeats() => new(
        [.. Enumerable.Range(0, 2 * HeartbeatSet.BeatLength).Select(i => i / 512f)],
        [AamiClass.N, AamiClass.V],
        [new HeartbeatSource("101", 83, "N"), new HeartbeatSource("105", 396, "V")]);
}
