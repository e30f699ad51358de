using Guestclock.Facts;
using Guestclock.Fixes.Steps;
using Guestclock.Testing;
using Guestclock.Tests.Checks.TimeServices;

namespace Guestclock.Tests.Fixes.Services;

/// <summary>Images that mean harm: a plan is made or refused with a sentence, and no link leaves the folders of units and run levels.</summary>
public class HostileServiceTests
{
    private const string Unit = "/usr/lib/systemd/system/chrony.service";

    [Theory]
    [InlineData("[Install]\nWantedBy=../../../etc/cron.d/x\n", "no name of a unit")]
    [InlineData("[Install]\nWantedBy=a.@\n", "no name of a unit")]
    [InlineData("[Install]\nWantedBy=%n%n%\n", "no name of a unit")]
    [InlineData("[Install]\nWantedBy=%H.target\n", "%H")]
    [InlineData("[Service]\n", "no [Install] section")]
    [InlineData("", "masked")]
    public void What_is_no_unit_is_refused(string unit, string says) =>
        Assert.Contains(says, Planned.ByHand(Planned.For(Off(), new MemoryMachine { IsLive = false }.File(Unit, unit), "time-service-enabled")), StringComparison.Ordinal);

    [Fact]
    public void Aliases_in_a_circle_are_refused() => Assert.NotEmpty(Planned.ByHand(Planned.For(Off(), new MemoryMachine { IsLive = false }
        .Link("/etc/systemd/system/chrony.service", "a.service").Link("/etc/systemd/system/a.service", "chrony.service"), "time-service-enabled")));

    [Fact]
    public void Units_that_name_each_other_are_enabled_once()
    {
        var machine = new MemoryMachine { IsLive = false }.File(Unit, "[Install]\nAlso=a.service\nWantedBy=x.target\n")
            .File("/usr/lib/systemd/system/a.service", "[Install]\nAlso=chrony.service a.service\nWantedBy=x.target\n");
        Assert.Equal(2, Planned.For(Off(), machine, "time-service-enabled").Steps.Count);
    }

    [Fact]
    public void Any_unit_leads_to_links_below_the_folder_of_units() => Fuzz.Text(
        ["[Unit]\nDescription=x\n[Install]\nWantedBy=multi-user.target graphical.target\nAlias=chronyd.service\nAlso=b@x.service\n", "[Install]\r\nRequiredBy=%p-%i@%j.target\r\nDefaultInstance=a\r\n"],
        unit =>
        {
            var machine = new MemoryMachine { IsLive = false }.File(Unit, unit).File("/usr/lib/systemd/system/b@.service", unit).File("/etc/systemd/system/chrony.service.d/x.conf", unit);
            var plan = Planned.For(Off(), machine, "time-service-enabled");
            Assert.All(plan.Steps, s => Assert.Matches(@"^/etc/systemd/system/[A-Za-z0-9:_.\\@-]+(/[A-Za-z0-9:_.\\@-]+)?$", Assert.IsType<LinkStep>(s).Path));
            Assert.All(plan.Steps, s => Assert.DoesNotContain("/../", ((LinkStep)s).Path, StringComparison.Ordinal));
        }, runs: 400);

    [Fact]
    public void Any_script_is_linked_in_its_run_levels_or_refused() => Fuzz.Text(["#!/bin/sh\n# chkconfig: 2345 58 74\n# description: x\n", "#chkconfig: - 5 99\r\n", "# chkconfig: 35 -1 100\n# chkconfig: 35 08 09\n"],
        script =>
        {
            var facts = Off().Os("centos", "5.4", OsFamily.RedHat);
            var plan = Planned.For(facts, new MemoryMachine { IsLive = false }.File("/etc/rc.d/init.d/chrony", script), "time-service-enabled");
            Assert.All(plan.Steps, s => Assert.Matches(@"^/etc/rc\.d/rc[0-6]\.d/[SK][0-9][0-9]chrony$", Assert.IsType<LinkStep>(s).Path));
        }, runs: 400);

    private static MachineFacts Off() => Some.KvmGuest().Services(With.InImage(TimeServiceKind.Chronyd, enabled: false));
}
