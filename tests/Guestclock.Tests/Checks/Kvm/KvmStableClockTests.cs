using Guestclock.Checks;
using Guestclock.Checks.Kvm;
using Guestclock.Facts;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.Kvm;

public class KvmStableClockTests() : CheckTests(new KvmStableClock())
{
    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("stable with pairs", KvmFactsOf.Host(KvmFactsOf.Sound), CheckStatus.Pass, "0xE"),
        new CheckRow("stable, kernel before 5.16", KvmFactsOf.Host(KvmFactsOf.WithFlags(2, known: 2)), CheckStatus.Pass, "5.16"),
        new CheckRow("stable without pairs", KvmFactsOf.Host(KvmFactsOf.WithFlags(2)), CheckStatus.Info, "no pair"),
        new CheckRow("host on hpet", KvmFactsOf.Host(KvmFactsOf.WithFlags(0), "hpet"), CheckStatus.Warning, "echo tsc"),
        new CheckRow("host on hpet and no tsc to choose", Without(KvmFactsOf.Host(KvmFactsOf.WithFlags(0), "hpet")), CheckStatus.Warning,
            "does not offer"),
        new CheckRow("host on tsc, TSCs do not agree", KvmFactsOf.Host(KvmFactsOf.WithFlags(0)), CheckStatus.Warning, "tsc-synchronized"),
        new CheckRow("old kernel on hpet", KvmFactsOf.Host(KvmFactsOf.WithFlags(0, known: 2), "hpet"), CheckStatus.Warning, "not stable"),
        new CheckRow("old kernel on tsc", KvmFactsOf.Host(KvmFactsOf.WithFlags(0, known: 2)), CheckStatus.Unknown, "before a guest runs"),
        new CheckRow("kernel without the flag", KvmFactsOf.Host(KvmFactsOf.WithFlags(0, known: 1), "hpet"), CheckStatus.Unknown),
        new CheckRow("not root", KvmFactsOf.Host(KvmFactsOf.Denied), CheckStatus.Unknown, "Permission denied"),
        new CheckRow("no device", KvmFactsOf.Host(KvmFactsOf.Missing), CheckStatus.NotApplicable, "kvm-usable"),
        new CheckRow("a guest that only could run guests", KvmFactsOf.Host(KvmFactsOf.WithFlags(0), "kvm-clock") with
        {
            Identity = Some.KvmGuest().Identity with
            {
                Roles = Some.Known<IReadOnlyList<Role>>([Role.KvmGuest, Role.KvmHost]),
            },
        }, CheckStatus.Info, "runs none"),
        new CheckRow("a guest", Some.KvmGuest(), CheckStatus.NotApplicable),
        new CheckRow("arm64 host",
            KvmFactsOf.Host(KvmFactsOf.Sound) with { Identity = Some.KvmHost().Identity with { Architecture = Some.Known("aarch64") } },
            CheckStatus.NotApplicable, "aarch64"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new KvmStableClock(), row);

    private static MachineFacts Without(MachineFacts facts) =>
        facts with { Clock = facts.Clock with { AvailableSources = Some.List("hpet", "acpi_pm") } };
}
