using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Guestclock.Linux.Agents;
using Guestclock.Linux.Services;

namespace Guestclock.Linux.Tests.Services;

public sealed class ServiceNotifierTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gc-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_message_arrives_as_systemd_wants_it(bool isAbstract)
    {
        var name = $"{_folder.FullName}/notify";
        using var manager = Manager(isAbstract ? "\0" + name : name);
        using var notifier = ServiceNotifier.Open(isAbstract ? "@" + name : name, null, null);
        notifier.Ready("12 guests\nall right");
        notifier.Status("one paused");
        notifier.Watchdog();
        notifier.Stopping("ending");
        Assert.Equal(["READY=1\nSTATUS=12 guests all right", "STATUS=one paused", "WATCHDOG=1", "STOPPING=1\nSTATUS=ending"], Enumerable.Range(0, 4).Select(_ => Receive(manager)));
        notifier.Reloading(HostClock.Instance);
        var reloading = Receive(manager).Split("\nMONOTONIC_USEC=");
        Assert.Equal("RELOADING=1", reloading[0]);
        Assert.InRange((HostClock.Instance.MonotonicNs / 1000) - long.Parse(reloading[1], CultureInfo.InvariantCulture), 0, 10_000_000);
    }

    [Fact]
    public async Task The_watchdog_is_fed_twice_within_its_limit_for_as_long_as_the_loop_lives()
    {
        using var manager = Manager(_folder.FullName + "/notify");
        using var notifier = ServiceNotifier.Open(_folder.FullName + "/notify", "200000", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(TimeSpan.FromMilliseconds(200), notifier.WatchdogLimit);
        using var stop = new CancellationTokenSource();
        var isAlive = true;
        var feeding = notifier.KeepAliveAsync(() => isAlive, stop.Token);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < 5; i++)
            Assert.Equal("WATCHDOG=1", Receive(manager));
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0.2, 3);
        isAlive = false;
        await Task.Delay(150);
        while (manager.Available > 0)
            Receive(manager);
        await Task.Delay(300);
        Assert.Equal(0, manager.Available);
        await stop.CancelAsync();
        await feeding;
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("", "1000000", null)]
    [InlineData("vsock:2:1234", "1000000", null)]
    [InlineData("/no/such/socket", "1000000", null)]
    public void Without_a_manager_nothing_happens(string? place, string? usec, string? pid)
    {
        using var notifier = ServiceNotifier.Open(place, usec, pid);
        notifier.Ready("");
        Assert.Null(notifier.WatchdogLimit);
    }

    [Theory]
    [InlineData("1000000", "1")]
    [InlineData("often", null)]
    [InlineData("0", null)]
    public void A_watchdog_for_somebody_else_or_of_no_time_is_none(string usec, string? pid)
    {
        using var manager = Manager(_folder.FullName + "/notify");
        using var notifier = ServiceNotifier.Open(_folder.FullName + "/notify", usec, pid);
        Assert.Null(notifier.WatchdogLimit);
    }

    [Fact]
    public void A_manager_that_reads_nothing_does_not_hold_us_up()
    {
        using var manager = Manager(_folder.FullName + "/notify");
        using var notifier = ServiceNotifier.Open(_folder.FullName + "/notify", null, null);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < 10_000; i++)
            notifier.Status(new string('x', 500));
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 5);
    }

    private static Socket Manager(string name)
    {
        var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 5000 };
        manager.Bind(new UnixDomainSocketEndPoint(name));
        return manager;
    }

    private static string Receive(Socket manager)
    {
        var buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, manager.Receive(buffer));
    }
}
