using Guestclock.Checks;
using Guestclock.Testing;
using Guestclock.Trials.Kvm.Evidence;
using Guestclock.Trials.Kvm;

namespace Guestclock.Tests.Trials.Kvm;

public class ClockRateTests() : KvmTrialTests(new ClockRate())
{
    public static TheoryData<KvmRow> Rows =>
    [
        new KvmRow("sound", SomeKvm.Sound, CheckStatus.Pass, "-22 ppb ± 130 ppb"),
        new KvmRow("fast by 5 ppm", Rate(5_000, 200), CheckStatus.Warning, "fast against the host's by 5.0 ppm ± 0.2 ppm"),
        new KvmRow("slow by 1.1 ppm, the bound could explain it", Rate(-1_100, 200), CheckStatus.Pass),
        new KvmRow("5 ppm, and as uncertain", Rate(5_000, 4_500), CheckStatus.Unknown, "too coarsely"),
        new KvmRow("fast by 600 ppm", Rate(600_000, 200), CheckStatus.Critical, "more than NTP"),
        new KvmRow("a bound that is no number", Rate(0, double.NaN), CheckStatus.Unknown),
        new KvmRow("an error that is no number", Rate(double.NaN, 1), CheckStatus.Unknown),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(KvmRow row) => Holds(row);

    private static KvmEvidence Rate(double ppb, double bound) => SomeKvm.Sound with { Rate = SomeKvm.Sound.Rate.Then(r => r with { ErrorPpb = ppb, BoundPpb = bound }) };
}
