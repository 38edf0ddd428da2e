using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EcgRecovery.Cli.Tests.Downloads;

/// <summary>What a client asked for.</summary>
internal sealed record WebRequest(string Path, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The N of <c>Range: bytes=N-</c>, else null.</summary>
    public int? RangeStart => Headers.TryGetValue("Range", out var range) ? int.Parse(range["bytes=".Length..^1]) : null;

    public string? IfRange => Headers.GetValueOrDefault("If-Range");
}

/// <summary>Writes one answer, byte by byte as it likes; the connection is closed after it.</summary>
internal delegate Task WebReply(WebRequest request, Stream wire, CancellationToken stopped);

/// <summary>A web server on raw sockets, on this machine alone, that does what it is told and writes down what it was asked.</summary>
internal sealed class MisbehavingServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopped = new();
    private readonly ConcurrentDictionary<string, WebReply[]> _replies = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<WebRequest> _requests = new();
    private readonly Task _accepting;

    public MisbehavingServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Address => new($"http://127.0.0.1:{Port}/db/");

    public IReadOnlyList<WebRequest> Requests => [.. _requests];

    /// <summary>The requests' ranges for one file, in order; null: no range.</summary>
    public IReadOnlyList<int?> Ranges(string name) =>
        [.. Requests.Where(request => request.Path == "/db/" + name).Select(request => request.RangeStart)];

    /// <summary>
    /// Answers requests for a file of <c>/db/</c>, or for a path: the first with the first reply, those beyond the last with the last.
    /// </summary>
    public void On(string name, params WebReply[] replies) => _replies[name.StartsWith('/') ? name : "/db/" + name] = replies;

    public void Dispose()
    {
        _stopped.Cancel();
        _listener.Stop();
        _accepting.GetAwaiter().GetResult();
        _stopped.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stopped.Token)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            client.NoDelay = true;
            try
            {
                var wire = client.GetStream();
                var request = await ReadRequestAsync(wire);
                _requests.Enqueue(request);
                var reply = Replies.Status(404);
                if (_replies.TryGetValue(request.Path, out var replies))
                    reply = replies[Math.Min(_asked.AddOrUpdate(request.Path, 0, (_, count) => count + 1), replies.Length - 1)];
                await reply(request, wire, _stopped.Token);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // the client went away, or the test is over
            }
        }
    }

    private async Task<WebRequest> ReadRequestAsync(NetworkStream wire)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await wire.ReadAsync(one, _stopped.Token) == 0)
                throw new IOException("no request");
            head.Append((char)one[0]);
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines[1..].Select(line => line.Split(": ", 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        return new WebRequest(lines[0].Split(' ')[1], headers);
    }
}

/// <summary>Good answers and bad ones.</summary>
internal static class Replies
{
    /// <summary>As a good server does: the whole file, or the part asked for if the version is still the same.</summary>
    public static WebReply File(byte[] content, string? tag = null) => BreaksOff(content, int.MaxValue, tag);

    /// <summary>As a good server that loses the connection after so many bytes.</summary>
    public static WebReply BreaksOff(byte[] content, int after, string? tag = null) => async (request, wire, stopped) =>
    {
        var start = request.RangeStart is { } asked && (request.IfRange is null || request.IfRange == tag) ? asked : 0;
        if (start > 0 && start >= content.Length)
        {
            await HeadAsync(wire, 416, $"Content-Range: bytes */{content.Length}", "Content-Length: 0");
            return;
        }

        List<string> headers = [$"Content-Length: {content.Length - start}"];
        if (start > 0)
            headers.Add($"Content-Range: bytes {start}-{content.Length - 1}/{content.Length}");
        if (tag is not null)
            headers.Add($"ETag: {tag}");
        await HeadAsync(wire, start > 0 ? 206 : 200, [.. headers]);
        await wire.WriteAsync(content.AsMemory(start, Math.Min(after, content.Length - start)), stopped);
    };

    /// <summary>A part, whatever was asked for, that says of itself what it likes.</summary>
    public static WebReply Part(byte[] body, string contentRange, string? tag = null) => async (_, wire, stopped) =>
    {
        await HeadAsync(
            wire,
            206,
            [$"Content-Length: {body.Length}", $"Content-Range: {contentRange}", .. tag is null ? (string[])[] : [$"ETag: {tag}"]]);
        await wire.WriteAsync(body, stopped);
    };

    /// <summary>The whole file, whatever was asked for, with these headers and so many bytes of it.</summary>
    public static WebReply Raw(byte[] content, int bytes, params string[] headers) => async (_, wire, stopped) =>
    {
        await HeadAsync(wire, 200, headers);
        await wire.WriteAsync(content.AsMemory(0, bytes), stopped);
    };

    /// <summary>In chunks of 100 bytes; without the end where only some chunks are asked for.</summary>
    public static WebReply Chunked(byte[] content, int chunks = int.MaxValue) => async (_, wire, stopped) =>
    {
        await HeadAsync(wire, 200, "Transfer-Encoding: chunked");
        foreach (var chunk in content.Chunk(100).Take(chunks))
        {
            await TextAsync(wire, $"{chunk.Length:x}\r\n");
            await wire.WriteAsync(chunk, stopped);
            await TextAsync(wire, "\r\n");
        }

        if (chunks == int.MaxValue)
            await TextAsync(wire, "0\r\n\r\n");
    };

    /// <summary>Sends the first bytes, then nothing, and keeps the connection.</summary>
    public static WebReply Stalls(byte[] content, int after) => async (request, wire, stopped) =>
    {
        await Raw(content, after, $"Content-Length: {content.Length}")(request, wire, stopped);
        await Task.Delay(Timeout.Infinite, stopped);
    };

    /// <summary>Answers nothing at all, and keeps the connection.</summary>
    public static WebReply Silent() => (_, _, stopped) => Task.Delay(Timeout.Infinite, stopped);

    /// <summary>One byte at a time.</summary>
    public static WebReply ByteByByte(byte[] content) => async (_, wire, stopped) =>
    {
        await HeadAsync(wire, 200, $"Content-Length: {content.Length}");
        foreach (var value in content)
        {
            wire.WriteByte(value);
            await Task.Delay(2, stopped);
        }
    };

    public static WebReply Status(int status, params string[] headers) =>
        (_, wire, _) => HeadAsync(wire, status, [.. headers, "Content-Length: 0"]);

    public static WebReply Redirect(int status, string location) => Status(status, $"Location: {location}");

    /// <summary>Whatever is given, without HTTP.</summary>
    public static WebReply Garbage(string text) => (_, wire, _) => TextAsync(wire, text);

    private static Task HeadAsync(Stream wire, int status, params string[] headers) =>
        TextAsync(
            wire, $"HTTP/1.1 {status} Whatever\r\nConnection: close\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n");

    private static Task TextAsync(Stream wire, string text) => wire.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask();
}
