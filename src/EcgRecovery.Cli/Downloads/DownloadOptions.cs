namespace EcgRecovery.Cli.Downloads;

/// <summary>How patient a download is; clock and pauses are passed in, so that tests need not wait.</summary>
internal sealed record DownloadOptions
{
    /// <summary>Measures stalls and speed, and gives the time of day for a <c>Retry-After</c> that is a date.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Waits before the next try.</summary>
    public Func<TimeSpan, CancellationToken, Task> Pause { get; init; } = Task.Delay;

    /// <summary>A connection that brings no byte for so long is given up; one that is slow but alive never is.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest file that is taken: the databases' largest have 3 MB, and a list of hashes tells no sizes.</summary>
    public long MaximumFileBytes { get; init; } = 16 << 20;

    /// <summary>So many tries in a row may bring nothing new before a file is given up.</summary>
    public int FruitlessTries { get; init; } = 5;

    /// <summary>So many tries a file has in all, whatever they bring.</summary>
    public int Tries { get; init; } = 100;

    /// <summary>The pause after the first fruitless try; doubled after every further one.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest <c>Retry-After</c> that is waited for; a server that asks for more ends the download.</summary>
    public TimeSpan MaximumRetryAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Connections at a time: few, out of courtesy. The result does not depend on them.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>So many files may fail for want of a working connection before no other is begun.</summary>
    public int UnreachableFiles { get; init; } = 4;
}
