using System.Runtime.InteropServices;

namespace EcgRecovery.Cli.Hosting;

/// <summary>Turns Ctrl-C and SIGTERM into a cancelled token; the second one ends the process at once.</summary>
/// <remarks>The first one lets the verb remove what it has half written; see <see cref="ExitCode.Cancelled"/>.</remarks>
internal sealed class CancelSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public CancelSignals()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    private void OnSignal(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested)
            return; // waiting is not what the user wants: the signal's own effect ends the process
        context.Cancel = true;
        _source.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }
}
