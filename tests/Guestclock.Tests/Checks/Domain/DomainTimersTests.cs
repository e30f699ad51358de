using Guestclock.Checks;
using Guestclock.Checks.Domain;
using Guestclock.Testing;
using Guestclock.Tests.Formats;

namespace Guestclock.Tests.Checks.Domain;

public class DomainTimersTests() : CheckTests(new DomainTimers())
{
    private const string Hpet = "<timer name='hpet' present='no'/>";
    private const string KvmClockOff = Hpet + "<timer name='kvmclock' present='no'/>";
    private const string HyperVClock = "<timer name=\"hypervclock\" present=\"yes\"/>";

    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("virt-manager's guests", DomainFactsOf.Host(DomainSamples.Linux, DomainSamples.Windows), CheckStatus.Pass),
        new CheckRow("nova", DomainFactsOf.Host(DomainSamples.Nova), CheckStatus.Pass),
        new CheckRow("Linux without kvm-clock", DomainFactsOf.Host(DomainFactsOf.Linux(Hpet, KvmClockOff)), CheckStatus.Warning,
            "<timer name='kvmclock' present='yes'/>"),
        new CheckRow("Linux from which KVM is hidden",
            DomainFactsOf.Host(DomainFactsOf.Linux("<acpi/>", "<acpi/><kvm><hidden state='on'/></kvm>")), CheckStatus.Warning, "hidden"),
        new CheckRow("Linux without kvm-clock, with an invariant TSC",
            DomainFactsOf.Host(DomainFactsOf.Linux(Hpet, KvmClockOff).Replace("migratable='on'", "migratable='off'",
                StringComparison.Ordinal)), CheckStatus.Info, "ptp_kvm"),
        new CheckRow("Linux with the HPET", DomainFactsOf.Host(DomainFactsOf.Linux(Hpet, "")), CheckStatus.Info, "QEMU's default"),
        new CheckRow("Linux without RTC catch-up", DomainFactsOf.Host(DomainFactsOf.Linux(" tickpolicy='catchup'", "")), CheckStatus.Info,
            "not made up"),
        new CheckRow("PIT catch-up does nothing", DomainFactsOf.Host(DomainFactsOf.Linux("'delay'", "'catchup'")), CheckStatus.Info,
            "no effect in QEMU"),
        new CheckRow("PIT discards", DomainFactsOf.Host(DomainFactsOf.Linux("'delay'", "'discard'")), CheckStatus.Info, "discard"),
        new CheckRow("Windows without the Hyper-V clock", DomainFactsOf.Host(DomainFactsOf.Windows(HyperVClock, "")), CheckStatus.Warning,
            "<timer name='hypervclock' present='yes'/>"),
        new CheckRow("Windows without the Hyper-V clock and RTC catch-up",
            DomainFactsOf.Host(DomainFactsOf.Windows(HyperVClock, "").Replace(" tickpolicy=\"catchup\"", "", StringComparison.Ordinal)),
                CheckStatus.Warning, "not made up"),
        new CheckRow("Windows without synthetic timers", DomainFactsOf.Host(DomainFactsOf.Windows("<stimer state=\"on\"/>", "")),
            CheckStatus.Info, "synthetic"),
        new CheckRow("unknown system with neither clock",
            DomainFactsOf.Host(DomainSamples.Nova.Replace(Hpet, KvmClockOff, StringComparison.Ordinal)), CheckStatus.Warning,
                "switched off"),
        new CheckRow("emulated",
            DomainFactsOf.Host(DomainFactsOf.Linux("type='kvm'", "type='qemu'").Replace(Hpet, KvmClockOff, StringComparison.Ordinal)),
            CheckStatus.Pass),
        new CheckRow("QEMU by hand", DomainFactsOf.Processes(DomainSamples.Hand), CheckStatus.Info, "kvmclock=on"),
        new CheckRow("arm64 guests", DomainFactsOf.Host(DomainFactsOf.Linux("x86_64", "aarch64")), CheckStatus.NotApplicable, "x86"),
        .. DomainFactsOf.Common(DomainSamples.Linux).Select(r =>
            new CheckRow(r.Name, r.Facts,
            r.Status == CheckStatus.Unknown && r.Name.StartsWith("processes", StringComparison.Ordinal) ? CheckStatus.Info : r.Status)),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new DomainTimers(), row);
}
