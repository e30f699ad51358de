using Guestclock.Facts;
using Guestclock.Fixes;
using Guestclock.Fixes.Steps;
using Guestclock.Probes;
using Guestclock.Testing;

namespace Guestclock.Tests.Fixes.Xen;

public class XenWallclockFixTests
{
    [Theory]
    [InlineData("/etc/sysctl.conf", "# Xen\nxen.independent_wallclock = 1\nkernel.panic = 5\n", "# Xen\nkernel.panic = 5\n")]
    [InlineData("/etc/sysctl.d/90-xen.conf", "xen/independent_wallclock=1", "")]
    [InlineData("/etc/rc.local", "#!/bin/sh\necho 1 > /proc/sys/xen/independent_wallclock\nexit 0\n", "#!/bin/sh\nexit 0\n")]
    [InlineData("/etc/init.d/boot.local", "#! /bin/sh\n# local\nsysctl -w xen.independent_wallclock=1", "#! /bin/sh\n# local\n")]
    public void A_line_that_is_left_over_goes_and_nothing_else(string path, string before, string after)
    {
        var plan = Plan(path, before);
        Assert.Equal(after, Planned.OnlyFile(plan, path));
        Assert.Equal(Effect.NextBoot, plan.Steps[0].Effect);
        Assert.Empty(Plan(path, after).Steps);
    }

    [Theory]
    [InlineData("/etc/rc.local", "if true; then\necho 1 > /proc/sys/xen/independent_wallclock\nfi\n")]
    [InlineData("/etc/rc.local", "test -e /proc/sys/xen && echo 1 > /proc/sys/xen/independent_wallclock\n")]
    [InlineData("/etc/rc.local", "cat <<E\necho 1 > /proc/sys/xen/independent_wallclock\nE\n")]
    [InlineData("/etc/rc.local", "true && \\\necho 1 > /proc/sys/xen/independent_wallclock\n")]
    [InlineData("/usr/lib/sysctl.d/90-xen.conf", "xen.independent_wallclock=1\n")]
    public void What_may_belong_to_more_is_left_to_the_user(string path, string text)
    {
        var plan = Plan(path, text);
        Assert.Empty(plan.Steps);
        Assert.Contains(path, Planned.ByHand(plan), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_no_change_that_is_made_unasked() =>
        Assert.Equal(FindingState.Optional, Assert.Single(Plan("/etc/sysctl.conf", "xen.independent_wallclock = 1\n", named: false).Findings).State);

    [Fact]
    public void Where_the_kernel_keeps_its_own_clock_now_that_is_written_down()
    {
        const string path = "/etc/sysctl.conf";
        var plan = Plan(path, "kernel.panic = 5\n", "1\n", named: false);
        Assert.Equal("kernel.panic = 5\nxen.independent_wallclock = 1\n", Planned.OnlyFile(plan, path));
        Assert.Empty(Plan(path, "kernel.panic = 5\nxen.independent_wallclock = 1\n", "1\n").Steps);
    }

    [Fact]
    public void The_kernel_parameter_is_handed_to_the_repair_of_the_boot_configuration()
    {
        var machine = new MemoryMachine();
        var facts = Facts(machine);
        facts = facts with { Clock = facts.Clock with { CommandLine = Some.Known(Some.Arguments("ro xen.independent_wallclock=1 quiet")) } };
        var finding = new Guestclock.Checks.Xen.XenWallclock().Judge(facts, Guestclock.Checks.Policy.Default);
        Assert.Equal(["xen.independent_wallclock=1"], finding.Remedy!.Arguments!.Remove);
        Assert.Empty(finding.Remedy.Arguments.Add);
    }

    private static Plan Plan(string path, string text, string? value = null, bool named = true)
    {
        var machine = new MemoryMachine().File(path, text);
        if (value is not null)
            machine.File("/proc/sys/xen/independent_wallclock", value);
        return Planned.For(Facts(machine), machine, "xen-wallclock", named);
    }

    private static MachineFacts Facts(MemoryMachine machine) => Some.KvmGuest() with
    {
        Identity = Some.KvmGuest().Identity with { Hypervisor = Some.Known(Hypervisor.Xen), Roles = Some.List(Role.XenGuest) },
        Xen = XenProbe.Gather(machine),
    };
}
