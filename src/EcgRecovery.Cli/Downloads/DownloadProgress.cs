using EcgRecovery.Cli.Hosting;

namespace EcgRecovery.Cli.Downloads;

/// <summary>Progress of a download on stderr: files and bytes. Thread-safe.</summary>
/// <param name="files">Number of files to fetch.</param>
/// <param name="error">The process's stderr, or a test's writer.</param>
/// <param name="clock">The clock that measures the speed and spaces the lines.</param>
internal sealed class DownloadProgress(int files, TextWriter error, TimeProvider clock) : IDisposable
{
    private readonly ProgressLine _line = new("downloading", error, clock);
    private readonly Lock _lock = new();
    private readonly long _start = clock.GetTimestamp();
    private int _filesDone;
    private long _bytes;

    /// <summary>Counts received bytes.</summary>
    public void AddBytes(int count)
    {
        lock (_lock)
        {
            _bytes += count;
            Report();
        }
    }

    /// <summary>Counts a complete file.</summary>
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

    // The share is that of files, because the total number of bytes is not known.
    private void Report()
    {
        var seconds = clock.GetElapsedTime(_start).TotalSeconds;
        var speed = seconds > 0 ? $"  {_bytes / seconds / 1e6:F1} MB/s" : "";
        _line.Report((double)_filesDone / files, $"{_filesDone}/{files} files  {_bytes / 1e6:F1} MB{speed}");
    }
}
