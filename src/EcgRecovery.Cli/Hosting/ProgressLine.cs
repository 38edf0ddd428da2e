namespace EcgRecovery.Cli.Hosting;

/// <summary>Progress of long work on stderr: a bar on a terminal, otherwise a plain line every ten seconds.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class ProgressLine : IProgress<double>, IDisposable
{
    private static readonly TimeSpan s_plainInterval = TimeSpan.FromSeconds(10);

    private readonly string _label;
    private readonly TextWriter _error;
    private readonly TimeProvider _clock;
    private readonly ProgressBar? _bar;
    private long _lastPlainLine;

    /// <param name="label">The work, as in <c>training autoencoder</c>.</param>
    /// <param name="error">The process's stderr, or a test's writer.</param>
    /// <param name="clock">The clock that spaces the lines.</param>
    public ProgressLine(string label, TextWriter error, TimeProvider? clock = null)
    {
        _label = label;
        _error = error;
        _clock = clock ?? TimeProvider.System;
        _lastPlainLine = _clock.GetTimestamp();
        if (error == Console.Error && Terminal.CanDraw)
            _bar = new ProgressBar(label, error, _clock, () => Terminal.Columns);
    }

    /// <summary>Shows how much of the work is done.</summary>
    /// <param name="fraction">The share that is done, 0 to 1.</param>
    /// <param name="detail">Short, as in <c>loss 0.00123  ETA 0:42</c>.</param>
    public void Report(double fraction, string detail)
    {
        if (_bar is not null)
        {
            _bar.Set(fraction, detail);
        }
        else if (_clock.GetElapsedTime(_lastPlainLine) >= s_plainInterval)
        {
            _lastPlainLine = _clock.GetTimestamp();
            _error.WriteLine($"{_label}: {100 * fraction,3:F0} %  {detail}".TrimEnd());
        }
    }

    /// <inheritdoc/>
    public void Report(double value) => Report(value, "");

    /// <summary>Writes a line that stays above the bar.</summary>
    public void WriteLine(string text)
    {
        _lastPlainLine = _clock.GetTimestamp();
        _bar?.Clear();
        _error.WriteLine(text);
    }

    /// <summary>Removes the bar.</summary>
    public void Dispose() => _bar?.Clear();
}
