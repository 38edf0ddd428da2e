using System.Net;
using System.Net.Http.Headers;
using EcgRecovery.Cli.Hosting;

namespace EcgRecovery.Cli.Downloads;

/// <summary>A folder on a web server: sends requests, follows redirects and classifies failures.</summary>
/// <remarks>HTTP semantics: RFC 9110 (redirects: section 15.4, ranges: 14, If-Range: 13.1.5, Retry-After: 10.2.3).</remarks>
internal sealed class WebSource : IDisposable
{
    private const int MaximumRedirects = 10;

    private readonly Uri _folder;
    private readonly DownloadOptions _options;
    private readonly HttpClient _client;

    /// <param name="folder">The folder's address; ends with a slash.</param>
    /// <param name="options">Timeouts, retries and limits.</param>
    public WebSource(Uri folder, DownloadOptions options)
    {
        _folder = folder;
        _options = options;
        // Redirects are followed by OpenAsync, which refuses a change from https to http and names a circle. Only stalls time out.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxConnectionsPerServer = options.Connections,
        };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue(CommandHost.ProgramName, CommandHost.Version));
        // No compression: hashes and ranges refer to the bytes of the files.
        _client.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
    }

    /// <summary>Returns a file's address.</summary>
    public Uri AddressOf(string name) => new(_folder, name);

    /// <summary>Requests a file, or the rest of it.</summary>
    /// <param name="address">The file.</param>
    /// <param name="offset">The number of bytes already received; 0 requests the whole file.</param>
    /// <param name="version">The version of the file that those bytes belong to; null if not known.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="TransferException">There is no answer, or it is neither the file nor a part of it.</exception>
    public async Task<WebAnswer> OpenAsync(
        Uri address, long offset, RangeConditionHeaderValue? version, CancellationToken cancellationToken)
    {
        var target = address;
        for (var redirects = 0; redirects <= MaximumRedirects; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, target);
            if (offset > 0)
            {
                request.Headers.Range = new RangeHeaderValue(offset, to: null);
                request.Headers.IfRange = version;
            }

            var response = await GuardAsync(
                address, token => _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), cancellationToken);
            if (IsFile(response.StatusCode, offset))
                return new WebAnswer(this, address, offset, response);
            using (response)
                target = NextTarget(address, target, response);
        }

        throw Refused($"{address} has more than {MaximumRedirects} redirects; expected the file");
    }

    /// <summary>Returns whether a redirect may be followed: to any host, but never from https to http.</summary>
    public static bool MayLeadTo(Uri folder, Uri next) =>
        next.Scheme == Uri.UriSchemeHttps || (next.Scheme == Uri.UriSchemeHttp && folder.Scheme == Uri.UriSchemeHttp);

    /// <summary>Runs a network operation with the stall timeout; failures become one line.</summary>
    /// <exception cref="TransferException">The operation failed, or no byte came within the stall timeout.</exception>
    public async Task<T> GuardAsync<T>(Uri address, Func<CancellationToken, Task<T>> act, CancellationToken cancellationToken)
    {
        using var stall = new CancellationTokenSource(_options.StallTimeout, _options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stall.Token);
        try
        {
            return await act(either.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or HttpRequestException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw stall.IsCancellationRequested
                ? Passing($"{address}: no byte came for {_options.StallTimeout.TotalSeconds:0.###} s", exception)
                : Describe(address, exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static bool IsFile(HttpStatusCode status, long offset) => status == HttpStatusCode.OK
        || (offset > 0 && status is HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable);

    private static TransferException Refused(string text) => new(text) { IsRefusal = true };

    private static TransferException Passing(string text, Exception? inner = null) => new(text, inner) { IsPassing = true };

    private Uri NextTarget(Uri address, Uri target, HttpResponseMessage response)
    {
        if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
        {
            throw Refusal(address, response);
        }

        if (response.Headers.Location is not { } location || !Uri.TryCreate(target, location, out var next))
            throw Refused($"{address}: a redirect ({(int)response.StatusCode}) leads nowhere; expected an address");
        if (!MayLeadTo(_folder, next))
            throw Refused($"{address}: a redirect leads to {next.Scheme}; expected {_folder.Scheme}, as requested, or better");
        return next;
    }

    private TransferException Refusal(Uri address, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var text = $"{address}: the answer is HTTP status {status}; expected 200";
        // 408 Request Timeout, 429 Too Many Requests and server errors may pass.
        if (status is not (408 or 429 or >= 500))
            return Refused(text);
        var wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - _options.Clock.GetUtcNow(),
            _ => TimeSpan.Zero,
        };
        return wait > _options.MaximumRetryAfter
            ? new TransferException($"{text}; the server asks to come back in {wait.TotalSeconds:F0} s")
            : new TransferException(text) { IsPassing = true, RetryAfter = wait };
    }

    private static TransferException Describe(Uri address, Exception exception)
    {
        var cause = (exception.InnerException ?? exception).Message;
        return (exception as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => new TransferException($"{address}: cannot find the server: {cause}", exception),
            HttpRequestError.SecureConnectionError => new TransferException($"{address}: no secure connection: {cause}", exception),
            HttpRequestError.ProxyTunnelError => new TransferException($"{address}: the proxy refuses: {cause}", exception),
            HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded =>
                new TransferException($"{address}: the answer is not HTTP: {cause}", exception),
            HttpRequestError.ConnectionError => Passing($"{address}: cannot connect: {cause}", exception),
            _ => Passing($"{address}: the connection was interrupted", exception),
        };
    }
}

/// <summary>A server's answer: the file, the rest of it, or the refusal of a part.</summary>
internal sealed class WebAnswer(WebSource source, Uri address, long offset, HttpResponseMessage response) : IDisposable
{
    private Stream? _body;

    /// <summary>Whether the body is the whole file from its first byte.</summary>
    public bool IsWhole => response.StatusCode == HttpStatusCode.OK;

    /// <summary>The announced size of the file; null where the server does not announce it.</summary>
    public long? AnnouncedBytes => (IsWhole ? 0 : offset) + response.Content.Headers.ContentLength;

    /// <summary>The version of the file: a strong entity tag, or else the date of its last change.</summary>
    public RangeConditionHeaderValue? Version =>
        response.Headers.ETag is { IsWeak: false } tag ? new RangeConditionHeaderValue(tag)
        : response.Content.Headers.LastModified is { } date ? new RangeConditionHeaderValue(date)
        : null;

    /// <summary>Returns whether the body begins where the received bytes end, in the same version of the file.</summary>
    public bool Continues(RangeConditionHeaderValue? version) =>
        response.StatusCode == HttpStatusCode.PartialContent
        && response.Content.Headers.ContentRange is { Unit: "bytes", From: { } from } && from == offset
        && (version is null || Version is null || version.Equals(Version));

    /// <summary>Reads some bytes of the body; 0 at its end.</summary>
    /// <exception cref="TransferException">The connection was interrupted or stalled.</exception>
    public async Task<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        _body ??= await response.Content.ReadAsStreamAsync(cancellationToken);
        return await source.GuardAsync(address, token => _body.ReadAsync(buffer, token).AsTask(), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => response.Dispose();
}
