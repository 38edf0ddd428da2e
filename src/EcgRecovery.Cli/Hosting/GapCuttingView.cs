using EcgRecovery.Recovery.Records.Training;

namespace EcgRecovery.Cli.Hosting;

/// <summary>Progress of cutting gaps to learn from, on stderr, with the time that is left.</summary>
/// <param name="error">The process's stderr, or a test's writer.</param>
/// <param name="clock">The clock that measures the speed and spaces the lines.</param>
internal sealed class GapCuttingView(TextWriter error, TimeProvider? clock = null) : IDisposable
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly ProgressLine _line = new("cutting gaps", error, clock);
    private long _last = (clock ?? TimeProvider.System).GetTimestamp();
    private TimeSpan _spent;
    private int _cut;

    /// <summary>Shows the state.</summary>
    /// <param name="progress">The state after a round.</param>
    public void Report(GapCuttingProgress progress)
    {
        // Rounds that are read take no time, and come before those that are cut.
        if (progress.IsNew)
            (_spent, _cut) = (_spent + _clock.GetElapsedTime(_last), _cut + 1);
        _last = _clock.GetTimestamp();
        var left = _cut == 0 ? "" : $"  ETA {TrainingProgressView.FormatDuration(_spent / _cut * (progress.Total - progress.Done))}";
        _line.Report((double)progress.Done / progress.Total, $"recording {progress.Recording}{left}");
        // The line of the epochs takes its place.
        if (progress.Done == progress.Total)
            _line.Dispose();
    }

    /// <summary>Removes the bar.</summary>
    public void Dispose() => _line.Dispose();
}
