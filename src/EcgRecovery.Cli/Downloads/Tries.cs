namespace EcgRecovery.Cli.Downloads;

/// <summary>Tries again where that may help, with pauses that double.</summary>
internal static class Tries
{
    /// <summary>Runs an action until it succeeds, or until further tries are of no use.</summary>
    /// <param name="attempt">Throws a <see cref="TransferException"/> where it fails.</param>
    /// <param name="received">How many bytes are here; a try that adds to the most there ever were is not counted as fruitless.</param>
    /// <param name="options">How often, and with what pauses.</param>
    /// <param name="cancellationToken">Ends the pauses too.</param>
    /// <exception cref="TransferException">The last try's.</exception>
    public static async Task UntilDoneAsync(Func<Task> attempt, Func<long> received, DownloadOptions options, CancellationToken cancellationToken)
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
                if (fruitless >= options.FruitlessTries || tries >= options.Tries)
                    throw failure.AfterTries(tries);
                var pause = options.FirstPause * Math.Pow(2, fruitless - 1);
                await options.Pause(failure.RetryAfter > pause ? failure.RetryAfter : pause, cancellationToken);
            }
        }
    }
}
