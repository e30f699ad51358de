using Guestclock.Checks;
using Guestclock.Checks.Tsc;
using Guestclock.Facts;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.Tsc;

public class TscSynchronizedTests() : CheckTests(new TscSynchronized())
{
    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("sound", Some.KvmGuest().Logged(Logs.Sound), CheckStatus.Pass),
        new CheckRow("complete log, other source", Some.KvmHost().On("hpet").Logged(Logs.Sound), CheckStatus.Pass),
        new CheckRow("warp on a host", Some.KvmHost().On("hpet").Logged(Logs.Warp), CheckStatus.Warning, "65558947 cycles (25.2 ms)"),
        new CheckRow("warp in a guest on kvm-clock", Some.KvmGuest().On("kvm-clock").Logged(Logs.Warp), CheckStatus.Info,
            "allows for that"),
        new CheckRow("warp in a guest on acpi_pm", Some.KvmGuest().On("acpi_pm").Logged(Logs.Warp), CheckStatus.Warning,
            "look at the host"),
        new CheckRow("warp, yet the TSC in use", Some.KvmHost().Logged(Logs.Warp), CheckStatus.Critical, "tsc=reliable"),
        new CheckRow("7.x, found later",
            Some.KvmHost().On("hpet").Logged("clocksource: Marking clocksource tsc unstable due to inter CPU skew\n"), CheckStatus.Warning),
        new CheckRow("put right by the kernel", Some.KvmHost().Logged("[Firmware Bug]: TSC ADJUST differs: CPU0 0 --> -12. Restoring\n"),
            CheckStatus.Info, "firmware"),
        new CheckRow("log denied", Some.KvmHost().On("hpet") with { KernelLog = Logs.Denied }, CheckStatus.Unknown, "permission denied"),
        new CheckRow("start of the log lost", Some.KvmHost().On("hpet").Logged("", complete: false), CheckStatus.Unknown),
        new CheckRow("one CPU", Some.KvmGuest()
            with { Cpu = new() { Cpus = Some.List(Some.Cpu(0)) } }, CheckStatus.NotApplicable, "one CPU"),
        new CheckRow("emulated", Some.KvmGuest().On("hpet").Is(Hypervisor.Tcg, Role.OtherGuest).Logged(Logs.Warp), CheckStatus.Info,
            "emulated"),
        new CheckRow("arm64", Some.Arm(), CheckStatus.NotApplicable, "aarch64"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new TscSynchronized(), row);
}
