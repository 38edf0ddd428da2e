using System.Globalization;

namespace EcgRecovery.Cli.Hosting;

/// <summary>Shows a training run: the bar or plain lines of <see cref="ProgressLine"/>, and one lasting line an epoch.</summary>
/// <param name="model">The model's name.</param>
/// <param name="error">Where logs go: the process's stderr, or a test's writer.</param>
/// <param name="clock">Spaces the plain lines.</param>
internal sealed class TrainingProgressView(string model, TextWriter error, TimeProvider? clock = null) : IDisposable
{
    private readonly ProgressLine _line = new($"training {model}", error, clock);
    private int _epochs;

    /// <summary>Says how far training has come.</summary>
    /// <param name="epoch">The epoch under way, counted from 1.</param>
    /// <param name="epochs">All epochs of the run.</param>
    /// <param name="batch">Batches done in this epoch.</param>
    /// <param name="batches">Batches of an epoch.</param>
    /// <param name="loss">Mean training loss of the epoch so far.</param>
    /// <param name="beatsPerSecond">Speed of training.</param>
    /// <param name="remaining">Estimated time to the end of the run.</param>
    public void Report(int epoch, int epochs, int batch, int batches, double loss, double beatsPerSecond, TimeSpan remaining)
    {
        _epochs = epochs;
        var fraction = (epoch - 1 + ((double)batch / batches)) / epochs;
        _line.Report(
            fraction,
            string.Create(
                CultureInfo.InvariantCulture,
                $"epoch {epoch}/{epochs}  loss {FormatLoss(loss)}  {beatsPerSecond:N0} beats/s  ETA {FormatDuration(remaining)}"));
    }

    /// <summary>Writes the line of a finished epoch.</summary>
    /// <param name="epoch">Counted from 1.</param>
    /// <param name="loss">Mean training loss.</param>
    /// <param name="validationLoss">NaN without validation rows.</param>
    public void EpochDone(int epoch, double loss, double validationLoss)
    {
        var of = _epochs > 0 ? $"/{_epochs}" : "";
        var validation = double.IsNaN(validationLoss) ? "" : $"  validation loss {FormatLoss(validationLoss)}";
        _line.WriteLine(string.Create(CultureInfo.InvariantCulture, $"epoch {epoch}{of}  loss {FormatLoss(loss)}{validation}"));
    }

    /// <summary>Ends the bar.</summary>
    public void Dispose() => _line.Dispose();

    // The original's losses span 1e-1 to 1e-7: significant digits, not decimals.
    private static string FormatLoss(double loss) => loss.ToString(loss is >= 1e-3 or 0 ? "0.000000" : "0.000e+00", CultureInfo.InvariantCulture);

    /// <summary>As in <c>0:42</c> or <c>1:02:03</c>.</summary>
    public static string FormatDuration(TimeSpan duration)
    {
        var whole = TimeSpan.FromSeconds(Math.Round(Math.Max(0, duration.TotalSeconds)));
        return whole.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)whole.TotalHours}:{whole.Minutes:00}:{whole.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{whole.Minutes}:{whole.Seconds:00}");
    }
}
