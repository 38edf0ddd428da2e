using System.Security.Cryptography;
using System.Text;
using EcgRecovery.Cli.Downloads;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Cli.Tests.Downloads;

public sealed class DatabaseDownloadTests : IDisposable
{
    private readonly MisbehavingServer _server = new();
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, byte[]> _files = Enumerable.Range(100, 12)
        .ToDictionary(number => $"{number}.dat", number => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat($"{number} ", number))));

    public DatabaseDownloadTests()
    {
        foreach (var (name, content) in _files)
            _server.On(name, Replies.File(content));
        _server.On("SHA256SUMS.txt", Replies.File(List()));
    }

    private string Target => _folder.PathOf("db");

    private int TotalBytes => _files.Values.Sum(content => content.Length);

    [Fact]
    public async Task All_files_and_the_list_come_and_a_second_run_fetches_the_list_alone()
    {
        var first = await RunAsync();
        Assert.Equal((12, 0, 2, TotalBytes, 0), (first.Files, first.AlreadyThere, first.LeftOut, (int)first.Bytes, first.Failures.Count));
        Assert.Equal([.. _files.Keys, "SHA256SUMS.txt"], Names());
        Assert.All(_files, file => Assert.Equal(file.Value, File.ReadAllBytes(Path.Combine(Target, file.Key))));
        Assert.Equal(List(), File.ReadAllBytes(Path.Combine(Target, "SHA256SUMS.txt")));
        Assert.Equal(13, _server.Requests.Count);

        var second = await RunAsync();
        Assert.Equal((12, 12, TotalBytes), (second.Files, second.AlreadyThere, (int)second.Bytes));
        Assert.Equal(14, _server.Requests.Count);
        Assert.Equal("/db/SHA256SUMS.txt", _server.Requests[^1].Path);
    }

    [Fact]
    public async Task A_run_goes_on_where_an_earlier_one_ended()
    {
        Directory.CreateDirectory(Target);
        File.WriteAllBytes(Path.Combine(Target, "100.dat"), _files["100.dat"]);
        File.WriteAllBytes(Path.Combine(Target, "101.dat.part"), _files["101.dat"][..50]);
        var summary = await RunAsync();
        Assert.Equal((1, TotalBytes), (summary.AlreadyThere, (int)summary.Bytes));
        Assert.Equal([], _server.Ranges("100.dat"));
        Assert.Equal([50], _server.Ranges("101.dat"));
        Assert.Equal([.. _files.Keys, "SHA256SUMS.txt"], Names());
    }

    [Theory]
    [InlineData("105.dat", false)]
    [InlineData("105.dat", true)]
    [InlineData("SHA256SUMS.txt", false)]
    [InlineData("SHA256SUMS.txt", true)]
    public async Task A_file_that_is_there_and_differs_is_replaced_only_on_request(string name, bool overwrite)
    {
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, name), "mine");
        if (!overwrite)
        {
            var failure = await Assert.ThrowsAsync<OutputExistsException>(() => RunAsync());
            Assert.StartsWith($"Output {Path.Combine(Target, name)} exists", failure.Message);
            Assert.True(failure.CanBeReplaced);
            Assert.Equal("mine", File.ReadAllText(Path.Combine(Target, name)));
            Assert.Equal("/db/SHA256SUMS.txt", Assert.Single(_server.Requests).Path);
        }
        else
        {
            Assert.Empty((await RunAsync(overwrite: true)).Failures);
            Assert.NotEqual("mine", File.ReadAllText(Path.Combine(Target, name)));
        }
    }

    [Fact]
    public async Task A_folder_that_is_a_file_and_a_file_that_is_a_folder_are_named()
    {
        File.WriteAllText(Target, "mine");
        Assert.Equal(
            $"Output {Target} is a file; expected a folder.",
            (await Assert.ThrowsAsync<OutputExistsException>(() => RunAsync(overwrite: true))).Message);
        File.Delete(Target);
        Directory.CreateDirectory(Path.Combine(Target, "105.dat"));
        var failure = await Assert.ThrowsAsync<OutputExistsException>(() => RunAsync(overwrite: true));
        Assert.Equal($"Output {Path.Combine(Target, "105.dat")} is a directory; expected a file name.", failure.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Files_that_the_server_lacks_are_told_in_the_lists_order_and_the_rest_comes(int connections)
    {
        foreach (var name in new[] { "110.dat", "102.dat", "103.dat", "104.dat", "106.dat" })
            _server.On(name, Replies.Status(404));
        var summary = await RunAsync(options: Options() with { Connections = connections });
        Assert.Equal(["102.dat", "103.dat", "104.dat", "106.dat", "110.dat"], summary.Failures.Select(failure => failure.Name));
        Assert.Equal(["100.dat", "101.dat", "105.dat", "107.dat", "108.dat", "109.dat", "111.dat", "SHA256SUMS.txt"], Names());
        Assert.Equal(new[] { 100, 101, 105, 107, 108, 109, 111 }.Sum(number => 4 * number), summary.Bytes);
        var failure = Assert.Throws<TransferException>(summary.ThrowIfIncomplete);
        Assert.Equal(
            $"5 of 12 files are not here, among them {_server.Address}102.dat: the answer is HTTP status 404; expected 200; "
            + "7 of 12 are whole",
            failure.Message);
    }

    [Fact]
    public async Task One_file_that_breaks_off_for_ever_does_not_keep_the_others()
    {
        _server.On("103.dat", Replies.Raw(_files["103.dat"], 10, "Content-Length: 412"));
        var summary = await RunAsync();
        var failure = Assert.Throws<TransferException>(summary.ThrowIfIncomplete);
        Assert.Equal(
            $"{_server.Address}103.dat: the connection was interrupted (5 tries); 11 of 12 are whole; the same command goes on from there",
            failure.Message);
        Assert.Contains("103.dat.part", Names());
    }

    [Fact]
    public async Task What_came_wrong_weighs_more_than_what_did_not_come()
    {
        _server.On("102.dat", Replies.Status(404));
        _server.On("107.dat", Replies.File("other"u8.ToArray()));
        var summary = await RunAsync();
        var failure = Assert.Throws<InvalidDataException>(summary.ThrowIfIncomplete);
        Assert.StartsWith($"2 of 12 files are not here, among them {_server.Address}107.dat has SHA-256 ", failure.Message);
        Assert.DoesNotContain("107.dat.part", Names());
    }

    [Fact]
    public async Task A_server_that_goes_away_is_not_asked_for_every_file()
    {
        foreach (var name in _files.Keys.Skip(2))
            _server.On(name, Replies.Status(503));
        var summary = await RunAsync(options: Options() with { Connections = 1 });
        Assert.Equal(10, summary.Failures.Count);
        Assert.Equal(
            [true, true, true, true, false, false, false, false, false, false],
            summary.Failures.Select(failure => failure.Cause is not null));
        Assert.Equal(1 + 2 + (4 * 5), _server.Requests.Count);
        Assert.StartsWith("10 of 12 files are not here, among them ", Assert.Throws<TransferException>(summary.ThrowIfIncomplete).Message);
    }

    [Theory]
    [InlineData("<html>log in first</html>", "is '<html>log in first</html>'; expected 64 hexadecimal digits")]
    [InlineData("8d8a5349fb16638ebbf649f1779d12e96d91b736b2aafe59db43719ae583d471 ../evil\n", "names '../evil'; expected a relative name")]
    [InlineData(
        "8d8a5349fb16638ebbf649f1779d12e96d91b736b2aafe59db43719ae583d471 x/a\n",
        "names only files of sub-folders; expected recordings beside it")]
    public async Task A_list_that_is_none_leaves_nothing_behind(string list, string expected)
    {
        _server.On("SHA256SUMS.txt", Replies.File(Encoding.ASCII.GetBytes(list)));
        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync());
        Assert.Contains(expected, failure.Message);
        Assert.Contains($"{_server.Address}SHA256SUMS.txt", failure.Message);
        Assert.Empty(_folder.Names());
    }

    [Fact]
    public async Task The_list_is_asked_for_again_where_that_may_help_and_has_its_limit()
    {
        _server.On("SHA256SUMS.txt", Replies.BreaksOff(List(), 100), Replies.Status(503), Replies.File(List()));
        Assert.Empty((await RunAsync()).Failures);
        _server.On("SHA256SUMS.txt", Replies.Raw(new byte[2_000_000], 2_000_000));
        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync());
        Assert.Equal($"{_server.Address}SHA256SUMS.txt has more bytes than expected: at most 1048576", failure.Message);
        _server.On("SHA256SUMS.txt", Replies.Status(404));
        Assert.Equal(
            $"{_server.Address}SHA256SUMS.txt: the answer is HTTP status 404; expected 200",
            (await Assert.ThrowsAsync<TransferException>(() => RunAsync())).Message);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_ends_it_at_once()
    {
        Directory.CreateDirectory(Path.Combine(Target, "100.dat.part"));
        var failure = await Assert.ThrowsAsync<IOException>(() => RunAsync(options: Options() with { Connections = 1 }));
        Assert.StartsWith($"Cannot write {Path.Combine(Target, "100.dat.part")}: ", failure.Message);
        Assert.Equal(["/db/SHA256SUMS.txt", "/db/100.dat"], _server.Requests.Select(request => request.Path));
    }

    [Fact]
    public void Progress_is_a_plain_line_now_and_then()
    {
        var clock = new ManualClock();
        using var error = new StringWriter { NewLine = "\n" };
        using (var progress = new DownloadProgress(4, error, clock))
        {
            progress.AddBytes(1_000_000);
            progress.AddFile();
            clock.Advance(TimeSpan.FromSeconds(10));
            progress.AddBytes(1_000_000);
            progress.AddFile();
        }

        Assert.Equal("downloading:  25 %  1/4 files  2.0 MB  0.2 MB/s\n", error.ToString());
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    private static DownloadOptions Options() => new() { Pause = (_, _) => Task.CompletedTask };

    private async Task<DownloadSummary> RunAsync(bool overwrite = false, DownloadOptions? options = null)
    {
        var download = new DatabaseDownload
        {
            Address = _server.Address,
            Folder = Target,
            Overwrite = overwrite,
            Options = options ?? Options(),
            Error = TextWriter.Null,
        };
        return await download.RunAsync(TestContext.Current.CancellationToken);
    }

    private string[] Names() =>
        [.. Directory.EnumerateFileSystemEntries(Target).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private byte[] List()
    {
        var lines = _files.Select(file => $"{Convert.ToHexStringLower(SHA256.HashData(file.Value))} {file.Key}\n");
        var hash = new string('0', 64);
        return Encoding.ASCII.GetBytes($"{string.Concat(lines)}{hash} x_mitdb/x_108.dat\n{hash} mitdbdir/samples/a.xws\n");
    }
}
