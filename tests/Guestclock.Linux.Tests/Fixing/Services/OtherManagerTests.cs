using Guestclock.Fixes;
using Guestclock.Linux.Tests.Trees;
using Guestclock.Machines;

namespace Guestclock.Linux.Tests.Fixing.Services;

/// <summary>Services of systems between the usual ones: scripts under systemd, other programs as process 1, tools that an image cannot run.</summary>
public class OtherManagerTests
{
    private static readonly string[] Guest = ["role=kvm-guest"];

    [Fact]
    public void Insserv_is_left_to_the_user_on_an_image() =>
        Assert.Contains("insserv ntp", ByHand(Image(Suse.Sles11().Without("/etc/init.d/rc3.d").Without("/etc/init.d/rc5.d"), "time-service-enabled")), StringComparison.Ordinal);

    [Fact]
    public void A_second_script_of_SLES_11_leaves_every_run_level() => Assert.Equal("remove the link /etc/init.d/rc3.d/S06ntp\nremove the link /etc/init.d/rc5.d/S06ntp\n",
        FixedTree.Text(Image(Suse.Sles11().Program("/usr/sbin/chronyd").Program("/etc/init.d/chronyd").Link("/etc/init.d/rc3.d/S06chronyd", "../chronyd"), "time-service-single")));

    [Fact]
    public void A_script_under_systemd_is_linked_and_systemd_reads_it() => Assert.Equal("""
        link /etc/rc.d/rc0.d/K74ntpd -> ../init.d/ntpd
        link /etc/rc.d/rc1.d/K74ntpd -> ../init.d/ntpd
        link /etc/rc.d/rc2.d/S58ntpd -> ../init.d/ntpd
        link /etc/rc.d/rc3.d/S58ntpd -> ../init.d/ntpd
        link /etc/rc.d/rc4.d/S58ntpd -> ../init.d/ntpd
        link /etc/rc.d/rc5.d/S58ntpd -> ../init.d/ntpd
        link /etc/rc.d/rc6.d/K74ntpd -> ../init.d/ntpd
        run systemctl daemon-reload
        run systemctl start ntpd

        """, FixedTree.Text(Live(Family.Disk("RHEL 7").Without("/usr/sbin/chronyd").Without("/usr/lib/systemd/system/chronyd.service").RedHatScript("ntpd", "/usr/sbin/ntpd")
            .Without("/etc/rc.d/rc3.d").Without("/etc/rc.d/rc5.d"), "time-service-running")));

    [Fact]
    public void A_script_without_its_header_is_refused() => Assert.Contains("# chkconfig:", ByHand(Image(OldRedHat.Release("5.4", "x86_64").Program("/etc/rc.d/init.d/ntpd")
        .Without("/etc/rc.d/rc3.d").Without("/etc/rc.d/rc5.d"), "time-service-enabled")), StringComparison.Ordinal);

    [Fact]
    public void Another_process_1_is_left_to_the_user() => Assert.Contains("process 1 (runit) is no service manager that is known here: start chronyd by hand", ByHand(Live(Family.Disk("Arch")
        .Service("chronyd", "/usr/bin/chronyd").Without("/usr/lib/systemd/systemd-timesyncd").Without("/usr/lib/systemd/system/systemd-timesyncd.service"), "time-service-running", "runit")), StringComparison.Ordinal);

    [Fact]
    public void A_service_that_nothing_known_started_is_left_to_the_user()
    {
        var plan = Live(Family.Disk("RHEL 9").Program("/usr/sbin/ntpd"), "time-service-single", "systemd", t => t.Chronyd().Process(90, "ntpd", "/usr/sbin/ntpd"));
        Assert.Empty(plan.Steps);
        Assert.Contains("ntpd (process 90) was started by no unit", ByHand(plan), StringComparison.Ordinal);
    }

    [Fact]
    public void A_clock_that_nothing_keeps_is_what_the_service_repairs() => Assert.Equal("run systemctl start chronyd\n",
        FixedTree.Text(Live(Family.Disk("RHEL 9"), "clock-synchronized")));

    [Fact]
    public void Sources_that_do_not_answer_are_not() => Assert.Empty(Live(Family.Disk("RHEL 9"), "clock-synchronized", "systemd",
        t => t.Chronyd().ChronyHears(new Heard("192.0.2.1", 1, Reach: 0))).Steps);

    [Fact]
    public void A_condition_that_keeps_timesyncd_from_starting_is_told() => Assert.Contains("disable-with-time-daemon.conf", ByHand(Image(Family.Disk("Debian 10").Program("/usr/sbin/VBoxService")
        .File("/usr/lib/systemd/system/systemd-timesyncd.service.d/disable-with-time-daemon.conf", "[Unit]\nConditionFileIsExecutable=!/usr/sbin/VBoxService\n"), "time-service-enabled")), StringComparison.Ordinal);

    private static Plan Image(Tree tree, string check)
    {
        using var directory = tree.Written();
        return FixedTree.Plan(tree, directory, Guest, check);
    }

    private static Plan Live(Tree tree, string check, string init = "systemd", Func<Tree, Tree>? runs = null)
    {
        tree = tree.AsKvmGuest().Answer(Questions.Processes, "").File("/proc/1/comm", init + "\n").Kernel(synchronised: false);
        return (runs?.Invoke(tree) ?? tree).Planned([], FixedTree.Options(check));
    }

    private static string ByHand(Plan plan) => string.Join('\n', plan.Findings.SelectMany(f => f.ByHand.SelectMany(b => b.Commands.Prepend(b.Sentence)).Append(f.Why)));
}
