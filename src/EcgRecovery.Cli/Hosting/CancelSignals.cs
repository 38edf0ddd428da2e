using System.Runtime.InteropServices;

namespace EcgRecovery.Cli.Hosting;

/// <summary>Cancels a token on the first Ctrl-C or SIGTERM; the second one ends the process at once.</summary>
/// <remarks>After the first one the verb removes half-written files; see <see cref="ExitCode.Cancelled"/>.</remarks>
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

    /// <summary>The token that the first signal cancels.</summary>
    public CancellationToken Token => _source.Token;

    private void OnSignal(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested)
            return; // the signal's default effect ends the process
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
