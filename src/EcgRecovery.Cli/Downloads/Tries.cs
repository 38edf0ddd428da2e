namespace EcgRecovery.Cli.Downloads;

/// <summary>Repeats a failed attempt where that may help, after pauses that double.</summary>
internal static class Tries
{
    /// <summary>Runs an attempt until it succeeds, fails for good, or has failed too often.</summary>
    /// <param name="attempt">Throws a <see cref="TransferException"/> where it fails.</param>
    /// <param name="received">Returns the number of bytes received so far; an attempt that raises its maximum was not fruitless.</param>
    /// <param name="options">Numbers of attempts, and pauses.</param>
    /// <param name="cancellationToken">Cancels the attempts and the pauses.</param>
    /// <exception cref="TransferException">The last attempt failed.</exception>
    public static async Task UntilDoneAsync(
        Func<Task> attempt, Func<long> received, DownloadOptions options, CancellationToken cancellationToken)
    {
        var maximum = received();
        var fruitless = 0;
        for (var tries = 1; ; tries++)
        {
            try
            {
                await attempt();
                return;
            }
            catch (TransferException failure) when (failure.IsPassing)
            {
                fruitless = received() > maximum ? 1 : fruitless + 1;
                maximum = Math.Max(maximum, received());
                if (fruitless >= options.MaximumFruitlessTries || tries >= options.MaximumTries)
                    throw failure.AfterTries(tries);
                var pause = options.FirstPause * Math.Pow(2, fruitless - 1);
                await options.Pause(failure.RetryAfter > pause ? failure.RetryAfter : pause, cancellationToken);
            }
        }
    }
}
