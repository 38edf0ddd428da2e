using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using EcgRecovery.Cli.Downloads;

namespace EcgRecovery.Cli.Tests.Downloads;

public sealed class FileDownloadTests : IDisposable
{
    private static readonly byte[] s_content = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * 7))];
    private static readonly byte[] s_other = [.. s_content.Select(value => (byte)~value)];
    private static readonly ListedFile s_file = new("100.dat", Convert.ToHexStringLower(SHA256.HashData(s_content)));

    private readonly MisbehavingServer _server = new();
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<double> _pauses = new();

    [Fact]
    public async Task A_file_comes_whole_and_under_its_name()
    {
        _server.On("100.dat", Replies.File(s_content));
        await FetchAsync();
        AssertCame();
        var request = Assert.Single(_server.Requests);
        Assert.Equal(
            ("/db/100.dat", null, "ecg-recovery/0.1.0", "identity"),
            (request.Path, request.RangeStart, request.Headers["User-Agent"], request.Headers["Accept-Encoding"]));
    }

    [Fact]
    public async Task After_a_break_the_rest_is_asked_for_of_the_same_version()
    {
        _server.On(
            "100.dat",
            Replies.BreaksOff(s_content, 300, "\"one\""),
            Replies.BreaksOff(s_content, 200, "\"one\""),
            Replies.File(s_content, "\"one\""));
        await FetchAsync();
        AssertCame();
        Assert.Equal([null, 300, 500], _server.Ranges("100.dat"));
        Assert.Equal([null, "\"one\"", "\"one\""], _server.Requests.Select(request => request.IfRange));
        Assert.Equal([1.0, 1.0], _pauses);
    }

    [Fact]
    public async Task A_server_that_breaks_off_every_time_but_brings_something_new_gets_there()
    {
        _server.On("100.dat", Replies.BreaksOff(s_content, 25));
        await FetchAsync();
        AssertCame();
        Assert.Equal(Enumerable.Repeat(1.0, 39), _pauses);
    }

    [Fact]
    public async Task A_server_that_breaks_off_every_time_at_the_same_byte_is_given_up_and_what_came_is_kept()
    {
        _server.On("100.dat", Replies.Raw(s_content, 300, "Content-Length: 1000"));
        var failure = await Assert.ThrowsAsync<TransferException>(() => FetchAsync());
        // The first try brought 300 bytes, the four after it none that was not here.
        Assert.Equal($"{_server.Address}100.dat: the connection was interrupted (5 tries)", failure.Message);
        Assert.False(failure.IsRefusal);
        Assert.Equal([1.0, 2.0, 4.0, 8.0], _pauses);
        Assert.Equal(["100.dat.part"], _folder.Names());
        Assert.Equal(s_content[..300], File.ReadAllBytes(_folder.PathOf("100.dat.part")));
    }

    [Fact]
    public async Task Tries_that_bring_a_byte_each_end_too()
    {
        _server.On("100.dat", Replies.BreaksOff(s_content, 1));
        var failure = await Assert.ThrowsAsync<TransferException>(() => FetchAsync(Options() with { MaximumTries = 7 }));
        Assert.EndsWith("interrupted (7 tries)", failure.Message);
    }

    [Fact]
    public async Task A_server_without_ranges_sends_it_all_again()
    {
        _server.On("100.dat", Replies.BreaksOff(s_content, 300), Replies.Raw(s_content, 1000, "Content-Length: 1000"));
        await FetchAsync();
        AssertCame();
        Assert.Equal([null, 300], _server.Ranges("100.dat"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_changed_is_not_spliced(bool serverKnowsIfRange)
    {
        _server.On(
            "100.dat",
            Replies.BreaksOff(s_other, 300, "\"old\""),
            serverKnowsIfRange ? Replies.File(s_content, "\"new\"") : Replies.Part(s_content[300..], "bytes 300-999/1000", "\"new\""),
            Replies.File(s_content, "\"new\""));
        await FetchAsync();
        AssertCame();
        Assert.Equal(serverKnowsIfRange ? [null, 300] : [null, 300, null], _server.Ranges("100.dat"));
        Assert.Equal([1.0], _pauses);
    }

    [Fact]
    public async Task A_weak_tag_is_no_condition_but_a_date_is()
    {
        string[] headers = ["Content-Length: 1000", "ETag: W/\"weak\"", "Last-Modified: Mon, 03 Feb 2020 10:00:00 GMT"];
        _server.On("100.dat", Replies.Raw(s_content, 300, headers), Replies.Raw(s_content, 1000, headers));
        await FetchAsync();
        AssertCame();
        Assert.Equal("Mon, 03 Feb 2020 10:00:00 GMT", _server.Requests[1].IfRange);
    }

    [Theory]
    [InlineData("bytes 299-999/1000")]
    [InlineData("bytes 0-999/1000")]
    [InlineData("lines 300-999/1000")]
    [InlineData("bytes */1000")]
    [InlineData("nonsense")]
    public async Task A_part_that_begins_elsewhere_is_not_used(string contentRange)
    {
        _server.On("100.dat", Replies.BreaksOff(s_content, 300), Replies.Part(s_other[300..], contentRange), Replies.File(s_content));
        await FetchAsync();
        AssertCame();
        Assert.Equal([null, 300, null], _server.Ranges("100.dat"));
    }

    [Fact]
    public async Task A_part_nobody_asked_for_is_refused()
    {
        _server.On("100.dat", Replies.Part(s_content[300..], "bytes 300-999/1000"));
        var failure = await Assert.ThrowsAsync<TransferException>(() => FetchAsync());
        Assert.Equal($"{_server.Address}100.dat: the answer is HTTP status 206; expected 200", failure.Message);
    }

    [Fact]
    public async Task What_an_earlier_run_left_is_gone_on_with()
    {
        File.WriteAllBytes(_folder.PathOf("100.dat.part"), s_content[..700]);
        _server.On("100.dat", Replies.File(s_content, "\"one\""));
        await FetchAsync();
        AssertCame();
        Assert.Equal([700], _server.Ranges("100.dat"));
    }

    [Fact]
    public async Task What_an_earlier_run_left_whole_is_not_fetched_again()
    {
        File.WriteAllBytes(_folder.PathOf("100.dat.part"), s_content);
        await FetchAsync();
        AssertCame();
        Assert.Empty(_server.Requests);
    }

    [Theory]
    [InlineData(700)] // the rest comes, the whole is wrong: once more
    [InlineData(1000)] // no rest: 416
    public async Task What_an_earlier_run_left_of_something_else_is_thrown_away(int length)
    {
        File.WriteAllBytes(_folder.PathOf("100.dat.part"), s_other[..length]);
        _server.On("100.dat", Replies.File(s_content));
        await FetchAsync();
        AssertCame();
        Assert.Equal([length, null], _server.Ranges("100.dat"));
        Assert.Empty(_pauses);
    }

    [Fact]
    public async Task A_server_that_finds_no_part_nor_the_whole_is_refused()
    {
        File.WriteAllBytes(_folder.PathOf("100.dat.part"), s_content[..700]);
        _server.On("100.dat", Replies.Status(416));
        var failure = await Assert.ThrowsAsync<TransferException>(() => FetchAsync());
        Assert.Equal((true, 2), (failure.IsRefusal, _server.Requests.Count));
        Assert.EndsWith("HTTP status 416; expected 200", failure.Message);
    }

    [Fact]
    public async Task What_came_corrupted_once_is_fetched_once_more()
    {
        _server.On("100.dat", Replies.File(s_other), Replies.File(s_content));
        await FetchAsync();
        AssertCame();
        Assert.Equal([null, null], _server.Ranges("100.dat"));
    }

    [Fact]
    public async Task What_comes_corrupted_always_is_an_error_and_leaves_nothing()
    {
        _server.On("100.dat", Replies.File(s_other));
        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => FetchAsync());
        Assert.Equal(
            $"{_server.Address}100.dat has SHA-256 {Convert.ToHexStringLower(SHA256.HashData(s_other))}; "
            + $"expected {s_file.Sha256}, from SHA256SUMS.txt (2 tries)",
            failure.Message);
        Assert.Equal(2, _server.Requests.Count);
        Assert.Empty(_folder.Names());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(304)]
    public async Task What_the_server_refuses_is_not_asked_for_again(int status)
    {
        _server.On("100.dat", Replies.Status(status));
        var failure = await Assert.ThrowsAsync<TransferException>(() => FetchAsync());
        Assert.Equal($"{_server.Address}100.dat: the answer is HTTP status {status}; expected 200", failure.Message);
        Assert.True(failure.IsRefusal);
        Assert.Single(_server.Requests);
        Assert.Empty(_folder.Names());
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task Passing_troubles_of_the_server_are_waited_for(int status)
    {
        _server.On("100.dat", Replies.Status(status), Replies.Status(status), Replies.File(s_content));
        await FetchAsync();
        AssertCame();
        Assert.Equal([1.0, 2.0], _pauses);
    }

    [Fact]
    public async Task A_server_whose_troubles_stay_is_given_up()
    {
        _server.On("100.dat", Replies.Status(500));
        var failure = await Assert.ThrowsAsync<TransferException>(() => FetchAsync());
        Assert.EndsWith("HTTP status 500; expected 200 (5 tries)", failure.Message);
        Assert.Equal([1.0, 2.0, 4.0, 8.0], _pauses);
    }

    [Theory]
    [InlineData("7", 7.0)]
    [InlineData("0", 1.0)]
    [InlineData("Thu, 01 Jan 2026 12:00:45 GMT", 45.0)]
    [InlineData("Thu, 01 Jan 2026 11:00:00 GMT", 1.0)]
    [InlineData("soon", 1.0)]
    public async Task The_wait_that_the_server_asks_for_is_kept(string retryAfter, double expectedSeconds)
    {
        _server.On("100.dat", Replies.Status(429, $"Retry-After: {retryAfter}"), Replies.File(s_content));
        await FetchAsync(Options() with { Clock = new ManualClock() });
        AssertCame();
        Assert.Equal([expectedSeconds], _pauses);
    }

    [Fact]
    public async Task A_wait_of_an_hour_is_told_and_not_waited()
    {
        _server.On("100.dat", Replies.Status(429, "Retry-After: 3600"));
        var failure = await Assert.ThrowsAsync<TransferException>(() => FetchAsync());
        Assert.EndsWith("HTTP status 429; expected 200; the server asks to come back in 3600 s", failure.Message);
        Assert.Empty(_pauses);
    }

    [Theory]
    [InlineData(301, "/elsewhere/100.dat")]
    [InlineData(302, "../elsewhere/100.dat")]
    [InlineData(303, "http://127.0.0.1:PORT/elsewhere/100.dat")]
    [InlineData(307, "//127.0.0.1:PORT/elsewhere/100.dat")]
    [InlineData(308, "http://localhost:PORT/elsewhere/100.dat")]
    public async Task Redirects_are_followed_with_the_range(int status, string location)
    {
        File.WriteAllBytes(_folder.PathOf("100.dat.part"), s_content[..700]);
        _server.On("100.dat", Replies.Redirect(status, location.Replace("PORT", _server.Port.ToString(CultureInfo.InvariantCulture))));
        _server.On("/elsewhere/100.dat", Replies.File(s_content));
        await FetchAsync();
        AssertCame();
        Assert.Equal(
            [("/db/100.dat", 700), ("/elsewhere/100.dat", 700)], _server.Requests.Select(request => (request.Path, request.RangeStart)));
    }

    [Fact]
    public async Task A_circle_of_redirects_ends()
    {
        _server.On("100.dat", Replies.Redirect(302, "101.dat"));
        _server.On("101.dat", Replies.Redirect(302, "100.dat"));
        var failure = await Assert.ThrowsAsync<TransferException>(() => FetchAsync());
        Assert.Equal($"{_server.Address}100.dat has more than 10 redirects; expected the file", failure.Message);
        Assert.Equal((11, true), (_server.Requests.Count, failure.IsRefusal));
    }

    [Theory]
    [InlineData("Location: ftp://127.0.0.1/100.dat", "a redirect leads to ftp; expected http, as requested, or better")]
    [InlineData("Location: file:///etc/passwd", "a redirect leads to file; expected http, as requested, or better")]
    [InlineData("X-Location: none", "a redirect (302) leads nowhere; expected an address")]
    public async Task A_redirect_out_of_the_web_is_refused(string header, string expected)
    {
        _server.On("100.dat", Replies.Status(302, header));
        var failure = await Assert.ThrowsAsync<TransferException>(() => FetchAsync());
        Assert.Equal($"{_server.Address}100.dat: {expected}", failure.Message);
    }

    [Theory]
    [InlineData("https://a/", "https://b/x", true)]
    [InlineData("https://a/", "http://a/x", false)]
    [InlineData("http://a/", "https://b/x", true)]
    [InlineData("http://a/", "http://b/x", true)]
    [InlineData("http://a/", "ftp://b/x", false)]
    public void A_redirect_never_leads_from_https_to_http(string folder, string next, bool expected) =>
        Assert.Equal(expected, WebSource.MayLeadTo(new Uri(folder), new Uri(next)));

    [Fact]
    public async Task A_server_that_is_slow_but_alive_is_waited_for()
    {
        // 20 s pass after every byte: 100 bytes take 33 minutes, and no stall of 30 s is among them.
        var clock = new ManualClock();
        var slow = s_content[..100];
        _server.On("100.dat", Replies.ByteByByte(slow));
        await FetchAsync(
            Options() with { Clock = clock, StallTimeout = TimeSpan.FromSeconds(30) },
            slow,
            received: _ => clock.Advance(TimeSpan.FromSeconds(20)));
        AssertCame(slow);
        Assert.Empty(_pauses);
        Assert.True(clock.GetUtcNow().TimeOfDay > TimeSpan.FromHours(12) + TimeSpan.FromMinutes(1), $"{clock.GetUtcNow()}");
    }

    [Fact]
    public async Task A_server_that_stalls_is_asked_again_for_the_rest()
    {
        _server.On("100.dat", Replies.Stalls(s_content, 300), Replies.File(s_content));
        await FetchWithStallsAsync(after: 300, stalls: 1);
        AssertCame();
        Assert.Equal([null, 300], _server.Ranges("100.dat"));
        Assert.Equal([1.0], _pauses);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_stalls_for_ever_is_given_up(bool beforeTheFirstByte)
    {
        _server.On("100.dat", beforeTheFirstByte ? Replies.Silent() : Replies.Stalls(s_content, 300));
        var failure = await Assert.ThrowsAsync<TransferException>(() => FetchWithStallsAsync(beforeTheFirstByte ? 0 : 300, stalls: 5));
        Assert.Equal($"{_server.Address}100.dat: no byte came for 30 s (5 tries)", failure.Message);
    }

    [Fact]
    public async Task A_file_without_a_length_is_taken_to_the_end_of_the_connection()
    {
        _server.On("100.dat", Replies.Raw(s_content, 1000));
        await FetchAsync();
        AssertCame();
    }

    [Theory]
    [InlineData("", 600)] // breaks off, which nothing but the hash can tell
    [InlineData("Content-Length: 600", 1000)] // says too little
    public async Task A_file_that_seems_to_end_too_early_is_fetched_once_more(string header, int bytes)
    {
        _server.On("100.dat", Replies.Raw(s_content, bytes, header.Length > 0 ? [header] : []), Replies.File(s_content));
        await FetchAsync();
        AssertCame();
        Assert.Equal([null, null], _server.Ranges("100.dat"));
    }

    [Fact]
    public async Task A_file_in_chunks_is_taken_and_gone_on_with_where_they_break_off()
    {
        _server.On("100.dat", Replies.Chunked(s_content, chunks: 4), Replies.Chunked(s_content));
        await FetchAsync();
        AssertCame();
        Assert.Equal([null, 400], _server.Ranges("100.dat"));
    }

    [Theory]
    [InlineData("Content-Length: 1000", "has 1000 bytes; expected at most 999")]
    [InlineData("X-Length: none", "has more bytes than expected: at most 999")]
    public async Task A_server_that_sends_more_than_is_reasonable_is_stopped(string header, string expected)
    {
        _server.On("100.dat", Replies.Raw(s_content, 1000, header));
        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => FetchAsync(Options() with { MaximumFileBytes = 999 }));
        Assert.Equal($"{_server.Address}100.dat {expected}", failure.Message);
        Assert.Empty(_folder.Names());
    }

    [Fact]
    public async Task The_limit_holds_for_what_is_gone_on_with_too()
    {
        _server.On("100.dat", Replies.Chunked(s_content, chunks: 3), Replies.Part(s_content[300..], "bytes 300-999/1000"));
        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => FetchAsync(Options() with { MaximumFileBytes = 500 }));
        Assert.Equal($"{_server.Address}100.dat has 1000 bytes; expected at most 500", failure.Message);
    }

    [Fact]
    public async Task A_cancelled_download_leaves_what_came_for_the_next()
    {
        _server.On("100.dat", Replies.Stalls(s_content, 300), Replies.File(s_content));
        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => FetchAsync(received: _ => cancel.Cancel(), cancellationToken: cancel.Token));
        Assert.Equal(["100.dat.part"], _folder.Names());
        var came = (int)new FileInfo(_folder.PathOf("100.dat.part")).Length;
        Assert.InRange(came, 1, 300);
        await FetchAsync();
        AssertCame();
        Assert.Equal([null, came], _server.Ranges("100.dat"));
    }

    [Fact]
    public async Task A_pause_is_cancelled_too()
    {
        _server.On("100.dat", Replies.Status(500));
        using var cancel = new CancellationTokenSource();
        var options = Options() with
        {
            Pause = (_, token) =>
            {
                cancel.Cancel();
                return Task.Delay(Timeout.Infinite, token);
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FetchAsync(options, cancellationToken: cancel.Token));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        var failure = await Assert.ThrowsAsync<TransferException>(() => FetchAsync(address: new Uri($"http://127.0.0.1:{port}/db/")));
        Assert.StartsWith($"http://127.0.0.1:{port}/db/100.dat: cannot connect: ", failure.Message);
        Assert.EndsWith("(5 tries)", failure.Message);
    }

    [Fact]
    public async Task What_does_not_speak_http_is_not_asked_again()
    {
        _server.On("100.dat", Replies.Garbage("SSH-2.0-OpenSSH_9.2\r\n\r\n"));
        var failure = await Assert.ThrowsAsync<TransferException>(() => FetchAsync());
        Assert.StartsWith($"{_server.Address}100.dat: the answer is not HTTP: ", failure.Message);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task A_part_that_cannot_be_written_is_named()
    {
        Directory.CreateDirectory(_folder.PathOf("100.dat.part"));
        _server.On("100.dat", Replies.File(s_content));
        var failure = await Assert.ThrowsAsync<IOException>(() => FetchAsync());
        Assert.StartsWith($"Cannot write {_folder.PathOf("100.dat.part")}: ", failure.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_is_there_is_replaced_only_on_request(bool overwrite)
    {
        _folder.Write("100.dat", "mine");
        _server.On("100.dat", Replies.File(s_content));
        if (!overwrite)
            await Assert.ThrowsAsync<IOException>(() => FetchAsync());
        else
            await FetchAsync(overwrite: true);
        Assert.Equal(overwrite ? s_content : "mine"u8.ToArray(), File.ReadAllBytes(_folder.PathOf("100.dat")));
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    // 31 s pass each time that so many bytes have come and the next are waited for.
    private Task FetchWithStallsAsync(int after, int stalls)
    {
        var clock = new ManualClock();
        var came = 0;
        clock.TimerCreated = () =>
        {
            if (came < after || stalls == 0)
                return;
            came = 0;
            stalls--;
            _ = Task.Run(() => clock.Advance(TimeSpan.FromSeconds(31)));
        };
        return FetchAsync(Options() with { Clock = clock }, received: count => came += count);
    }

    private DownloadOptions Options() => new()
    {
        Pause = (time, _) =>
        {
            _pauses.Enqueue(time.TotalSeconds);
            return Task.CompletedTask;
        },
    };

    private async Task FetchAsync(
        DownloadOptions? options = null,
        byte[]? content = null,
        bool overwrite = false,
        Uri? address = null,
        Action<int>? received = null,
        CancellationToken cancellationToken = default)
    {
        options ??= Options();
        using var source = new WebSource(address ?? _server.Address, options);
        var download = new FileDownload(source, options) { Received = received ?? (_ => { }) };
        var file = content is null ? s_file : s_file with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)) };
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, TestContext.Current.CancellationToken);
        await download.FetchAsync(file, _folder.PathOf("100.dat"), overwrite, either.Token);
    }

    private void AssertCame(byte[]? content = null)
    {
        Assert.Equal(content ?? s_content, File.ReadAllBytes(_folder.PathOf("100.dat")));
        Assert.Equal(["100.dat"], _folder.Names());
    }
}
