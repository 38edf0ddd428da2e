namespace EcgRecovery.Cli.Downloads;

/// <summary>Timeouts, retries and limits of a download. Clock and pauses are passed in, so that tests need not wait.</summary>
internal sealed record DownloadOptions
{
    /// <summary>The clock for stalls, for the speed, and for a <c>Retry-After</c> that is a date.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Waits before the next attempt.</summary>
    public Func<TimeSpan, CancellationToken, Task> Pause { get; init; } = Task.Delay;

    /// <summary>The longest time without a byte; then the connection is closed.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest allowed file. The largest of the databases have 3 MB; the list of hashes holds no sizes.</summary>
    public long MaximumFileBytes { get; init; } = 16 << 20;

    /// <summary>The largest number of consecutive attempts for a file without a new byte.</summary>
    public int MaximumFruitlessTries { get; init; } = 5;

    /// <summary>The largest number of attempts for a file.</summary>
    public int MaximumTries { get; init; } = 100;

    /// <summary>The pause after the first attempt without a new byte; doubled after every further one.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest <c>Retry-After</c> to wait for; a longer one ends the download.</summary>
    public TimeSpan MaximumRetryAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Number of parallel connections; few, to spare the server. The result does not depend on it.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>The number of files with connection failures after which no further file is requested.</summary>
    public int MaximumUnreachableFiles { get; init; } = 4;
}
