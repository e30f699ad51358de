using Guestclock.Checks;
using Guestclock.Checks.Domain;
using Guestclock.Facts;
using Guestclock.Testing;
using Guestclock.Tests.Formats;

namespace Guestclock.Tests.Checks.Domain;

public class DomainClockTests() : CheckTests(new DomainClock())
{
    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("virt-manager's guests", DomainFactsOf.Host(DomainSamples.Linux, DomainSamples.Windows), CheckStatus.Pass,
            "2 virtual machines"),
        new CheckRow("nova", DomainFactsOf.Host(DomainSamples.Nova), CheckStatus.Pass),
        new CheckRow("Proxmox", DomainFactsOf.Processes(DomainSamples.ProxmoxLinux, DomainSamples.ProxmoxWindows), CheckStatus.Pass),
        new CheckRow("Windows with utc", DomainFactsOf.Host(DomainSamples.Linux, Windows("offset='utc'")), CheckStatus.Warning,
            "virsh edit win10   # <clock offset='localtime'>"),
        new CheckRow("Windows with utc on a host that has UTC itself", Utc(DomainFactsOf.Host(Windows("offset='utc'"))), CheckStatus.Info,
            "RealTimeIsUniversal"),
        new CheckRow("Windows with variable, set by itself",
            DomainFactsOf.Host(Windows("offset='variable' basis='utc' adjustment='3600'")), CheckStatus.Pass),
        new CheckRow("Windows with variable, never set", DomainFactsOf.Host(Windows("offset='variable' basis='utc' adjustment='0'")),
            CheckStatus.Warning),
        new CheckRow("Windows with a zone", DomainFactsOf.Host(Windows("offset='timezone' timezone='Europe/Paris'")), CheckStatus.Pass),
        new CheckRow("Linux with localtime", DomainFactsOf.Host(Linux("offset='localtime'")), CheckStatus.Warning, "hours off"),
        new CheckRow("Linux with localtime on a host that has UTC", Utc(DomainFactsOf.Host(Linux("offset='localtime'"))), CheckStatus.Pass),
        new CheckRow("Linux with variable localtime", DomainFactsOf.Host(Linux("offset='variable' basis='localtime'")),
            CheckStatus.Warning, "hours off"),
        new CheckRow("Linux with a zone", DomainFactsOf.Host(Linux("offset='timezone' timezone='Europe/Paris'")), CheckStatus.Warning),
        new CheckRow("Linux with the zone UTC", DomainFactsOf.Host(Linux("offset='timezone' timezone='UTC'")), CheckStatus.Pass),
        new CheckRow("Linux with a small adjustment", DomainFactsOf.Host(Linux("offset='variable' adjustment='-2'")), CheckStatus.Pass),
        new CheckRow("Linux an hour off", DomainFactsOf.Host(Linux("offset='variable' adjustment='-3600'")), CheckStatus.Warning,
            "3600 s behind UTC"),
        new CheckRow("adjustment without end", DomainFactsOf.Host(Linux("offset='variable' adjustment='-9223372036854775808'")),
            CheckStatus.Warning, "9223372036854775808 s behind"),
        new CheckRow("an absolute date", DomainFactsOf.Host(Linux("offset='absolute' start='0'")), CheckStatus.Warning, "same date (0)"),
        new CheckRow("an unknown offset", DomainFactsOf.Host(Linux("offset='moon'")), CheckStatus.Info, "'moon'"),
        new CheckRow("RTC stands still in a pause",
            DomainFactsOf.Host(DomainFactsOf.Linux("tickpolicy='catchup'", "tickpolicy='catchup' track='guest'")), CheckStatus.Warning,
            "stands still"),
        new CheckRow("a date on QEMU's command line", DomainFactsOf.Processes(DomainSamples.Hand), CheckStatus.Warning,
            "# my, vm: -rtc base=utc"),
        new CheckRow("Windows with utc on Proxmox",
            DomainFactsOf.Processes(DomainSamples.ProxmoxWindows.Replace("base=localtime", "base=utc", StringComparison.Ordinal)),
            CheckStatus.Warning, "qm set 101 --localtime 1"),
        new CheckRow("changed, but not started again",
            DomainFactsOf.Host(DomainFactsOf.Libvirt([DomainFactsOf.Domain(Windows("offset='utc'"), next: DomainSamples.Windows)])),
            CheckStatus.Info, "virsh shutdown win10"),
        new CheckRow("right now, wrong from the next start on",
            DomainFactsOf.Host(DomainFactsOf.Libvirt([DomainFactsOf.Domain(DomainSamples.Windows, next: Windows("offset='utc'"))])),
                CheckStatus.Warning, "from its next start on"),
        new CheckRow("thirty at fault",
            DomainFactsOf.Host([.. Enumerable.Range(0,
            30).Select(i => Windows("offset='utc'").Replace("win10", $"w{i:D2}", StringComparison.Ordinal))]),
            CheckStatus.Warning, "and 10 more"),
        new CheckRow("a name for a shell to stumble over",
            DomainFactsOf.Host(Windows("offset='utc'").Replace("win10", "a'b; c", StringComparison.Ordinal)),
            CheckStatus.Warning, "virsh edit 'a'\\''b; c'"),
        .. DomainFactsOf.Common(DomainSamples.Linux).Select(r => new CheckRow(r.Name, r.Facts, r.Status, r.Says)),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new DomainClock(), row);

    private static string Linux(string clock) => DomainFactsOf.Linux("offset='utc'", clock);

    private static string Windows(string clock) => DomainFactsOf.Windows("offset=\"localtime\"", clock);

    private static MachineFacts Utc(MachineFacts facts) => facts with { Libvirt = facts.Libvirt with { TimeZone = Some.Known("Etc/UTC") } };
}
