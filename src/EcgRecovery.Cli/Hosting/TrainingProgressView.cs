using System.Globalization;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Cli.Hosting;

/// <summary>Progress of a training run on stderr: a <see cref="ProgressLine"/>, and one line for each finished epoch.</summary>
/// <param name="model">The model's name.</param>
/// <param name="error">The process's stderr, or a test's writer.</param>
/// <param name="clock">The clock that measures the speed and spaces the lines.</param>
/// <param name="unit">What the network learns from, in the plural.</param>
internal sealed class TrainingProgressView(string model, TextWriter error, TimeProvider? clock = null, string unit = "beats") : IDisposable
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly ProgressLine _line = new($"training {model}", error, clock);
    private (long Timestamp, long Done)? _first;

    /// <summary>Shows the state of training.</summary>
    /// <param name="progress">The state after a batch or an epoch.</param>
    public void Report(TrainingProgress progress)
    {
        if (progress.Finished is { } epoch)
        {
            var validation = double.IsNaN(epoch.ValidationLoss) ? "" : $"  validation loss {FormatLoss(epoch.ValidationLoss)}";
            _line.WriteLine($"epoch {epoch.Epoch}/{progress.Epochs}  loss {FormatLoss(epoch.Loss)}{validation}");
            return;
        }

        var all = (long)progress.Epochs * progress.Total;
        var done = ((long)(progress.Epoch - 1) * progress.Total) + progress.Done;
        var epochs = $"epoch {progress.Epoch}/{progress.Epochs}";
        _line.Report((double)done / all, $"{epochs}  loss {FormatLoss(progress.Loss)}{Speed(done, all - done)}");
    }

    /// <summary>Removes the bar.</summary>
    public void Dispose() => _line.Dispose();

    // Counted from the first report, because a resumed run did what lies before it at another time.
    private string Speed(long done, long left)
    {
        _first ??= (_clock.GetTimestamp(), done);
        var seconds = _clock.GetElapsedTime(_first.Value.Timestamp).TotalSeconds;
        if (seconds <= 0 || done == _first.Value.Done)
            return "";
        var perSecond = (done - _first.Value.Done) / seconds;
        var remaining = FormatDuration(TimeSpan.FromSeconds(left / perSecond));
        return $"  {perSecond:N0} {unit}/s  ETA {remaining}";
    }

    // The original's losses span 1e-1 to 1e-7.
    private static string FormatLoss(double loss) =>
        loss.ToString(loss is >= 1e-3 or 0 ? "0.000000" : "0.000e+00", CultureInfo.InvariantCulture);

    /// <summary>Returns a duration as <c>0:42</c> or <c>1:02:03</c>.</summary>
    public static string FormatDuration(TimeSpan duration)
    {
        var whole = TimeSpan.FromSeconds(Math.Round(Math.Max(0, duration.TotalSeconds)));
        return whole.TotalHours >= 1
            ? $"{(int)whole.TotalHours}:{whole.Minutes:00}:{whole.Seconds:00}"
            : $"{whole.Minutes}:{whole.Seconds:00}";
    }
}
