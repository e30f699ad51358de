using Guestclock.Facts;
using Guestclock.Probes;
using Guestclock.Testing;
using Guestclock.Tests.Formats;

namespace Guestclock.Tests.Probes;

public class XenProbeTests
{
    [Fact]
    public void Finds_guests_and_no_others()
    {
        var guests = XenProbe.Gather(new MemoryMachine()
            .File("/etc/xen/web.cfg", XlConfigTests.Debian)
            .File("/etc/xen/xl.conf", "vif.default.script=\"vif-bridge\"\n")
            .File("/etc/xen/notes", "name = 'no guest'\n")
            .File("/etc/xen/xmexample1", "name = 'example'\nmemory=1\n")
            .File("/etc/xen/scripts/vif-bridge", "#!/bin/bash\nname=x\n")
            .Link("/etc/xen/auto/web.cfg", "../web.cfg")
            .File("/etc/xen/vm/sles", "name=\"sles\"\nmemory=512\ntsc_mode=1\n")).Guests.Value!;
        Assert.Equal([new("/etc/xen/web.cfg", "web", "native", true), new XenGuestConfig("/etc/xen/vm/sles", "sles", "1", null)], guests);
    }

    [Fact]
    public void Finds_where_the_wall_clock_is_set()
    {
        var facts = XenProbe.Gather(new MemoryMachine()
            .File("/etc/sysctl.conf", "# xen.independent_wallclock = 0\nnet.ipv4.ip_forward = 0\nxen.independent_wallclock = 1\n")
            .File("/etc/init.d/boot.local", "#! /bin/sh\necho 1 > /proc/sys/xen/independent_wallclock\n")
            .File("/proc/sys/xen/independent_wallclock", "1\n"));
        Assert.Equal(["/etc/sysctl.conf:3", "/etc/init.d/boot.local:2"], facts.IndependentWallclockSettings.Value!);
        Assert.Equal("1", facts.IndependentWallclock.Value);
    }

    [Fact]
    public void Nothing_there()
    {
        var facts = XenProbe.Gather(new MemoryMachine());
        Assert.Equal(FactState.Missing, facts.Guests.State);
        Assert.Empty(facts.IndependentWallclockSettings.Value!);
        var image = XenProbe.Gather(new MemoryMachine { Absent = FactState.NotRecorded });
        Assert.Equal((FactState.NotRecorded, FactState.NotRecorded), (image.Guests.State, image.IndependentWallclockSettings.State));
    }
}
