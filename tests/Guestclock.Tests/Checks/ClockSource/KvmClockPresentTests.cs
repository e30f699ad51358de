using Guestclock.Checks;
using Guestclock.Checks.ClockSource;
using Guestclock.Facts;
using Guestclock.Testing;
using Guestclock.Tests.Checks.Tsc;

namespace Guestclock.Tests.Checks.ClockSource;

public class KvmClockPresentTests() : CheckTests(new KvmClockPresent())
{
    private static MachineFacts Without() => Some.KvmGuest().On("acpi_pm", "hpet");

    private static MachineFacts Features(MachineFacts facts, uint features) => facts
        with
    { Cpu = facts.Cpu with { KvmFeatures = Some.Known(new KvmFeatures(features, 0)) } };

    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("offered", Some.KvmGuest(), CheckStatus.Pass),
        new CheckRow("RHEL 5 64-bit shows it in the log",
            Some.KvmGuest().On("jiffies").System("rhel", "5.5", OsFamily.RedHat,
            "2.6.18-194.el5").Logged("time.c: Using 1.193182 MHz WALL KVM GTOD KVM timer.\n"), CheckStatus.Pass),
        new CheckRow("no-kvmclock", Without().Booted("ro no-kvmclock"), CheckStatus.Warning, "remove no-kvmclock"),
        new CheckRow("no-kvmclock, but the TSC is reliable", Some.KvmGuest().On("tsc").Booted("ro no-kvmclock"), CheckStatus.Info,
            "ptp_kvm"),
        new CheckRow("hidden", Without() with { Cpu = Without().Cpu with { KvmFeatures = Some.Missing<KvmFeatures>() } },
            CheckStatus.Warning, "kvm=off"),
        new CheckRow("switched off on the host", Features(Without(), 0x01007ef2), CheckStatus.Warning, "kvmclock"),
        new CheckRow("kernel too old",
            Features(Without(), 0x01007efb).System("rhel", "5.3", OsFamily.RedHat,
            "2.6.18-128.el5").Logged("time.c: Using 3.579545 MHz WALL PM GTOD PM timer.\n"), CheckStatus.Info, "too old"),
        new CheckRow("kernel without it", Features(Without(), 0x01007efb), CheckStatus.Warning, "CONFIG_KVM_GUEST"),
        new CheckRow("image that will refuse it", Some.KvmGuest().WithoutClock() with
        {
            Boot = new() { Entries = Some.List(new BootEntry(BootLoader.Bls, "/boot/loader/entries/a.conf", "a", "/vmlinuz",
                Some.Arguments("ro no-kvmclock"), true, false)) },
        }, CheckStatus.Warning, "no-kvmclock"),
        new CheckRow("image", Some.KvmGuest().WithoutClock(), CheckStatus.Unknown),
        new CheckRow("role not known", Some.KvmGuest()
            with { Identity = new() { Roles = Some.Not<IReadOnlyList<Role>>(FactState.NotRecorded) } }, CheckStatus.Unknown),
        new CheckRow("emulated", Some.KvmGuest().Is(Hypervisor.Tcg, Role.OtherGuest), CheckStatus.NotApplicable, "TCG"),
        new CheckRow("host", Some.KvmHost(), CheckStatus.NotApplicable, "no KVM guest"),
        new CheckRow("arm64", Some.Arm(), CheckStatus.NotApplicable, "aarch64"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new KvmClockPresent(), row);
}
