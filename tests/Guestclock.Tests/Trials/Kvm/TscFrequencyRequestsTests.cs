using Guestclock.Checks;
using Guestclock.Testing;
using Guestclock.Trials.Kvm;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Tests.Trials.Kvm;

public class TscFrequencyRequestsTests() : KvmTrialTests(new TscFrequencyRequests())
{
    public static TheoryData<KvmRow> Rows =>
    [
        new KvmRow("scales", SomeKvm.Sound, CheckStatus.Pass, "4 requests"),
        new KvmRow("refuses what it cannot give", Fixed(Near, new(SomeKvm.Khz / 2, "EINVAL", null, null, null, null)), CheckStatus.Info, "1298060 kHz: EINVAL"),
        new KvmRow("catches up", Fixed(Near, new(SomeKvm.Khz + 2596, null, SomeKvm.Khz + 2596, 2_598_716, 3, false)), CheckStatus.Info, "catch up"),
        new KvmRow("grants and does not give", Fixed(Near, new(SomeKvm.Khz / 2, null, SomeKvm.Khz / 2, 2_596_120, 1, false)), CheckStatus.Warning, "then runs at 2596120 kHz"),
        new KvmRow("the structure follows, the TSC does not", Fixed(new TscRateRequest(SomeKvm.Khz / 2, null, SomeKvm.Khz / 2, 2_596_120, 1, true)), CheckStatus.Warning, "and on kvm-clock"),
        new KvmRow("grants and says another", Fixed(new TscRateRequest(SomeKvm.Khz / 2, null, SomeKvm.Khz, null, null, null)), CheckStatus.Warning, "then says 2596120 kHz"),
        new KvmRow("grants, says and gives another", Fixed(new TscRateRequest(SomeKvm.Khz / 2, null, SomeKvm.Khz, 2_596_120, 1, null)), CheckStatus.Warning, "and the guest's TSC runs at"),
        new KvmRow("not measured closely enough to say", SomeKvm.Sound with { TscRates = Some.List(new TscRateRequest(SomeKvm.Khz + 2596, null, SomeKvm.Khz + 2596, 2_596_120, 4000, false)) }, CheckStatus.Unknown, "too coarsely"),
        new KvmRow("granted and not measured", SomeKvm.Sound with { TscRates = Some.List(new TscRateRequest(SomeKvm.Khz, null, SomeKvm.Khz, null, null, null)) }, CheckStatus.Unknown, "not measured"),
        new KvmRow("none was made", Fixed(), CheckStatus.Unknown, "none was made"),
        new KvmRow("absurd numbers", Fixed(new TscRateRequest(long.MinValue, null, long.MaxValue, double.MaxValue, 0, null)), CheckStatus.Warning),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(KvmRow row) => Holds(row);

    private static TscRateRequest Near { get; } = new(SomeKvm.Khz + 259, null, SomeKvm.Khz + 259, 2_596_120, 1, false);

    private static KvmEvidence Fixed(params IReadOnlyList<TscRateRequest> requests) => SomeKvm.With(k => k with { TscScaling = Some.Known(false) }) with { TscRates = Some.Known(requests) };
}
