using System.Globalization;
using EcgRecovery.Cli.Hosting;

namespace EcgRecovery.Cli.Downloads;

/// <summary>Files and bytes on stderr, as they come; told by several threads.</summary>
/// <param name="files">How many are to come.</param>
/// <param name="error">Where logs go: the process's stderr, or a test's writer.</param>
/// <param name="clock">Measures the speed and spaces the plain lines.</param>
internal sealed class DownloadProgress(int files, TextWriter error, TimeProvider clock) : IDisposable
{
    private readonly ProgressLine _line = new("downloading", error, clock);
    private readonly Lock _lock = new();
    private readonly long _start = clock.GetTimestamp();
    private int _filesDone;
    private long _bytes;

    /// <summary>Some bytes came.</summary>
    public void AddBytes(int count)
    {
        lock (_lock)
        {
            _bytes += count;
            Report();
        }
    }

    /// <summary>A file is whole.</summary>
    public void AddFile()
    {
        lock (_lock)
        {
            _filesDone++;
            Report();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _line.Dispose();

    // How many bytes there will be nobody says: the share is of files.
    private void Report()
    {
        var seconds = clock.GetElapsedTime(_start).TotalSeconds;
        var speed = seconds > 0 ? string.Create(CultureInfo.InvariantCulture, $"  {_bytes / seconds / 1e6:F1} MB/s") : "";
        _line.Report((double)_filesDone / files, string.Create(CultureInfo.InvariantCulture, $"{_filesDone}/{files} files  {_bytes / 1e6:F1} MB{speed}"));
    }
}
