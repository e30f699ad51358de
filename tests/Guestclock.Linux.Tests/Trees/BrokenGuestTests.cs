using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Judging;
using Guestclock.Machines;

namespace Guestclock.Linux.Tests.Trees;

/// <summary>Guests that are sound but for one thing: that thing is named, first, and nothing else with it.</summary>
public class BrokenGuestTests
{
    private const string Rhel = "RHEL 9";

    public static TheoryData<string> Names => ["RHEL 8", "RHEL 9", "Fedora", "Debian 12 chrony", "Ubuntu 25.10", "SLES 15 SP6", "Alpine"];

    [Theory]
    [MemberData(nameof(Names))]
    public void On_acpi_pm(string name) => Sound(name).ClockSource("acpi_pm", "kvm-clock tsc acpi_pm").Judged()
        .Fails(VerdictStatus.Warning, "clocksource-suitable").Says("clocksource-suitable", "echo kvm-clock >");

    [Theory]
    [MemberData(nameof(Names))]
    public void The_TSC_was_found_unstable(string name) => SoundGuestTests.OnTsc(Sound(name))
        .ClockSource("kvm-clock", "kvm-clock acpi_pm")
        .Log("clocksource: timekeeping watchdog on CPU1: Marking clocksource 'tsc' as unstable because the skew is too large:",
            "clocksource:                       'kvm-clock' wd_nsec: 503712000 wd_now: 1 wd_last: 1 mask: ffffffffffffffff",
            "clocksource:                       'tsc' cs_nsec: 803712000 cs_now: 1 cs_last: 1 mask: ffffffffffffffff",
            "tsc: Marking TSC unstable due to clocksource watchdog", "clocksource: Switched to clocksource kvm-clock")
        .Judged().Has(CheckStatus.Pass, "clocksource-suitable").Says("tsc-stable", "skew");

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_runs(string name) => Sound(name).Answer(Questions.Processes, "").WithoutChronyAnswers().Kernel(synchronised: false)
        .Judged().Fails(VerdictStatus.Critical, "time-service-running", "clock-synchronized");

    [Theory]
    [MemberData(nameof(Names))]
    public void Not_started_at_boot(string name) => Sound(name).Without("/etc/systemd/system/multi-user.target.wants")
        .Without("/etc/runlevels")
        .Judged().Fails(VerdictStatus.Warning, "time-service-enabled");

    [Theory]
    [MemberData(nameof(Names))]
    public void Two_run(string name) => Sound(name).Timesyncd().Process(400, "systemd-timesyn", "/usr/lib/systemd/systemd-timesyncd")
        .Judged()
        .Fails(VerdictStatus.Critical, "time-service-single");

    [Theory]
    [MemberData(nameof(Names))]
    public void No_source_is_heard(string name) => Sound(name).Kernel(synchronised: false)
        .ChronyHears(new Heard("192.0.2.1", 1, Reach: 0), new Heard("192.0.2.2", 1, Reach: 0)).Judged()
        .Fails(VerdictStatus.Critical, "clock-synchronized", "time-sources-reachable");

    [Fact]
    public void Three_seconds_off() => Sound(Rhel).Chrony([new Heard("192.0.2.1", OffsetS: -3.2), new Heard("192.0.2.2", 4, OffsetS: -3.2),
        new Heard("192.0.2.3", 4, OffsetS: -3.2)], 3.2).Judged().Fails(VerdictStatus.Critical, "clock-synchronized")
            .Says("clock-synchronized", "slow");

    [Fact]
    public void Falsetickers_contradict() => Sound(Rhel).Kernel(synchronised: false)
        .ChronyHears(new Heard("192.0.2.1", 2), new Heard("192.0.2.2", 2)).Judged()
        .Fails(VerdictStatus.Critical, "clock-synchronized", "time-sources-reachable").Says("time-sources-reachable", "contradict");

    [Theory]
    [MemberData(nameof(Names))]
    public void The_clock_of_KVM_goes_away_with_the_next_boot(string name) => Sound(name).PtpKvm(Family.Chrony(name))
        .Without("/etc/modules-load.d").Judged().Fails(VerdictStatus.Warning, "phc-loaded-at-boot");

    [Fact]
    public void The_clock_of_KVM_by_number() => Sound(Rhel).PtpKvm(RedHat.Chrony).Replace(RedHat.Chrony, "/dev/ptp_kvm", "/dev/ptp0")
        .Judged()
        .Fails(VerdictStatus.Warning, "phc-refclock");

    [Fact]
    public void The_clock_of_KVM_is_silent() => Sound(Rhel).PtpKvm(RedHat.Chrony)
        .ChronyHears(new Heard("PHC0", 1, Reach: 0), new Heard("192.0.2.1"), new Heard("192.0.2.2", 4), new Heard("192.0.2.3", 4)).Judged()
        .Fails(VerdictStatus.Warning, "phc-selected");

    /// <summary>chronyd counts the age of a sample by the guest's clock, which stood still with the guest.</summary>
    [Fact]
    public void The_host_says_a_minute_more_and_the_servers_do_not_tell_yet() => Sound(Rhel)
        .Ptp("KVM virtual PTP", "ptp_kvm", 60_000_000_000)
        .Judged().Fails(VerdictStatus.Warning, "phc-selected").Says("phc-selected", "paused");

    [Fact]
    public void The_host_and_the_servers_say_a_minute_more() => Sound(Rhel).Ptp("KVM virtual PTP", "ptp_kvm", 60_000_000_000)
        .Chrony([new Heard("192.0.2.1", OffsetS: -60), new Heard("192.0.2.2", 4, OffsetS: -60)], 60).Judged()
        .Fails(VerdictStatus.Critical, "phc-selected", "clock-synchronized");

    /// <summary>No time server: chronyd has not noticed, the clock of KVM tells.</summary>
    [Fact]
    public void The_host_says_a_minute_more_and_no_server_is_heard() => Family.Disk("Debian 12").AsKvmGuest().TimesyncdRuns()
        .Ptp("KVM virtual PTP", "ptp_kvm", 60_000_000_000).Judged().Fails(VerdictStatus.Critical, "phc-selected")
        .Says("phc-selected", "behind");

    [Theory]
    [MemberData(nameof(Names))]
    public void The_RTC_is_an_hour_off(string name) =>
        Sound(name).Rtc(3_600_000_000_000).Judged().Fails(VerdictStatus.Warning, "rtc-synced").Says("rtc-synced", "local time");

    [Fact]
    public void The_RTC_is_two_minutes_off() => Sound(Rhel).Rtc(-120_000_000_000).Judged().Fails(VerdictStatus.Warning, "rtc-synced");

    [Fact]
    public void Half_of_the_time_is_stolen() => Sound(Rhel).File("/proc/stat", "cpu  90000 0 30000 400000 4000 0 900 450000 0 0\n").Judged()
        .Fails(VerdictStatus.Critical, "steal-time");

    [Fact]
    public void The_agent_may_not_set_the_time() => Stock(Rhel).Agent().AgentRuns()
        .File("/etc/qemu/qemu-ga.conf", "[general]\nblock-rpcs=guest-set-time,guest-exec\n").Judged()
        .Fails(VerdictStatus.Warning, "step-policy", "guest-agent-time-allowed");

    [Fact]
    public void The_agent_does_not_run() => Stock(Rhel).Agent().AgentChannel().Judged()
        .Fails(VerdictStatus.Warning, "step-policy", "guest-agent-running");

    [Fact]
    public void The_host_hides_KVM()
    {
        var hidden = Family.SteppingAnytime(Rhel)
            .On("constant_tsc nonstop_tsc tsc_known_freq tsc_adjust hypervisor", "KVMKVMKVM", "tsc", "tsc hpet acpi_pm")
            .Answer(Questions.Cpuid, "00000001.00000000=00a10f11 00020800 f7fa3203 178bfbff\n")
            .Dmi("QEMU", "Standard PC (Q35 + ICH9, 2009)")
            .Chronyd();
        hidden.Judged().IsOk().HasRoles(Role.KvmGuest).Has(CheckStatus.Info, "kvm-clock-present", "phc-available");
    }

    [Theory]
    [InlineData("RHEL 7")]
    [InlineData("RHEL 8")]
    [InlineData("RHEL 9")]
    [InlineData("RHEL 10")]
    [InlineData("Fedora")]
    [InlineData("Debian 12 chrony")]
    [InlineData("Ubuntu 25.10")]
    [InlineData("openSUSE Leap 15.6")]
    [InlineData("Alpine")]
    public void A_parameter_of_the_running_kernel_stands_in_no_file(string name) => Sound(name)
        .Replace("/proc/cmdline", "BOOT_IMAGE=", "tsc=reliable BOOT_IMAGE=").Cpus("constant_tsc nonstop_tsc hypervisor").Judged()
        .Fails(VerdictStatus.Warning, "boot-parameters-persist").Says("boot-parameters-persist", "tsc=reliable");

    [Theory]
    [MemberData(nameof(Names))]
    public void Booted_without_kvm_clock(string name)
    {
        var told = Sound(name).ClockSource("acpi_pm", "tsc acpi_pm").File("/proc/cmdline",
            "BOOT_IMAGE=/boot/vmlinuz root=/dev/vda1 ro no-kvmclock\n").Judged();
        Assert.Equal((VerdictStatus.Critical, "boot-parameters"), (told.Judgement.Verdict.Status,
            told.Judgement.Verdict.FirstBroken!.Check.Id));
        told.Says("kvm-clock-present", "no-kvmclock");
    }

    private static Tree Sound(string name) => SoundGuestTests.Sound(name);

    private static Tree Stock(string name) => Family.Disk(name).AsKvmGuest().Chronyd();
}
