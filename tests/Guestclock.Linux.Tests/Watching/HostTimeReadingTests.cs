using Guestclock.Facts;
using Guestclock.Linux.Live;
using Guestclock.Linux.Watching;
using Guestclock.Testing;

namespace Guestclock.Linux.Tests.Watching;

public class HostTimeReadingTests
{
    [Fact]
    public void A_real_chronyd_and_the_kernel_answer()
    {
        if (!Chronyd.IsInstalled)
            Assert.Skip(Chronyd.NotInstalled);
        using var chronyd = Chronyd.Server(FakeUdpServer.FreePort());
        using var transport = new ChronyTransport([chronyd.SocketPath], chronyd.CommandPort, TimeSpan.FromSeconds(5));
        var reading = HostTimeReading.Read(transport, new Adjtimex());
        Assert.True(reading.Chrony.TryGet(out var tracking), reading.Chrony.Why);
        Assert.Equal(8, tracking.Stratum);
        Assert.True(reading.Kernel.IsKnown, reading.Kernel.Why);
    }

    [Fact]
    public void Without_chronyd_the_kernel_still_answers()
    {
        using var transport = new ChronyTransport([], FakeUdpServer.FreePort(), TimeSpan.FromMilliseconds(200));
        var reading = HostTimeReading.Read(transport, new Adjtimex());
        Assert.Equal(FactState.Missing, reading.Chrony.State);
        Assert.True(reading.Kernel.IsKnown, reading.Kernel.Why);
    }
}
