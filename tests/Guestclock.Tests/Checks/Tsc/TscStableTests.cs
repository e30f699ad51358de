using Guestclock.Checks;
using Guestclock.Checks.Tsc;
using Guestclock.Facts;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.Tsc;

public class TscStableTests() : CheckTests(new TscStable())
{
    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("6.18 guest", Some.KvmGuest().Logged(Logs.Sound), CheckStatus.Pass),
        new CheckRow("log denied, but the TSC is in use", Some.KvmGuest() with { KernelLog = Logs.Denied }, CheckStatus.Pass),
        new CheckRow("log without a start, but the TSC is offered", Some.KvmGuest().On("kvm-clock", "tsc").Logged("", complete: false),
            CheckStatus.Pass, "offers"),
        new CheckRow("complete log without a mark", Some.KvmGuest().On("kvm-clock").Logged(Logs.Sound), CheckStatus.Pass, "since boot"),
        new CheckRow("2.6.22 host", Some.KvmHost().On("hpet").Logged(Logs.Delta), CheckStatus.Warning, "-1.05 s"),
        new CheckRow("6.x server", Some.KvmHost().On("hpet").Logged(Logs.Server6), CheckStatus.Warning, "+869 ppm"),
        new CheckRow("host, unsynchronised", Some.KvmHost().On("hpet").Logged(Logs.Warp), CheckStatus.Warning,
            "power the machine off and on"),
        new CheckRow("host, halts in idle", Some.KvmHost().On("hpet").Logged("Marking TSC unstable due to TSC halts in idle\n"),
            CheckStatus.Warning, "max_cstate"),
        new CheckRow("host, frequency", Some.KvmHost().On("hpet").Logged("Marking TSC unstable due to cpufreq changes\n"),
            CheckStatus.Warning, "cpufreq-pinned"),
        new CheckRow("guest that lost its TSC", Some.KvmGuest().On("acpi_pm").Logged(Logs.Guest510), CheckStatus.Warning,
            "not running between"),
        new CheckRow("7.2 guest on kvm-clock", Some.KvmGuest().On("kvm-clock").Logged(Logs.Guest72), CheckStatus.Info, "does not need it"),
        new CheckRow("marked, yet in use", Some.KvmGuest().On("tsc", "kvm-clock").Logged(Logs.Guest510), CheckStatus.Critical,
            "echo kvm-clock"),
        new CheckRow("notsc in a guest", Some.KvmGuest().On("acpi_pm").Logged("tsc: Marking TSC unstable due to boot parameter notsc\n"),
            CheckStatus.Info, "boot parameter"),
        new CheckRow("notsc on a host", Some.KvmHost().On("hpet").Logged("tsc: Marking TSC unstable due to boot parameter notsc\n"),
            CheckStatus.Warning, "remove notsc"),
        new CheckRow("log denied, TSC not offered", Some.KvmHost().On("hpet")
            with { KernelLog = Logs.Denied }, CheckStatus.Unknown, "permission denied"),
        new CheckRow("log without a start, TSC not offered", Some.KvmHost().On("hpet").Logged("", complete: false), CheckStatus.Unknown,
            "start of the kernel log"),
        new CheckRow("emulated", Some.KvmGuest().On("hpet").Is(Hypervisor.Tcg, Role.OtherGuest).Logged(Logs.Warp), CheckStatus.Info,
            "emulated"),
        new CheckRow("notsc among others",
            Some.KvmHost().On("hpet").Booted("ro notsc quiet").Logged("Marking TSC unstable due to boot parameter notsc\n"),
            CheckStatus.Warning, "remove notsc; takes effect"),
        new CheckRow("arm64", Some.Arm(), CheckStatus.NotApplicable, "aarch64"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new TscStable(), row);
}
