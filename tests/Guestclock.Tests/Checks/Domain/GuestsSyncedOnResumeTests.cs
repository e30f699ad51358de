using Guestclock.Checks;
using Guestclock.Checks.Domain;
using Guestclock.Facts;
using Guestclock.Testing;
using Guestclock.Tests.Formats;

namespace Guestclock.Tests.Checks.Domain;

public class GuestsSyncedOnResumeTests() : CheckTests(new GuestsSyncedOnResume())
{
    private static readonly string Deaf = DomainFactsOf.Linux("org.qemu.guest_agent.0", "other");

    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("saved and set", With(Host(), "ON_SHUTDOWN=suspend", "ON_BOOT=start", "SYNC_TIME=1"), CheckStatus.Pass,
            "sets the guests' clocks"),
        new CheckRow("saved, not set", With(Host(), "ON_SHUTDOWN=suspend", "ON_BOOT=start"), CheckStatus.Warning, "SYNC_TIME=1"),
        new CheckRow("saved, not set, by RHEL's defaults", With(RedHat(Host())), CheckStatus.Warning, "SYNC_TIME is off"),
        new CheckRow("shut down by Debian's defaults", With(Host()), CheckStatus.Info, "virsh resume"),
        new CheckRow("saved, set, but not started", With(Host(), "ON_SHUTDOWN=suspend", "ON_BOOT=ignore", "SYNC_TIME=1"),
            CheckStatus.Warning, "ON_BOOT"),
        new CheckRow("saved and set, but no agent channel",
            With(DomainFactsOf.Host(Deaf), "ON_SHUTDOWN=suspend", "ON_BOOT=start", "SYNC_TIME=1"), CheckStatus.Warning,
            "deb12 has no channel"),
        new CheckRow("libvirt-guests is off", Host(), CheckStatus.Info, "step themselves"),
        new CheckRow("one is paused", DomainFactsOf.Host(DomainFactsOf.Libvirt([DomainFactsOf.Domain(DomainSamples.Linux, "paused")])),
            CheckStatus.Warning, "virsh resume deb12 && guestclock sync --domain deb12"),
        new CheckRow("one is saved",
            Saved(DomainFactsOf.Host(DomainFactsOf.Libvirt([DomainFactsOf.Domain(DomainSamples.Linux, "shut off"),
            DomainFactsOf.Domain(DomainSamples.Windows)])), "deb12"),
            CheckStatus.Warning, "virsh start deb12"),
        new CheckRow("nova's", DomainFactsOf.Host(DomainSamples.Nova), CheckStatus.Info, "nova"),
        new CheckRow("QEMU alone", DomainFactsOf.Processes(DomainSamples.ProxmoxLinux), CheckStatus.Info, "step themselves"),
        new CheckRow("unit not known",
            Host() with { Libvirt = Host().Libvirt with { GuestsEnabled = Some.Not<bool>(FactState.NotRecorded, "not recorded") } },
            CheckStatus.Unknown, "not recorded"),
        new CheckRow("settings not known",
            Host() with { Libvirt = Host().Libvirt with { GuestsConf = Some.Not<IReadOnlyDictionary<string,
                string>>(FactState.Denied, "permission denied") } }, CheckStatus.Unknown, "permission denied"),
        new CheckRow("no domains", DomainFactsOf.Host(DomainFactsOf.Libvirt()), CheckStatus.NotApplicable),
        new CheckRow("a guest", Some.KvmGuest(), CheckStatus.NotApplicable),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new GuestsSyncedOnResume(), row);

    private static MachineFacts Host() => DomainFactsOf.Host(DomainSamples.Linux);

    private static MachineFacts RedHat(MachineFacts facts) =>
        facts with { Identity = facts.Identity with { Os = Some.Known(Some.Os("rhel", "9.4", OsFamily.RedHat)) } };

    private static MachineFacts Saved(MachineFacts facts, string name) =>
        facts with { Libvirt = facts.Libvirt with { SavedDomains = Some.List(name) } };

    private static MachineFacts With(MachineFacts facts, params string[] settings) => facts with
    {
        Libvirt = facts.Libvirt with
        {
            GuestsEnabled = Some.Known(true),
            GuestsConf = Some.Known<IReadOnlyDictionary<string,
                string>>(settings.Select(s => s.Split('=')).ToDictionary(s => s[0], s => s[1], StringComparer.Ordinal)),
        },
    };
}
