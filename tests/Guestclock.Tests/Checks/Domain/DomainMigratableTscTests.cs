using Guestclock.Checks;
using Guestclock.Checks.Domain;
using Guestclock.Facts;
using Guestclock.Testing;
using Guestclock.Tests.Formats;

namespace Guestclock.Tests.Checks.Domain;

public class DomainMigratableTscTests() : CheckTests(new DomainMigratableTsc())
{
    private const string Passthrough = "<cpu mode='host-passthrough' check='none' migratable='on'/>";
    private static readonly string Invariant = DomainFactsOf.Linux(Passthrough,
        "<cpu mode='host-model'><feature policy='require' name='invtsc'/></cpu>");

    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("fixed at the host's frequency", DomainFactsOf.Host(DomainSamples.Status), CheckStatus.Pass),
        new CheckRow("not fixed", DomainFactsOf.Host(Invariant), CheckStatus.Info, "<timer name='tsc' frequency='2600000000'/>"),
        new CheckRow("host-passthrough that cannot migrate",
            DomainFactsOf.Host(DomainFactsOf.Linux("migratable='on'", "migratable='off'")), CheckStatus.Info, "neither saved"),
        new CheckRow("not fixed, and saved at host shutdown", Suspending(DomainFactsOf.Host(Invariant)), CheckStatus.Warning,
            "libvirt-guests fails"),
        new CheckRow("fixed too far from the host",
            Unscaled(DomainFactsOf.Host(DomainSamples.Status.Replace("2600000000", "2500000000", StringComparison.Ordinal))),
            CheckStatus.Warning, "250 ppm"),
        new CheckRow("fixed near the host",
            Unscaled(DomainFactsOf.Host(DomainSamples.Status.Replace("2600000000", "2600600000", StringComparison.Ordinal))),
            CheckStatus.Pass),
        new CheckRow("fixed far, with scaling",
            DomainFactsOf.Host(DomainSamples.Status.Replace("2600000000", "2500000000", StringComparison.Ordinal)), CheckStatus.Pass),
        new CheckRow("invtsc from the next start on",
            DomainFactsOf.Host(DomainFactsOf.Libvirt([DomainFactsOf.Domain(DomainSamples.Linux, next: Invariant)])), CheckStatus.Info,
                "from its next start on"),
        new CheckRow("no invariant TSC", DomainFactsOf.Host(DomainSamples.Linux, DomainSamples.Nova), CheckStatus.NotApplicable,
            "invariant TSC"),
        .. DomainFactsOf.Common(Invariant).Where(r => r.Name is not ("one of two is broken" or "processes known, domains denied"))
            .Select(r => new CheckRow(r.Name, r.Facts, r.Status, r.Says)),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new DomainMigratableTsc(), row);

    private static MachineFacts Suspending(MachineFacts facts) => facts with
    {
        Libvirt = facts.Libvirt with
        {
            GuestsEnabled = Some.Known(true),
            GuestsConf = Some.Known<IReadOnlyDictionary<string, string>>(new Dictionary<string, string> { ["ON_SHUTDOWN"] = "suspend" }),
        },
    };

    private static MachineFacts Unscaled(MachineFacts facts) => facts with { Kvm = facts.Kvm with { TscScaling = Some.Known(false) } };
}
