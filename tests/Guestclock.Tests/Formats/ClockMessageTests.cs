using Guestclock.Formats.KernelMessages;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats;

/// <summary>Lines of real kernel logs (public bug reports and mailing lists), from 2.6.18 to 7.x.</summary>
public class ClockMessageTests
{
    private static readonly (string Line, ClockMessage Message)[] Lines =
    [
        ("Time: hpet clocksource has been installed.", new(ClockMessageKind.Switched, "hpet")),
        ("Switching to clocksource kvm-clock", new(ClockMessageKind.Switched, "kvm-clock")),
        ("Switched to clocksource tsc", new(ClockMessageKind.Switched, "tsc")),
        ("clocksource: Switched to clocksource acpi_pm", new(ClockMessageKind.Switched, "acpi_pm")),
        ("Clocksource tsc unstable (delta = -1052658846 ns)", new(ClockMessageKind.SourceUnstable, "tsc", -1052658846)),
        ("clocksource: timekeeping watchdog: Marking clocksource 'tsc' as unstable because the skew is too large:",
            new(ClockMessageKind.SourceUnstable, "tsc")),
        ("timekeeping watchdog: Marking clocksource 'tsc' as unstable, because the skew is too large:",
            new(ClockMessageKind.SourceUnstable, "tsc")),
        ("clocksource: timekeeping watchdog on CPU3: Marking clocksource 'tsc-early' as unstable because the skew is too large:",
            new(ClockMessageKind.SourceUnstable, "tsc-early")),
        ("clocksource: Marking clocksource tsc unstable due to frequency skew", new(ClockMessageKind.SourceUnstable, "tsc")),
        ("clocksource: Marking clocksource tsc unstable due to inter CPU skew", new(ClockMessageKind.SourceUnstable, "tsc")),
        ("clocksource: timekeeping watchdog on CPU0: wd-wdtest-ktime-wd excessive read-back delay of 1000880ns vs. limit of 125000ns, "
            + "wd-wd read-back delay only 46ns, attempt 3, marking wdtest-ktime unstable",
            new(ClockMessageKind.SourceUnstable, "wdtest-ktime")),
        ("clocksource: timekeeping watchdog on CPU2: hpet read-back delay of 95000ns, attempt 4, marking unstable",
            new(ClockMessageKind.SourceUnstable, "")),
        ("clocksource:                       'hpet' wd_nsec: 503029760 wd_now: 48a38f74 wd_last: 47e3ab74 mask: ffffffff",
            new(ClockMessageKind.WatchdogInterval, "hpet", 503029760)),
        ("clocksource:                       'tsc' cs_nsec: 503466648 cs_now: 3224653e7bd cs_last: 3220d4f8d57 mask: ffffffffffffffff",
            new(ClockMessageKind.SourceInterval, "tsc", 503466648)),
        ("clocksource:                       Clocksource 'tsc' skewed 436888 ns (0 ms) over watchdog 'hpet' interval of 503029760 ns (503 ms)",
            new(ClockMessageKind.Skew, "", 436888, 503029760)),
        ("clocksource: Watchdog               kvm-clock interval:        503995129ns",
            new(ClockMessageKind.WatchdogInterval, "kvm-clock", 503995129)),
        ("clocksource: Clocksource                  tsc interval:       1894661885ns",
            new(ClockMessageKind.SourceInterval, "tsc", 1894661885)),
        ("tsc: Marking TSC unstable due to clocksource watchdog", new(ClockMessageKind.TscUnstable, "clocksource watchdog")),
        ("Marking TSC unstable due to: possible TSC halt in C2.", new(ClockMessageKind.TscUnstable, "possible TSC halt in C2")),
        ("Marking TSC unstable due to check_tsc_sync_source failed", new(ClockMessageKind.TscUnstable, "check_tsc_sync_source failed")),
        ("Measured 65558947 cycles TSC warp between CPUs, turning off TSC clock.", new(ClockMessageKind.TscWarp, "", 65558947)),
        ("TSC warped randomly between CPUs", new(ClockMessageKind.TscWarp, "", -1)),
        ("TSC ADJUST compensate: CPU1 observed 1234 warp. Adjust: 1234", new(ClockMessageKind.TscAdjusted, "")),
        ("clocksource: wd-tsc-wd read-back delay of 124876ns, clock-skew test skipped!", new(ClockMessageKind.WatchdogSkipped, "")),
        ("clocksource: Watchdog hpet read timed out. Readout sequence took: 812345ns", new(ClockMessageKind.WatchdogSkipped, "")),
        ("time.c: Using 3.579545 MHz WALL PM GTOD PIT/TSC timer.", new(ClockMessageKind.OldTimer, "PIT/TSC")),
        ("time.c: Using 1.193182 MHz WALL KVM GTOD KVM timer.", new(ClockMessageKind.OldTimer, "KVM")),
    ];

    [Fact]
    public void Reads_every_wording()
    {
        foreach (var (line, message) in Lines)
            Assert.True(message == ClockMessage.Read(line), $"{line}\nfound {ClockMessage.Read(line)}");
    }

    [Theory]
    [InlineData("clocksource: tsc-early: mask: 0xffffffffffffffff max_cycles: 0x1e45649026e, max_idle_ns: 440795259094 ns")]
    [InlineData("TSC deadline timer available")]
    [InlineData("kvm-clock: using sched offset of 60716494 cycles")]
    [InlineData("TSC synchronization [CPU#0 -> CPU#1]: passed")]
    [InlineData("clocksource: Checking clocksource tsc synchronization from CPU 5.")]
    [InlineData("usb 1-1: new high speed USB device")]
    public void Leaves_the_others(string line) => Assert.Null(ClockMessage.Read(line));

    [Theory]
    [InlineData("tsc: Detected 2596.132 MHz processor", 2_596_132L, false)]
    [InlineData("Detected 2000.123 MHz processor.", 2_000_123L, false)]
    [InlineData("time.c: Detected 2000.123 MHz processor.", 2_000_123L, false)]
    [InlineData("tsc: Refined TSC clocksource calibration: 2599.998 MHz", 2_599_998L, true)]
    [InlineData("Refined TSC clocksource calibration: 2599.998 MHz.", 2_599_998L, true)]
    public void Reads_the_frequency(string line, long khz, bool refined) => Assert.Equal((khz, refined), TscFrequencyMessage.Read(line));

    [Fact]
    public void Never_fails_on_any_text() => Fuzz.Text(Lines.Select(l => l.Line).ToList(), t =>
    {
        ClockMessage.Read(t);
        TscFrequencyMessage.Read(t);
        HypervisorMessage.Read(t);
    });
}
