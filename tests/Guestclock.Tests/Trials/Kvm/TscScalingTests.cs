using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Testing;
using Guestclock.Trials.Kvm;

namespace Guestclock.Tests.Trials.Kvm;

public class TscScalingTests() : KvmTrialTests(new TscScaling())
{
    public static TheoryData<KvmRow> Rows =>
    [
        new KvmRow("scales", SomeKvm.Sound, CheckStatus.Pass),
        new KvmRow("does not", SomeKvm.With(k => k with { TscScaling = Some.Known(false) }), CheckStatus.Info, "within 250 ppm of 2596120 kHz (± 649 kHz)"),
        new KvmRow("another tolerance", SomeKvm.With(k => k with { TscScaling = Some.Known(false) }) with { TscTolerancePpm = Some.Known(1000L) }, CheckStatus.Info, "within 1000 ppm"),
        new KvmRow("no tolerance is readable", SomeKvm.With(k => k with { TscScaling = Some.Known(false) }) with { TscTolerancePpm = Some.Missing<long>() }, CheckStatus.Info, "within 250 ppm"),
        new KvmRow("a tolerance that is none", SomeKvm.With(k => k with { TscScaling = Some.Known(false) }) with { TscTolerancePpm = Some.Known(long.MaxValue) }, CheckStatus.Info, "within 250 ppm"),
        new KvmRow("no frequency", SomeKvm.With(k => k with { TscScaling = Some.Known(false), TscKhz = Some.Missing<long>() }), CheckStatus.Info, "of this one's frequency"),
        new KvmRow("not known", SomeKvm.With(k => k with { TscScaling = Some.Not<bool>(FactState.Failed, "EINVAL") }), CheckStatus.Unknown, "EINVAL"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(KvmRow row) => Holds(row);
}
