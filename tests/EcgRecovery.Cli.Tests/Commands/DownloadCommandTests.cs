using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EcgRecovery.Cli.Tests.Downloads;

namespace EcgRecovery.Cli.Tests.Commands;

public sealed class DownloadCommandTests : IDisposable
{
    private static readonly byte[] s_data = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 7))];

    private readonly MisbehavingServer _server = new();
    private readonly TemporaryFolder _folder = new();

    public DownloadCommandTests()
    {
        _server.On(
            "SHA256SUMS.txt",
            Replies.File(Encoding.ASCII.GetBytes($"{Hash("bw\n"u8)} RECORDS\n{Hash(s_data)} bw.dat\n{Hash([])} old/bw.dat\n")));
        _server.On("RECORDS", Replies.File("bw\n"u8.ToArray()));
        _server.On("bw.dat", Replies.File(s_data));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public void The_summary_tells_what_came_and_whom_to_cite(string slash)
    {
        var mirror = _server.Address.AbsoluteUri.TrimEnd('/') + slash;
        var result = InProcess.Run("download", "nstdb", "--output", _folder.PathOf("db"), "--mirror", mirror);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            $"""
            MIT-BIH Noise Stress Test Database 1.0.0, from {_server.Address}
            2 of 2 files are in {_folder.PathOf("db")}, 200,003 bytes, each as listed in SHA256SUMS.txt; 0 were there already
            left out: 1 files that are listed in sub-folders
            Open Data Commons Attribution License 1.0 (ODC-BY 1.0), https://opendatacommons.org/licenses/by/1-0/; please cite:
            - Moody GB, Muldrow WE, Mark RG. A noise stress test for arrhythmia detectors. Computers in Cardiology 11:381–384, 1984.
            - Goldberger AL, Amaral LAN, Glass L, et al. PhysioBank, PhysioToolkit, and PhysioNet: components of a new research resource for complex physiologic signals. Circulation 101(23):e215–e220, 2000. doi:10.1161/01.CIR.101.23.e215

            """,
            result.Output);
        Assert.Contains(
            "; 2 were there already\n", InProcess.Run("download", "nstdb", "--output", _folder.PathOf("db"), "--mirror", mirror).Output);
    }

    [Fact]
    public void A_file_that_the_mirror_lacks_is_a_failure_that_leaves_the_rest()
    {
        _server.On("RECORDS", Replies.Status(404));
        var result = Download("mitdb");
        (result with { Output = "" })
            .AssertOneErrorLine(1, $"{_server.Address}RECORDS: the answer is HTTP status 404; expected 200; 1 of 2 are whole");
        Assert.StartsWith("MIT-BIH Arrhythmia Database 1.0.0, from ", result.Output);
        Assert.Contains($"\n1 of 2 files are in {_folder.PathOf("db")}, 200,000 bytes", result.Output);
        Assert.Contains($"\nnot here: {_server.Address}RECORDS: the answer is HTTP status 404; expected 200\n", result.Output);
        Assert.Contains("Moody GB, Mark RG.", result.Output);
        Assert.Equal(s_data, File.ReadAllBytes(_folder.PathOf("db/bw.dat")));
    }

    [Fact]
    public void What_came_and_is_not_what_was_expected_is_invalid_input()
    {
        _server.On("bw.dat", Replies.File([1, 2, 3]));
        var result = Download("nstdb");
        (result with { Output = "" })
            .AssertOneErrorLine(3, $"{_server.Address}bw.dat has SHA-256 {Hash([1, 2, 3])}; expected {Hash(s_data)}, from SHA256SUMS.txt");
        _server.On("SHA256SUMS.txt", Replies.File("<html>"u8.ToArray()));
        Download("nstdb").AssertOneErrorLine(3, $"line 1 of {_server.Address}SHA256SUMS.txt is '<html>'; expected 64 hexadecimal digits");
    }

    [Fact]
    public void A_file_that_is_there_and_differs_is_a_matter_of_overwrite()
    {
        Directory.CreateDirectory(_folder.PathOf("db"));
        _folder.Write("db/bw.dat", "mine");
        Download("nstdb").AssertOneErrorLine(
            2,
            $"Output {_folder.PathOf("db/bw.dat")} exists and is not the file that SHA256SUMS.txt lists; give --overwrite to replace it.");
        Assert.Equal("mine", File.ReadAllText(_folder.PathOf("db/bw.dat")));
        string[] again = ["download", "nstdb", "--output", _folder.PathOf("db"), "--mirror", _server.Address.AbsoluteUri, "--overwrite"];
        Assert.Equal(0, InProcess.Run(again).ExitCode);
        Assert.Equal(s_data, File.ReadAllBytes(_folder.PathOf("db/bw.dat")));
    }

    [Theory]
    [InlineData("'edb' is not a database; known here: mitdb, nstdb; see 'ecg-recovery download --help'", "edb", "--output", "db")]
    [InlineData("DATABASE is missing; see 'ecg-recovery download --help'", "--output", "db")]
    [InlineData("--output is missing; see 'ecg-recovery download --help'", "mitdb")]
    [InlineData("--mirror is 'ftp://a/b'; expected an http or https address of a folder", "mitdb", "--output", "db", "--mirror", "ftp://a/b")]
    [InlineData("--mirror is '/data/mitdb'; expected", "mitdb", "--output", "db", "--mirror", "/data/mitdb")]
    [InlineData("--mirror is 'http://me:secret@a/'; expected", "mitdb", "--output", "db", "--mirror", "http://me:secret@a/")]
    [InlineData("--mirror is 'http://a/?q'; expected", "mitdb", "--output", "db", "--mirror", "http://a/?q")]
    [InlineData("--mirror is 'http:'; expected", "mitdb", "--output", "db", "--mirror", "http:")]
    public void A_wrong_command_line_is_told(string expected, params string[] args) =>
        InProcess.Run(["download", .. args]).AssertOneErrorLine(2, expected);

    [Fact]
    public void As_a_process_it_goes_on_after_an_interruption()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs signals");
        _server.On("bw.dat", Replies.Stalls(s_data, 120_000), Replies.File(s_data));
        var part = _folder.PathOf("db/bw.dat.part");
        string[] command = ["download", "nstdb", "--output", _folder.PathOf("db"), "--mirror", _server.Address.AbsoluteUri];
        using (var child = ChildProcess.StartTool(command))
        {
            Assert.True(
                SpinWait.SpinUntil(() => File.Exists(part) && new FileInfo(part).Length == 120_000, TimeSpan.FromMinutes(1)),
                "nothing came");
            using (var kill = System.Diagnostics.Process.Start("kill", ["-s", "INT", child.Id.ToString(CultureInfo.InvariantCulture)]))
                kill.WaitForExit();
            var cancelled = ChildProcess.Finish(child);
            Assert.Equal(
                (130, "", "received files are kept; the same command continues from there\nerror: cancelled\n"),
                (cancelled.ExitCode, cancelled.Output, cancelled.Error));
        }

        var result = ChildProcess.Run("download", "nstdb", "--output", _folder.PathOf("db"), "--mirror", _server.Address.AbsoluteUri);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("\n2 of 2 files are in ", result.Output);
        Assert.Equal([null, 120_000], _server.Ranges("bw.dat"));
        Assert.Equal(s_data, File.ReadAllBytes(_folder.PathOf("db/bw.dat")));
    }

    [Fact]
    public void A_full_disk_is_one_line_and_keeps_what_came()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs bash");
        // As in the tests of recover: a limit of 64 KiB a file stands for the full disk.
        var result = ChildProcess.Bash(
            "trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0; ulimit -f 64; exec \"$@\"",
            "download", "nstdb", "--output", _folder.PathOf("db"), "--mirror", _server.Address.AbsoluteUri);
        result.AssertOneErrorLine(1, $"Cannot write {_folder.PathOf("db/bw.dat.part")}: ");
        Assert.Equal(65_536, new FileInfo(_folder.PathOf("db/bw.dat.part")).Length);
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    private CommandResult Download(string database) =>
        InProcess.Run("download", database, "--output", _folder.PathOf("db"), "--mirror", _server.Address.AbsoluteUri);

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
