using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Guestclock.Linux.Services;

/// <summary>What a service is told by signals.</summary>
public enum ServiceSignal
{
    /// <summary>SIGTERM or SIGINT.</summary>
    Stop,

    /// <summary>SIGHUP.</summary>
    Reload,
}

/// <summary>The signals of this process, in order, in place of what they would do by themselves.</summary>
public sealed class ServiceSignals : IDisposable
{
    private readonly Channel<ServiceSignal> _signals = Channel.CreateBounded<ServiceSignal>(16);
    private readonly PosixSignalRegistration[] _registrations;

    public ServiceSignals() => _registrations =
    [
        Register(PosixSignal.SIGTERM, ServiceSignal.Stop),
        Register(PosixSignal.SIGINT, ServiceSignal.Stop),
        Register(PosixSignal.SIGHUP, ServiceSignal.Reload),
    ];

    public ChannelReader<ServiceSignal> Reader => _signals.Reader;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    private PosixSignalRegistration Register(PosixSignal signal, ServiceSignal meaning) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        _signals.Writer.TryWrite(meaning);
    });
}
