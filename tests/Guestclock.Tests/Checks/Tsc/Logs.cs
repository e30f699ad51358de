using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Formats.KernelMessages;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.Tsc;

/// <summary>Excerpts of real kernel logs, each with its kernel, from public bug reports and mailing lists.</summary>
public static class Logs
{
    /// <summary>2.6.22 desktop.</summary>
    public const string Delta =
        "[   31.590808] Clocksource tsc unstable (delta = -1052658846 ns)\n[   31.594831] Time: hpet clocksource has been installed.\n";

    /// <summary>2.6.27, AMD Turion X2.</summary>
    public const string Warp =
        "[    0.680276] checking TSC synchronization [CPU#0 -> CPU#1]:\n"
        + "[    0.684002] Measured 65558947 cycles TSC warp between CPUs, turning off TSC clock.\n"
        + "[    0.684002] Marking TSC unstable due to check_tsc_sync_source failed\n";

    /// <summary>5.10 guest of bhyve.</summary>
    public const string Guest510 = """
        [    0.000000] clocksource: Switched to clocksource tsc
        [ 8996.144253] clocksource: timekeeping watchdog on CPU2: Marking clocksource 'tsc' as unstable because the skew is too large:
        [ 8996.144260] clocksource:                       'acpi_pm' wd_now: f4b7d wd_last: 6c50c5 mask: ffffff
        [ 8996.144261] clocksource:                       'tsc' cs_now: 1ca324f62cac cs_last: 1ca0b7a50c00 mask: ffffffffffffffff
        [ 8996.144274] tsc: Marking TSC unstable due to clocksource watchdog
        [ 8996.144401] TSC found unstable after boot, most likely due to broken BIOS. Use 'tsc=unstable'.
        [ 8996.146113] clocksource: Switched to clocksource acpi_pm
        """;

    /// <summary>6.x server with 1800 CPUs.</summary>
    public const string Server6 = """
        [    1.000000] clocksource: Switched to clocksource tsc
        [  913.500000] clocksource: timekeeping watchdog on CPU1750: Marking clocksource 'tsc' as unstable because the skew is too large:
        [  913.500001] clocksource:                       'hpet' wd_nsec: 503029760 wd_now: 48a38f74 wd_last: 47e3ab74 mask: ffffffff
        [  913.500002] clocksource:                       'tsc' cs_nsec: 503466648 cs_now: 3224653e7bd cs_last: 3220d4f8d57 mask: ffffffffffffffff
        [  913.500003] clocksource:                       Clocksource 'tsc' skewed 436888 ns (0 ms) over watchdog 'hpet' interval of 503029760 ns (503 ms)
        [  913.500004] clocksource:                       'tsc' is current clocksource.
        [  913.500005] tsc: Marking TSC unstable due to clocksource watchdog
        [  913.500006] TSC found unstable after boot, most likely due to broken BIOS. Use 'tsc=unstable'.
        [  913.600000] clocksource: Switched to clocksource hpet
        """;

    /// <summary>7.2 KVM guest that was stopped by a debugger.</summary>
    public const string Guest72 = """
        [   20.000000] clocksource: Marking clocksource tsc unstable due to frequency skew
        [   20.000001] clocksource: Watchdog               kvm-clock interval:        503995129ns
        [   20.000002] clocksource: Clocksource                  tsc interval:       1894661885ns
        [   20.000003] tsc: Marking TSC unstable due to clocksource watchdog
        """;

    /// <summary>6.18 KVM guest: two switches at boot, nothing wrong.</summary>
    public const string Sound =
        "[    0.000000] Linux version 6.18.44\n[    0.200000] clocksource: Switched to clocksource kvm-clock\n"
        + "[    0.700000] clocksource: Switched to clocksource tsc\n";

    public static KernelLogFacts Of(string text, bool complete = true) =>
        new()
        {
            Log = Some.Known(new KernelLog(complete,
            KernelLogText.ParseFile(text).Select(m => new KernelLogLine(m.AtUs, m.Text)).ToList()))
        };

    public static KernelLogFacts Denied => new() { Log = Some.Not<KernelLog>(FactState.Denied, "permission denied") };

    /// <summary>The same machine on another clock source.</summary>
    public static MachineFacts On(this MachineFacts facts, string current, params string[] available) =>
        facts with
        {
            Clock = facts.Clock
            with
            { CurrentSource = Some.Known(current), AvailableSources = Some.List([current, .. available]) }
        };

    public static MachineFacts Booted(this MachineFacts facts, string arguments) => facts
        with
    { Clock = facts.Clock with { CommandLine = Some.Known(Some.Arguments(arguments)) } };

    public static MachineFacts Logged(this MachineFacts facts, string text, bool complete = true) => facts
        with
    { KernelLog = Of(text, complete) };

    public static MachineFacts Flags(this MachineFacts facts, params string[] flags) => facts
        with
    { Cpu = facts.Cpu with { Cpus = Some.List(Some.Cpu(0, flags), Some.Cpu(1, flags)) } };

    public static MachineFacts Is(this MachineFacts facts, Hypervisor hypervisor, params Role[] roles) =>
        facts with
        {
            Identity = facts.Identity
            with
            { Hypervisor = Some.Known(hypervisor), Roles = Some.Known<IReadOnlyList<Role>>(roles) }
        };

    public static MachineFacts System(this MachineFacts facts, string id, string version, OsFamily family, string kernel) =>
        facts with { Identity = facts.Identity with { Os = Some.Known(Some.Os(id, version, family)), KernelRelease = Some.Known(kernel) } };

    public static MachineFacts WithoutClock(this MachineFacts facts, FactState state = FactState.NotRecorded) =>
        facts with
        {
            Clock = new()
            {
                CurrentSource = Some.Not<string>(state),
                AvailableSources = Some.Not<IReadOnlyList<string>>(state),
                CommandLine = Some.Not<KernelArguments>(state)
            }
        };
}
