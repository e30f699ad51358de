using Guestclock.Fixes;
using Guestclock.Fixes.Steps;
using Guestclock.Linux.Tests.Trees;
using Guestclock.Machines;

namespace Guestclock.Linux.Tests.Fixing.Services;

/// <summary>What the repairs of services plan on running machines of each service manager.</summary>
public class LiveServiceTests
{
    [Theory]
    [InlineData("RHEL 9", """
        link /etc/systemd/system/multi-user.target.wants/chronyd.service -> /usr/lib/systemd/system/chronyd.service
        run systemctl daemon-reload
        run systemctl start chronyd

        """)]
    [InlineData("Debian 12 chrony", """
        link /etc/systemd/system/multi-user.target.wants/chrony.service -> /usr/lib/systemd/system/chrony.service
        run systemctl daemon-reload
        run systemctl start chrony

        """)]
    [InlineData("Ubuntu 24.04", """
        link /etc/systemd/system/sysinit.target.wants/systemd-timesyncd.service -> /usr/lib/systemd/system/systemd-timesyncd.service
        run systemctl daemon-reload
        run systemctl start systemd-timesyncd

        """)]
    [InlineData("SLES 15 SP6", """
        link /etc/systemd/system/multi-user.target.wants/chronyd.service -> /usr/lib/systemd/system/chronyd.service
        run systemctl daemon-reload
        run systemctl start chronyd

        """)]
    [InlineData("Alpine", """
        link /etc/runlevels/default/chronyd -> /etc/init.d/chronyd
        run rc-service chronyd start

        """)]
    public void A_service_that_is_off_is_enabled_and_started(string name, string steps) => Assert.Equal(steps, Text(Off(Family.Disk(name).AsKvmGuest()), "time-service-running"));

    [Fact]
    public void CentOS_5_starts_its_script() => Assert.Equal("""
        link /etc/rc.d/rc2.d/S58ntpd -> ../init.d/ntpd
        remove the link /etc/rc.d/rc3.d/K74ntpd
        link /etc/rc.d/rc3.d/S58ntpd -> ../init.d/ntpd
        link /etc/rc.d/rc4.d/S58ntpd -> ../init.d/ntpd
        remove the link /etc/rc.d/rc5.d/K74ntpd
        link /etc/rc.d/rc5.d/S58ntpd -> ../init.d/ntpd
        run service ntpd start

        """, Text(OldRedHat.Release("5.4", "x86_64").Without("/etc/rc.d/rc3.d").Without("/etc/rc.d/rc5.d").Link("/etc/rc.d/rc3.d/K74ntpd", "../init.d/ntpd")
            .Link("/etc/rc.d/rc5.d/K74ntpd", "../init.d/ntpd").AsKvmGuest().Kernel(synchronised: false), "time-service-running"));

    [Fact]
    public void SLES_11_numbers_its_scripts_by_insserv() => Assert.Equal("""
        run insserv ntp
        run service ntp start

        """, Text(Suse.Sles11().Without("/etc/init.d/rc3.d").Without("/etc/init.d/rc5.d").AsKvmGuest().Kernel(synchronised: false), "time-service-running"));

    [Theory]
    [InlineData(true, "run service ntp start\n")]
    [InlineData(false, "run update-rc.d ntp defaults\nrun service ntp start\n")]
    public void Debian_7_turns_its_stop_links_round(bool hasLinks, string last)
    {
        var tree = Debian.Release(12).Without("/usr/lib/systemd").Without("/etc/systemd").File("/etc/debian_version", "7.11\n")
            .File("/usr/lib/os-release", "ID=debian\nVERSION_ID=\"7\"\n").Program("/usr/sbin/ntpd").Program("/etc/init.d/ntp");
        foreach (var level in hasLinks ? new[] { 2, 3, 4, 5 } : [])
            tree.Link($"/etc/rc{level}.d/K77ntp", "../init.d/ntp");
        var links = hasLinks ? string.Concat(Enumerable.Range(2, 4).Select(l => $"remove the link /etc/rc{l}.d/K77ntp\nlink /etc/rc{l}.d/S23ntp -> ../init.d/ntp\n")) : "";
        Assert.Equal(links + last, Text(tree.AsKvmGuest().File("/proc/1/comm", "init\n").Kernel(synchronised: false), "time-service-running"));
    }

    [Fact]
    public void A_start_that_may_step_the_clock_waits_until_it_is_named()
    {
        var tree = Off(Family.Disk("RHEL 9").AsKvmGuest()).Kernel(synchronised: false);
        var plan = tree.Planned([], new() { Chosen = c => c.Id == "time-service-running" });
        Assert.DoesNotContain(plan.Steps, s => s is ProgramStep { Arguments: ["start", ..] });
        Assert.Equal(Risk.Clock, Assert.Single(plan.Deferred).Risk);
        Assert.Equal(Risk.Clock, Assert.IsType<ProgramStep>(Plan(tree, "time-service-running").Steps[^1]).Risk);
    }

    [Fact]
    public void A_start_that_cannot_is_taken() =>
        Assert.Empty(Off(Family.Disk("RHEL 9").AsKvmGuest()).Kernel(synchronised: true).Planned([], new() { Chosen = c => c.Id == "time-service-running" }).Deferred);

    [Fact]
    public void A_masked_unit_stays_masked() => Assert.Contains("chronyd.service is masked",
        ByHand(Off(Family.Disk("RHEL 9").AsKvmGuest()).Link("/etc/systemd/system/chronyd.service", "/dev/null"), "time-service-running"), StringComparison.Ordinal);

    [Theory]
    [InlineData("RHEL 9", "dnf install -y chrony")]
    [InlineData("Debian 12", "apt-get install -y chrony")]
    [InlineData("SLES 15 SP6", "zypper --non-interactive install chrony")]
    [InlineData("Alpine", "apk add chrony")]
    public void Nothing_is_installed(string name, string command) => Assert.Contains(command, ByHand(Off(Family.Disk(name).AsKvmGuest()
        .Without("/usr/sbin/chronyd").Without("/usr/lib/systemd/system/chronyd.service").Without("/etc/init.d/chronyd")
        .Without("/usr/lib/systemd/systemd-timesyncd").Without("/usr/lib/systemd/system/systemd-timesyncd.service")), "time-service-running"), StringComparison.Ordinal);

    [Fact]
    public void The_second_of_two_is_stopped() => Assert.Equal("""
        remove the link /etc/systemd/system/multi-user.target.wants/ntpd.service
        run systemctl daemon-reload
        run systemctl stop ntpd

        """, Text(Family.Disk("RHEL 9").Service("ntpd", "/usr/sbin/ntpd").AsKvmGuest().Chronyd().Process(90, "ntpd", "/usr/sbin/ntpd"), "time-service-single"));

    [Fact]
    public void The_one_that_stays_is_started_and_nothing_stops_without_it()
    {
        var tree = Family.Disk("RHEL 9").Service("ntpd", "/usr/sbin/ntpd").AsKvmGuest().Process(90, "ntpd", "/usr/sbin/ntpd").Kernel(synchronised: false);
        Assert.Equal("""
            remove the link /etc/systemd/system/multi-user.target.wants/ntpd.service
            run systemctl daemon-reload
            run systemctl stop ntpd
            run systemctl start chronyd

            """, Text(tree, "time-service-single"));
        Assert.Equal(["stop", "start"], tree.Planned([], new() { Chosen = c => c.Id == "time-service-single" }).Deferred.Select(s => ((ProgramStep)s).Arguments[0]));
    }

    [Fact]
    public void Chronyd_that_may_not_set_the_clock_is_restarted_without_its_option()
    {
        var text = Text(Family.Disk("RHEL 9").Replace("/etc/sysconfig/chronyd", "OPTIONS=\"\"", "OPTIONS=\"-x\"").AsKvmGuest()
            .Process(812, "chronyd", "/usr/sbin/chronyd", "-F", "2", "-x"), "time-service-running");
        Assert.EndsWith("+OPTIONS=\"\"\nrun systemctl restart chronyd\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_unit_itself_forbids_chronyd_is_left_to_the_user() => Assert.Contains("take -x out", ByHand(Family.Disk("RHEL 9").AsKvmGuest()
        .Process(812, "chronyd", "/usr/sbin/chronyd", "-F", "2", "-x"), "time-service-running"), StringComparison.Ordinal);

    private static Tree Off(Tree tree) => tree.Answer(Questions.Processes, "").File("/proc/1/comm", tree.Name.StartsWith("Alpine", StringComparison.Ordinal) ? "init\n" : "systemd\n")
        .Without("/etc/systemd/system/multi-user.target.wants").Without("/etc/systemd/system/sysinit.target.wants").Without("/etc/runlevels");

    private static Plan Plan(Tree tree, string check) => tree.Planned([], FixedTree.Options(check));

    private static string Text(Tree tree, string check) => FixedTree.Text(Plan(tree, check));

    private static string ByHand(Tree tree, string check)
    {
        var plan = Plan(tree, check);
        Assert.Empty(plan.Steps);
        return string.Join('\n', plan.Findings.SelectMany(f => f.ByHand.SelectMany(b => b.Commands.Prepend(b.Sentence)).Append(f.Why)));
    }
}
