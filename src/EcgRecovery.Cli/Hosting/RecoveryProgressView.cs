using EcgRecovery.Recovery;

namespace EcgRecovery.Cli.Hosting;

/// <summary>Progress of a recovery on stderr: samples of gaps that are filled, and the time that is left.</summary>
/// <param name="method">The method's name.</param>
/// <param name="error">The process's stderr, or a test's writer.</param>
/// <param name="clock">The clock that measures the speed and spaces the lines.</param>
internal sealed class RecoveryProgressView(string method, TextWriter error, TimeProvider? clock = null)
    : IProgress<RecoveryProgress>, IDisposable
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly ProgressLine _line = new($"filling by {method}", error, clock);
    private readonly long _start = (clock ?? TimeProvider.System).GetTimestamp();

    /// <inheritdoc/>
    public void Report(RecoveryProgress value)
    {
        if (value.Done == 0)
            return;
        var left = _clock.GetElapsedTime(_start) * ((double)(value.Total - value.Done) / value.Done);
        _line.Report((double)value.Done / value.Total, $"ETA {TrainingProgressView.FormatDuration(left)}");
    }

    /// <summary>Removes the bar.</summary>
    public void Dispose() => _line.Dispose();
}
