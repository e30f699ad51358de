using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Judging;
using Guestclock.Machines;

namespace Guestclock.Linux.Tests.Trees;

/// <summary>Sound running guests of KVM: nothing may be said against them.</summary>
public class SoundGuestTests
{
    public static TheoryData<string> Chrony => [.. Family.WithChrony];

    public static TheoryData<string> Timesyncd => [.. Family.WithTimesyncd];

    [Theory]
    [MemberData(nameof(Chrony))]
    public void A_guest_with_chrony_that_steps_is_ok(string name) => Sound(name).Judged().IsOk().KnowsEverything().HasRoles(Role.KvmGuest)
        .Has(CheckStatus.Pass, "clocksource-suitable", "clocksource-not-demoted", "kvm-clock-present", "tsc-stable", "boot-parameters",
            "boot-parameters-persist", "time-service-running", "time-service-enabled", "time-service-single", "clock-synchronized",
            "time-sources-reachable", "step-policy", "rtc-synced", "steal-time")
        .Has(CheckStatus.Info, "tsc-nonstop", "phc-available");

    [Theory]
    [MemberData(nameof(Chrony))]
    public void A_guest_with_stock_chrony_warns_only_of_its_steps(string name) =>
        Family.Disk(name).AsKvmGuest().Chronyd().Judged().KnowsEverything().Fails(VerdictStatus.Warning, "step-policy");

    [Theory]
    [MemberData(nameof(Timesyncd))]
    public void A_guest_with_timesyncd_is_ok(string name) => Family.Disk(name).AsKvmGuest().TimesyncdRuns().Judged().IsOk()
        .KnowsEverything().Has(CheckStatus.Pass, "clock-synchronized", "time-service-running", "step-policy");

    [Theory]
    [MemberData(nameof(Chrony))]
    public void A_guest_on_an_invariant_TSC_is_ok(string name) => OnTsc(Sound(name)).Judged().IsOk()
        .Has(CheckStatus.Pass, "clocksource-suitable", "tsc-constant", "tsc-nonstop", "tsc-stable", "clocksource-not-demoted");

    [Theory]
    [MemberData(nameof(Chrony))]
    public void A_guest_that_follows_the_clock_of_KVM_is_ok(string name) => Sound(name).PtpKvm(Family.Chrony(name)).Judged().IsOk()
        .KnowsEverything().Has(CheckStatus.Pass, "phc-available", "phc-loaded-at-boot", "phc-refclock", "phc-selected");

    [Theory]
    [InlineData("RHEL 9", "/usr/bin/qemu-ga")]
    [InlineData("Debian 12 chrony", "/usr/sbin/qemu-ga")]
    [InlineData("openSUSE Tumbleweed", "/usr/bin/qemu-ga")]
    public void A_guest_with_its_agent_is_ok(string name, string program) => Sound(name).Agent(program).AgentRuns(program).Judged().IsOk()
        .Has(CheckStatus.Pass, "guest-agent-running", "guest-agent-time-allowed");

    [Theory]
    [InlineData("RHEL 9")]
    [InlineData("Ubuntu 25.10")]
    public void A_channel_without_an_agent_is_no_fault(string name) =>
        Sound(name).AgentChannel().Judged().IsOk().Has(CheckStatus.Info, "guest-agent-running");

    [Theory]
    [MemberData(nameof(Chrony))]
    public void An_ordinary_user_sees_no_fault_either(string name) => Sound(name).Answer(Questions.User, "euid=1000\n")
        .NoAnswer($"{Questions.RtcPrefix}rtc0").Denied("/boot/grub2/grub.cfg").Denied("/boot/grub/grub.cfg").Denied("/boot/loader/entries")
        .Denied("/boot/grub2/grubenv").Denied("/boot/extlinux.conf").Judged().IsOk();

    /// <summary>In a guest the watchdog is often wrong, and without invtsc the kernel may find the virtual CPUs' TSCs apart.</summary>
    [Theory]
    [InlineData("tsc: Marking TSC unstable due to check_tsc_sync_source failed")]
    [InlineData("TSC: Marking TSC unstable due to KVM discovered backwards TSC")]
    [InlineData("tsc: Marking TSC unstable due to clocksource watchdog")]
    public void A_guest_on_kvm_clock_does_not_need_its_TSC(string line) => Sound("Ubuntu 25.10")
        .ClockSource("kvm-clock", "kvm-clock acpi_pm")
        .Log(line).Judged().IsOk().Has(CheckStatus.Pass, "clocksource-suitable");

    /// <summary>Debian's NTPsec in the place of chrony; a panic threshold is not for machines that are paused.</summary>
    [Fact]
    public void NTPsec_on_Debian_is_ok_without_its_panic() => Debian.Release(12).Without("/usr/lib/systemd/systemd-timesyncd")
        .Without("/usr/lib/systemd/system/systemd-timesyncd.service").Without("/etc/systemd/system/sysinit.target.wants")
        .Service("ntpsec", "/usr/sbin/ntpd").File("/etc/default/ntpsec", "NTPD_OPTS=\"-g -N\"\n")
        .File("/etc/ntpsec/ntp.conf", "driftfile /var/lib/ntpsec/ntp.drift\ntinker panic 0\ntos minclock 4 minsane 3\n"
            + "pool 0.debian.pool.ntp.org iburst\npool 1.debian.pool.ntp.org iburst\n"
            + "restrict default kod nomodify nopeer noquery limited\n")
        .AsKvmGuest().NtpdRuns().Judged().IsOk().Has(CheckStatus.Pass, "clock-synchronized", "step-policy", "time-service-single");

    /// <summary>busybox's ntpd takes its servers from the command line and steps whenever it is a second off.</summary>
    [Fact]
    public void The_ntpd_of_busybox_is_ok()
    {
        var disk = Others.Alpine().Without("/usr/sbin/chronyd").Without("/etc/init.d/chronyd").Without("/etc/runlevels")
            .Without("/etc/chrony")
            .Link("/usr/sbin/ntpd", "/bin/busybox").Program("/etc/init.d/ntpd").Link("/etc/runlevels/default/ntpd", "/etc/init.d/ntpd")
            .File("/etc/conf.d/ntpd", "# Parameters to pass to ntpd\nNTPD_OPTS=\"-N -p pool.ntp.org\"\n");
        disk.Judged("role=kvm-guest").IsOk().Has(CheckStatus.Pass, "time-service-enabled");
        var guest = disk.AsKvmGuest().Process(900, "ntpd", "/usr/sbin/ntpd", "-N", "-p", "pool.ntp.org", "-n");
        guest.Judged().IsOk().Has(CheckStatus.Pass, "time-service-running", "step-policy", "time-sources-reachable");
        // Versions that never lower the kernel's maximum error: nothing tells whether the clock is right.
        var told = guest.Kernel(synchronised: false).Judged();
        Assert.Equal((VerdictStatus.Unknown, 0), (told.Judgement.Verdict.Status, told.Failed.Count));
    }

    [Fact]
    public void SLES_11_and_12_with_ntpd_are_ok()
    {
        Suse.Sles12().AsKvmGuest().NtpdRuns().Judged().IsOk().Has(CheckStatus.Pass, "clock-synchronized", "step-policy", "rtc-synced");
        Suse.Sles11().AsKvmGuest().NtpdRuns().Judged().IsOk().Has(CheckStatus.Pass, "clock-synchronized", "boot-parameters-persist");
    }

    [Fact]
    public void A_guest_that_was_just_booted_is_ok_once_it_is_synchronised() => Sound("RHEL 9")
        .Answer(Questions.Clocks, $"realtimeNs={Running.NowNs}\nmonotonicNs=40000000000\nboottimeNs=40000000000\nrealtimeResolutionNs=1\n"
        + "monotonicResolutionNs=1\n")
        .File("/proc/stat", "cpu  300 0 200 3000 40 0 9 20 0 0\n").Judged().IsOk();

    /// <summary>What Amazon and TuneD's realtime profiles advise.</summary>
    [Theory]
    [InlineData("RHEL 9", "clocksource=tsc tsc=reliable")]
    [InlineData("Ubuntu 25.10", "clocksource=tsc tsc=reliable")]
    [InlineData("RHEL 9", "nohz=on nohz_full=1 intel_idle.max_cstate=0 processor.max_cstate=1 idle=poll tsc=nowatchdog")]
    public void A_guest_that_is_told_to_trust_its_TSC_is_ok(string name, string arguments)
    {
        var disk = Family.SteppingAnytime(name);
        foreach (var file in disk.FilesWith("console=ttyS0"))
            disk.Replace(file, "console=ttyS0", $"{arguments} console=ttyS0");
        disk.CommandLine = disk.CommandLine.Replace("console=ttyS0", $"{arguments} console=ttyS0", StringComparison.Ordinal);
        OnTsc(disk.AsKvmGuest().Chronyd()).Judged().IsOk().Has(CheckStatus.Pass, "boot-parameters-persist", "clocksource-suitable");
    }

    /// <summary>An entry of an older kernel lacks what was added later; the next boot and every new kernel have it.</summary>
    [Fact]
    public void An_older_kernel_s_entry_is_no_fault()
    {
        var disk = Family.SteppingAnytime("RHEL 9");
        foreach (var file in disk.FilesWith("console=ttyS0"))
            disk.Replace(file, "console=ttyS0", "tsc=reliable console=ttyS0");
        disk.CommandLine = disk.CommandLine.Replace("console=ttyS0", "tsc=reliable console=ttyS0", StringComparison.Ordinal);
        disk.File("/boot/loader/entries/5d8f-5.14.0-427.el9.x86_64.conf", "title Linux (5.14.0-427.el9.x86_64)\n"
            + "version 5.14.0-427.el9.x86_64\n"
            + "linux /vmlinuz-5.14.0-427.el9.x86_64\noptions root=/dev/vda1 ro\n");
        OnTsc(disk.AsKvmGuest().Chronyd()).Judged().IsOk().Has(CheckStatus.Info, "boot-parameters-persist");
    }

    /// <summary>Both lines of a guest with invtsc: kvm-clock first, then the TSC, which is no demotion.</summary>
    internal static Tree OnTsc(Tree guest) => guest.ClockSource("tsc", "tsc kvm-clock acpi_pm")
        .Cpus("constant_tsc nonstop_tsc tsc_known_freq tsc_adjust hypervisor")
        .Log("clocksource: tsc: mask: 0xffffffffffffffff max_cycles: 0x2578bbd6d17, max_idle_ns: 440795303434 ns",
            "clocksource: Switched to clocksource tsc");

    internal static Tree Sound(string name) => Family.SteppingAnytime(name).AsKvmGuest().Chronyd();
}
