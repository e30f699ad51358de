using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Guestclock.Linux.Agents;

namespace Guestclock.Linux.Services;

/// <summary>
/// Tells systemd how a service is: sd_notify(3), datagrams of lines <c>KEY=VALUE</c> to the socket that NOTIFY_SOCKET names. Nobody
/// listens, or nobody reads: nothing happens.
/// </summary>
public sealed class ServiceNotifier : IDisposable
{
    private const int MaxStatus = 500;

    private readonly Socket? _socket;

    private ServiceNotifier(Socket? socket, TimeSpan? watchdogLimit) => (_socket, WatchdogLimit) = (socket, watchdogLimit);

    /// <summary>Within this time systemd wants to hear <see cref="Watchdog"/>, or it restarts the service; null: it does not care.</summary>
    public TimeSpan? WatchdogLimit { get; }

    public static ServiceNotifier FromEnvironment() => Open(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"),
        Environment.GetEnvironmentVariable("WATCHDOG_USEC"), Environment.GetEnvironmentVariable("WATCHDOG_PID"));

    /// <param name="place">A path, or a name of the abstract namespace with @ before it; others (vsock) are left alone.</param>
    /// <param name="watchdogPid">Whom the watchdog is meant for; absent: whoever reads it.</param>
    public static ServiceNotifier Open(string? place, string? watchdogUsec, string? watchdogPid)
    {
        if (place is not ['/' or '@', _, ..])
            return new(null, null);
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(place[0] == '@' ? "\0" + place[1..] : place));
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            socket.Dispose();
            return new(null, null);
        }

        var isOurs = watchdogPid is null or "" || watchdogPid == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return new(socket, isOurs ? LimitOf(watchdogUsec) : null);
    }

    public void Ready(string status) => Send($"READY=1\nSTATUS={OneLine(status)}");

    public void Status(string status) => Send($"STATUS={OneLine(status)}");

    /// <summary>The configuration is being read again; <see cref="Ready"/> ends that. The time is what <c>Type=notify-reload</c> asks for.</summary>
    public void Reloading(IHostClock clock) =>
        Send(string.Create(CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={clock.MonotonicNs / 1000}"));

    public void Stopping(string status) => Send($"STOPPING=1\nSTATUS={OneLine(status)}");

    public void Watchdog() => Send("WATCHDOG=1");

    /// <summary>Calls <see cref="Watchdog"/> twice within its limit for as long as <paramref name="isAlive"/> says so.</summary>
    public async Task KeepAliveAsync(Func<bool> isAlive, CancellationToken cancellationToken)
    {
        if (WatchdogLimit is not { } limit)
            return;
        using var timer = new PeriodicTimer(limit / 2);
        try
        {
            do
            {
                if (isAlive())
                    Watchdog();
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // The service ends.
        }
    }

    public void Dispose() => _socket?.Dispose();

    private static TimeSpan? LimitOf(string? usec) =>
        long.TryParse(usec, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1000 and <= 86_400_000_000
            ? TimeSpan.FromMicroseconds(number) : null;

    private static string OneLine(string text) => text.ReplaceLineEndings(" ") is var line && line.Length <= MaxStatus ? line : line[..MaxStatus];

    private void Send(string text)
    {
        try
        {
            _socket?.Send(Encoding.UTF8.GetBytes(text), SocketFlags.None, out _);
        }
        catch (ObjectDisposedException)
        {
            // The service has ended meanwhile.
        }
    }
}
