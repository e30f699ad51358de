using Guestclock.Probes;
using Guestclock.Testing;

namespace Guestclock.Tests.Probes;

public class UnitStateTests
{
    public static TheoryData<string, MemoryMachine, bool?> Machines => new()
    {
        { "nothing there", new MemoryMachine(), null },
        { "unit, not enabled", new MemoryMachine().File("/usr/lib/systemd/system/chronyd.service", "[Unit]"), false },
        {
            "unit and wants link", new MemoryMachine().File("/usr/lib/systemd/system/chronyd.service", "[Unit]")
                .Link("/etc/systemd/system/multi-user.target.wants/chronyd.service", "/usr/lib/systemd/system/chronyd.service"), true
        },
        {
            "masked", new MemoryMachine().File("/usr/lib/systemd/system/chronyd.service", "[Unit]").Link("/etc/systemd/system/chronyd.service", "/dev/null")
                .Link("/etc/systemd/system/multi-user.target.wants/chronyd.service", "/usr/lib/systemd/system/chronyd.service"), false
        },
        { "SysV off", new MemoryMachine().File("/etc/init.d/chronyd", "#!/bin/sh").Link("/etc/rc.d/rc3.d/K74chronyd", "../init.d/chronyd"), false },
        { "SysV on", new MemoryMachine().File("/etc/init.d/chronyd", "#!/bin/sh").Link("/etc/rc.d/rc3.d/S58chronyd", "../init.d/chronyd"), true },
        { "OpenRC on", new MemoryMachine().File("/etc/init.d/chronyd", "#!/sbin/openrc-run").Link("/etc/runlevels/default/chronyd", "/etc/init.d/chronyd"), true },
    };

    [Theory]
    [MemberData(nameof(Machines))]
    public void Tells_whether_it_starts_at_boot(string name, MemoryMachine machine, bool? enabled)
    {
        var fact = UnitState.Enabled(machine, "chronyd");
        Assert.True(enabled == (fact.IsKnown ? fact.Value : null), name);
    }
}
