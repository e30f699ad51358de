using Guestclock.Linux.Tests.Trees;

namespace Guestclock.Linux.Tests.Fixing;

/// <summary>The configuration of the time services of every distribution, repaired on its disk.</summary>
public class StepThresholdsTests
{
    private static readonly string[] Guest = ["role=kvm-guest"];
    private static readonly string[] Host = ["role=bare-metal,kvm-host"];

    public static TheoryData<string> Chrony => [.. Family.WithChrony];

    [Theory]
    [MemberData(nameof(Chrony))]
    public void Stock_chrony_steps_at_any_time(string name) => FixedTree.Repairs(Family.Disk(name), Golden.Of("step-thresholds", name), Guest, "step-policy");

    [Theory]
    [MemberData(nameof(Chrony))]
    public void Chronyd_of_a_host_lets_the_kernel_write_the_RTC(string name) =>
        FixedTree.Repairs(Family.Disk(name).Replace(Family.Chrony(name), "\nrtcsync\n", "\n"), Golden.Of("rtc-sync", name), Host, "rtc-synced");

    [Theory]
    [MemberData(nameof(Chrony))]
    public void Chrony_names_the_clock_of_KVM(string name) =>
        FixedTree.Repairs(Family.Disk(name).Append(Family.Chrony(name), "refclock PHC /dev/ptp0 poll 3\n").File("/usr/lib/udev/rules.d/50-udev-default.rules", "SYMLINK += \"ptp_kvm\"\n"),
            Golden.Of("chrony-refclock", name), Guest, "phc-refclock");

    [Theory]
    [InlineData("3.9")]
    [InlineData("4.8")]
    [InlineData("5.3")]
    [InlineData("5.4")]
    [InlineData("6.10")]
    public void Ntpd_of_old_Red_Hat_steps_and_does_not_end(string version) =>
        FixedTree.Repairs(OldRedHat.Release(version, "x86_64").Replace(OldRedHat.Ntp, "tinker panic 0\n", "").Replace("/etc/sysconfig/ntpd", "-u ntp:ntp", "-x -u ntp:ntp"),
            Golden.Of("step-thresholds", $"CentOS {version}"), Guest, "step-policy");

    [Fact]
    public void Ntpd_of_SLES_11() => FixedTree.Repairs(Ntpd(Suse.Sles11()), Golden.Of("step-thresholds", "SLES 11"), Guest, "step-policy");

    [Fact]
    public void Ntpd_of_SLES_12() => FixedTree.Repairs(Ntpd(Suse.Sles12()), Golden.Of("step-thresholds", "SLES 12"), Guest, "step-policy");

    private static Tree Ntpd(Tree tree) => tree.Replace("/etc/ntp.conf", "tinker panic 0\n", "").Replace("/etc/sysconfig/ntp", "-g -u", "-x -g -u");
}
