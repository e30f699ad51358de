using Guestclock.Checks;
using Guestclock.Checks.ClockSource;
using Guestclock.Facts;
using Guestclock.Testing;
using Guestclock.Tests.Checks.Tsc;

namespace Guestclock.Tests.Checks.ClockSource;

public class ClocksourceNotDemotedTests() : CheckTests(new ClocksourceNotDemoted())
{
    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("6.18 guest", Some.KvmGuest().Logged(Logs.Sound), CheckStatus.Pass),
        new CheckRow("log denied, tsc in use", Some.KvmGuest() with { KernelLog = Logs.Denied }, CheckStatus.Pass, "still runs on tsc"),
        new CheckRow("marked at boot before any switch", Some.KvmHost().On("hpet").Logged(Logs.Warp + "Switched to clocksource hpet\n"),
            CheckStatus.Pass),
        new CheckRow("marked while kvm-clock was in use",
            Some.KvmGuest().On("kvm-clock").Logged("Switched to clocksource kvm-clock\n" + Logs.Guest72), CheckStatus.Pass),
        new CheckRow("6.x server", Some.KvmHost().On("hpet", "acpi_pm").Logged(Logs.Server6), CheckStatus.Warning,
            "switched the clock to hpet"),
        new CheckRow("5.10 guest", Some.KvmGuest().On("acpi_pm").Logged(Logs.Guest510), CheckStatus.Warning,
            "took tsc away 2.50 h after boot"),
        new CheckRow("put back by hand", Some.KvmHost().On("acpi_pm").Logged(Logs.Server6), CheckStatus.Info, "since then"),
        new CheckRow("fell back to kvm-clock",
            Some.KvmGuest().On("kvm-clock").Logged("Switched to clocksource tsc\n" + Logs.Guest72
            + "\nclocksource: Switched to clocksource kvm-clock\n"), CheckStatus.Info, "right in this guest"),
        new CheckRow("start of the log lost", Some.KvmHost().On("hpet").Logged("", complete: false), CheckStatus.Unknown,
            "start of the kernel log"),
        new CheckRow("log denied, hpet in use", Some.KvmHost().On("hpet")
            with { KernelLog = Logs.Denied }, CheckStatus.Unknown, "permission denied"),
        new CheckRow("emulated", Some.KvmGuest().On("acpi_pm").Is(Hypervisor.Tcg, Role.OtherGuest).Logged(Logs.Guest510), CheckStatus.Info,
            "emulated"),
        new CheckRow("Windows", Some.KvmGuest().System("windows", "", OsFamily.Windows, ""), CheckStatus.NotApplicable, "Windows"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new ClocksourceNotDemoted(), row);
}
