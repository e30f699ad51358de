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
    [InlineData("RHEL 9")]
    [InlineData("Debian 13 chrony")]
    public void An_ordinary_user_sees_no_fault_either(string name) => Sound(name).Answer(Questions.User, "euid=1000\n")
        .NoAnswer(Questions.KernelLog).NoAnswer($"{Questions.RtcPrefix}rtc0").Judged().IsOk();

    [Fact]
    public void SLES_11_and_12_with_ntpd_are_ok()
    {
        Suse.Sles12().AsKvmGuest().NtpdRuns().Judged().IsOk().Has(CheckStatus.Pass, "clock-synchronized", "step-policy", "rtc-synced");
        Suse.Sles11().AsKvmGuest().NtpdRuns().Judged().IsOk().Has(CheckStatus.Pass, "clock-synchronized", "boot-parameters-persist");
    }

    [Fact]
    public void A_guest_that_was_just_booted_is_ok_once_it_is_synchronised() => Sound("RHEL 9")
        .Answer(Questions.Clocks, $"realtimeNs={Running.NowNs}\nmonotonicNs=40000000000\nboottimeNs=40000000000\nrealtimeResolutionNs=1\nmonotonicResolutionNs=1\n")
        .File("/proc/stat", "cpu  300 0 200 3000 40 0 9 20 0 0\n").Judged().IsOk();

    /// <summary>Both lines of a guest with invtsc: kvm-clock first, then the TSC, which is no demotion.</summary>
    internal static Tree OnTsc(Tree guest) => guest.ClockSource("tsc", "tsc kvm-clock acpi_pm")
        .Cpus("constant_tsc nonstop_tsc tsc_known_freq tsc_adjust hypervisor")
        .Log("clocksource: tsc: mask: 0xffffffffffffffff max_cycles: 0x2578bbd6d17, max_idle_ns: 440795303434 ns",
            "clocksource: Switched to clocksource tsc");

    internal static Tree Sound(string name) => Family.SteppingAnytime(name).AsKvmGuest().Chronyd();
}
