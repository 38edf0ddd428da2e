using System.Net;
using System.Net.Http.Headers;
using EcgRecovery.Cli.Hosting;

namespace EcgRecovery.Cli.Downloads;

/// <summary>A folder on a web server: single requests, with redirects followed and failures told apart.</summary>
/// <remarks>HTTP semantics: RFC 9110 (redirects section 15.4, ranges section 14, If-Range section 13.1.5, Retry-After section 10.2.3).</remarks>
internal sealed class WebSource : IDisposable
{
    private const int MaximumRedirects = 10;

    private readonly Uri _folder;
    private readonly DownloadOptions _options;
    private readonly HttpClient _client;

    /// <param name="folder">Ends with a slash.</param>
    /// <param name="options">How patient it is.</param>
    public WebSource(Uri folder, DownloadOptions options)
    {
        _folder = folder;
        _options = options;
        // Redirects are followed here, where a step down to http can be refused and a circle be named; times are limited by stalls alone.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = options.Connections };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue(CommandHost.ProgramName, CommandHost.Version));
        // The hashes are those of the files themselves, and ranges count their bytes.
        _client.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
    }

    /// <summary>A file's address.</summary>
    public Uri AddressOf(string name) => new(_folder, name);

    /// <summary>Asks for a file, or for what is still missing of it.</summary>
    /// <param name="address">The file.</param>
    /// <param name="offset">The bytes that are here already; 0 asks for the whole file.</param>
    /// <param name="version">What those bytes were of; null where that is not known.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="TransferException">No answer, or one that is neither the file nor a part of it.</exception>
    public async Task<WebAnswer> OpenAsync(Uri address, long offset, RangeConditionHeaderValue? version, CancellationToken cancellationToken)
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

            var response = await GuardAsync(address, token => _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), cancellationToken);
            if (IsFile(response.StatusCode, offset))
                return new WebAnswer(this, address, offset, response);
            using (response)
                target = NextTarget(address, target, response);
        }

        throw new TransferException($"{address} leads on through more than {MaximumRedirects} redirects; expected the file") { IsRefusal = true };
    }

    /// <summary>Whether a redirect may be followed: to any host, but from a folder that was asked for over https never to plain http.</summary>
    public static bool MayLeadTo(Uri folder, Uri next) =>
        next.Scheme == Uri.UriSchemeHttps || (next.Scheme == Uri.UriSchemeHttp && folder.Scheme == Uri.UriSchemeHttp);

    /// <summary>Waits for the network, but not for ever, and says in one line what went wrong.</summary>
    /// <exception cref="TransferException">It broke off, or no byte came for the stall's time.</exception>
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
                ? new TransferException($"{address}: no byte came for {_options.StallTimeout.TotalSeconds:0.###} s", exception) { IsPassing = true }
                : Describe(address, exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static bool IsFile(HttpStatusCode status, long offset) =>
        status == HttpStatusCode.OK || (offset > 0 && status is (HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable));

    private Uri NextTarget(Uri address, Uri target, HttpResponseMessage response)
    {
        if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
        {
            throw Refusal(address, response);
        }

        if (response.Headers.Location is not { } location || !Uri.TryCreate(target, location, out var next))
            throw new TransferException($"{address}: a redirect ({(int)response.StatusCode}) leads nowhere; expected an address") { IsRefusal = true };
        if (!MayLeadTo(_folder, next))
            throw new TransferException($"{address}: a redirect leads to {next.Scheme}; expected {_folder.Scheme} as asked for, or better") { IsRefusal = true };
        return next;
    }

    private TransferException Refusal(Uri address, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var text = $"{address}: the answer is HTTP status {status}; expected 200";
        // 408 Request Timeout and 429 Too Many Requests pass, as the server's own troubles do.
        if (status is not (408 or 429 or >= 500))
            return new TransferException(text) { IsRefusal = true };
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
                new TransferException($"{address}: what answers does not speak HTTP: {cause}", exception),
            HttpRequestError.ConnectionError => new TransferException($"{address}: cannot connect: {cause}", exception) { IsPassing = true },
            _ => new TransferException($"{address}: the connection broke off", exception) { IsPassing = true },
        };
    }
}

/// <summary>What a server answered: the file, its end, or that there is no such part of it.</summary>
internal sealed class WebAnswer(WebSource source, Uri address, long offset, HttpResponseMessage response) : IDisposable
{
    private Stream? _body;

    /// <summary>Whether the body is the whole file from its first byte.</summary>
    public bool IsWhole => response.StatusCode == HttpStatusCode.OK;

    /// <summary>How many bytes the file has, as announced; null where the server does not say.</summary>
    public long? AnnouncedBytes => (IsWhole ? 0 : offset) + response.Content.Headers.ContentLength;

    /// <summary>What tells this version of the file from others: a strong entity tag, else the date of its last change.</summary>
    public RangeConditionHeaderValue? Version =>
        response.Headers.ETag is { IsWeak: false } tag ? new RangeConditionHeaderValue(tag)
        : response.Content.Headers.LastModified is { } date ? new RangeConditionHeaderValue(date)
        : null;

    /// <summary>Whether the body goes on exactly where the bytes that are here end, in the same version of the file.</summary>
    public bool Continues(RangeConditionHeaderValue? version) =>
        response.StatusCode == HttpStatusCode.PartialContent
        && response.Content.Headers.ContentRange is { Unit: "bytes", From: { } from } && from == offset
        && (version is null || Version is null || version.Equals(Version));

    /// <summary>Reads some bytes of the body; 0 at its end.</summary>
    /// <exception cref="TransferException">It broke off or stalled.</exception>
    public async Task<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        _body ??= await response.Content.ReadAsStreamAsync(cancellationToken);
        return await source.GuardAsync(address, token => _body.ReadAsync(buffer, token).AsTask(), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => response.Dispose();
}
