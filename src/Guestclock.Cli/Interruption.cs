using System.Runtime.InteropServices;

namespace Guestclock.Cli;

/// <summary>
/// Signals while files are being changed. The first one is a wish to end: the run is undone, and the process says so. The second one ends the
/// process at once, as without this; then the next start undoes the run. What comes right after the first one is the same wish: timeout(1) sends each signal to
/// the process and again to its group.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly PosixSignal[] Signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];

    private static readonly TimeSpan SameWish = TimeSpan.FromMilliseconds(300);

    private readonly CancellationTokenSource _source;
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly PosixSignalRegistration[] _registrations;
    private long? _firstAt;

    public Interruption(CancellationToken cancellationToken, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
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

    internal void Take(PosixSignalContext context)
    {
        lock (_gate)
        {
            _firstAt ??= _time.GetTimestamp();
            context.Cancel = _time.GetElapsedTime(_firstAt.Value) < SameWish;
        }

        _source.Cancel();
    }
}
