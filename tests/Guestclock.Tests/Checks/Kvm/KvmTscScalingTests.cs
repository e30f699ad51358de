using Guestclock.Checks;
using Guestclock.Checks.Kvm;
using Guestclock.Facts;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.Kvm;

public class KvmTscScalingTests() : CheckTests(new KvmTscScaling())
{
    private static readonly KvmFacts Without = KvmFactsOf.Sound with { TscScaling = Some.Known(false) };

    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("with scaling", KvmFactsOf.Host(KvmFactsOf.Sound), CheckStatus.Pass),
        new CheckRow("without scaling", KvmFactsOf.Host(Without), CheckStatus.Info, "250 ppm of 2600000 kHz (±650 kHz)"),
        new CheckRow("another tolerance", KvmFactsOf.Host(Without with { Parameters = Parameters("1000") }), CheckStatus.Info, "1000 ppm"),
        new CheckRow("a strange tolerance", KvmFactsOf.Host(Without with { Parameters = Parameters("-1") }), CheckStatus.Info, "250 ppm"),
        new CheckRow("frequency not known", KvmFactsOf.Host(Without with { TscKhz = Some.Not<long>(FactState.Failed) }), CheckStatus.Info,
            "250 ppm"),
        new CheckRow("not root", KvmFactsOf.Host(KvmFactsOf.Denied), CheckStatus.Unknown),
        new CheckRow("a guest", Some.KvmGuest(), CheckStatus.NotApplicable),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new KvmTscScaling(), row);

    private static Fact<IReadOnlyDictionary<string, string>> Parameters(string ppm) =>
        Some.Known<IReadOnlyDictionary<string, string>>(new Dictionary<string, string> { ["kvm.tsc_tolerance_ppm"] = ppm });
}
