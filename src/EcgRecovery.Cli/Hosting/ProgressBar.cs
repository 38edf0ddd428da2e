namespace EcgRecovery.Cli.Hosting;

/// <summary>A line on a terminal that is drawn over itself, without escape codes: label, bar, percentage, detail.</summary>
/// <param name="label">The work, as in <c>training autoencoder</c>.</param>
/// <param name="terminal">Receives the line.</param>
/// <param name="clock">The clock that spaces the redraws.</param>
/// <param name="columns">Returns the terminal's width; a longer line is cut, because a wrapped one could not be drawn over.</param>
internal sealed class ProgressBar(string label, TextWriter terminal, TimeProvider clock, Func<int> columns)
{
    private const int Width = 10;

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(0.1);

    private int _shown; // characters on the line
    private long _lastDraw;

    /// <summary>Draws the line, unless it was drawn within the last tenth of a second.</summary>
    /// <param name="fraction">The share that is done, 0 to 1.</param>
    /// <param name="detail">Short, as in <c>loss 0.00123  ETA 0:42</c>.</param>
    public void Set(double fraction, string detail)
    {
        if (_shown > 0 && clock.GetElapsedTime(_lastDraw) < s_interval)
            return;
        _lastDraw = clock.GetTimestamp();
        var bar = new string('#', (int)(Math.Clamp(fraction, 0, 1) * Width)).PadRight(Width, '.');
        Draw($"{label} {bar} {100 * fraction,3:F0} %  {detail}".TrimEnd());
    }

    /// <summary>Removes the line.</summary>
    public void Clear()
    {
        if (_shown == 0)
            return;
        Draw("");
        terminal.Write('\r');
    }

    private void Draw(string line)
    {
        line = line[..Math.Min(line.Length, Math.Max(0, columns() - 1))];
        terminal.Write($"\r{line.PadRight(_shown)}");
        _shown = line.Length;
    }
}
