using System.Runtime.InteropServices;

namespace Guestclock.Cli.Fixing;

/// <summary>
/// Signals while files are being changed. The first one is a wish to end: the run is undone, and the process says so. The second one ends the
/// process at once, as without this; then the next start undoes the run.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly PosixSignal[] Signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];

    private readonly CancellationTokenSource _source;
    private readonly PosixSignalRegistration[] _registrations;

    public Interruption(CancellationToken cancellationToken)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _registrations = [.. Signals.Select(s => PosixSignalRegistration.Create(s, Take))];
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void Take(PosixSignalContext context)
    {
        context.Cancel = !_source.IsCancellationRequested;
        _source.Cancel();
    }
}
