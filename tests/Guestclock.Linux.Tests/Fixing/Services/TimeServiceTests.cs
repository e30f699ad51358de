using Guestclock.Linux.Tests.Trees;

namespace Guestclock.Linux.Tests.Fixing.Services;

/// <summary>time-service-enabled and time-service-single of every distribution, repaired on its disk.</summary>
public class TimeServiceTests
{
    private static readonly string[] Guest = ["role=kvm-guest"];

    public static TheoryData<string> All => [.. Family.WithChrony, .. Family.WithTimesyncd];

    public static TheoryData<string> OldReleases => ["3.9", "4.8", "5.3", "5.4", "6.10"];

    [Theory]
    [MemberData(nameof(All))]
    public void A_service_that_is_disabled_is_enabled(string name) =>
        FixedTree.Repairs(Disabled(name), Golden.Of("time-service", name), Guest, "time-service-enabled");

    [Theory]
    [MemberData(nameof(OldReleases))]
    public void A_script_that_is_off_is_on_in_run_levels_2_to_5(string release) =>
        FixedTree.Repairs(Off(OldRedHat.Release(release, "x86_64")), Golden.Of("time-service", $"CentOS {release}"), Guest, "time-service-enabled");

    [Theory]
    [MemberData(nameof(OldReleases))]
    public void A_script_that_no_run_level_knows_is_stopped_in_the_other_ones(string release) =>
        FixedTree.Repairs(Off(OldRedHat.Release(release, "x86_64")).Without("/etc/rc.d/rc3.d").Without("/etc/rc.d/rc5.d"),
            Golden.Of("time-service", $"CentOS {release} new"), Guest, "time-service-enabled");

    [Fact]
    public void Ntpd_of_SLES_12_is_enabled() => FixedTree.Repairs(Suse.Sles12().Without("/etc/systemd/system/multi-user.target.wants"),
        Golden.Of("time-service", "SLES 12 SP5"), Guest, "time-service-enabled");

    [Theory]
    [InlineData("RHEL 9", "/etc/sysconfig/chronyd", "OPTIONS=\"\"", "OPTIONS=\"-F 2 -x\"")]
    [InlineData("SLES 15 SP6", "/etc/sysconfig/chronyd", "OPTIONS=\"\"", "OPTIONS=\"-x\"")]
    [InlineData("Debian 12 chrony", "/etc/default/chrony", "DAEMON_OPTS=\"-F 1\"", "DAEMON_OPTS=\"-x -F 1\"")]
    [InlineData("Ubuntu 25.10", "/etc/default/chrony", "DAEMON_OPTS=\"-F 1\"", "DAEMON_OPTS='-4xF 1'")]
    public void Chronyd_may_set_the_clock_again(string name, string file, string old, string with) =>
        FixedTree.Repairs(Family.Disk(name).Replace(file, old, with), Golden.Of("time-service", $"{name} noset"), Guest, "time-service-enabled");

    [Fact]
    public void Chronyd_of_Alpine_may_too() => FixedTree.Repairs(Family.Disk("Alpine").File("/etc/conf.d/chronyd", "# /etc/conf.d/chronyd\n\nCFGFILE=\"/etc/chrony/chrony.conf\"\nFAST_STARTUP=no\nARGS=\"-x\"\n"),
        Golden.Of("time-service", "Alpine noset"), Guest, "time-service-enabled");

    [Theory]
    [InlineData("RHEL 7")]
    [InlineData("RHEL 9")]
    [InlineData("Debian 12 chrony")]
    [InlineData("SLES 15 SP6")]
    public void Ntpd_beside_chronyd_is_disabled(string name) => FixedTree.Repairs(
        Family.Disk(name).Service("ntpd", "/usr/sbin/ntpd"), Golden.Of("time-service-single", name), Guest, "time-service-single");

    [Theory]
    [InlineData("Debian 12")]
    [InlineData("Arch")]
    public void Timesyncd_beside_chronyd_is_disabled(string name) => FixedTree.Repairs(
        Family.Disk(name).Service("chronyd", name == "Arch" ? "/usr/bin/chronyd" : "/usr/sbin/chronyd"), Golden.Of("time-service-single", $"{name} timesyncd"), Guest, "time-service-single");

    [Fact]
    public void Openntpd_beside_chronyd_leaves_the_run_level_of_Alpine() => FixedTree.Repairs(
        Family.Disk("Alpine").Program("/usr/sbin/openntpd").Program("/etc/init.d/openntpd").Link("/etc/runlevels/default/openntpd", "/etc/init.d/openntpd"),
        Golden.Of("time-service-single", "Alpine"), Guest, "time-service-single");

    [Fact]
    public void Chronyd_beside_ntpd_of_CentOS_6_goes_off_the_other_way() => FixedTree.Repairs(
        OldRedHat.Release("6.10", "x86_64").RedHatScript("chronyd", "/usr/sbin/chronyd"), Golden.Of("time-service-single", "CentOS 6.10"), Guest, "time-service-single");

    [Fact]
    public void A_unit_that_its_package_starts_is_masked() => FixedTree.Repairs(
        Family.Disk("RHEL 9").Service("systemd-timesyncd", "/usr/lib/systemd/systemd-timesyncd", enabled: false)
            .Link("/usr/lib/systemd/system/sysinit.target.wants/systemd-timesyncd.service", "../systemd-timesyncd.service"),
        Golden.Of("time-service-single", "RHEL 9 vendor"), Guest, "time-service-single");

    private static Tree Disabled(string name)
    {
        var tree = Family.Disk(name);
        return tree.Without("/etc/systemd/system/multi-user.target.wants").Without("/etc/systemd/system/sysinit.target.wants").Without("/etc/runlevels/default");
    }

    private static Tree Off(Tree tree)
    {
        foreach (var level in new[] { 3, 5 })
            tree.Without($"/etc/rc.d/rc{level}.d/S58ntpd").Link($"/etc/rc.d/rc{level}.d/K74ntpd", "../init.d/ntpd");
        return tree;
    }
}
