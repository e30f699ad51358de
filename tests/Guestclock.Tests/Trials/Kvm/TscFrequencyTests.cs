using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Testing;
using Guestclock.Trials.Kvm;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Tests.Trials.Kvm;

public class TscFrequencyTests() : KvmTrialTests(new TscFrequency())
{
    public static TheoryData<KvmRow> Rows =>
    [
        new KvmRow("sound", SomeKvm.Sound, CheckStatus.Pass, "2596120 kHz"),
        new KvmRow("200 ppm off", Measured(2_596_639, 0.5), CheckStatus.Warning, "until NTP"),
        new KvmRow("100 ppm off, within the bound", Measured(2_596_379.7, 0.5), CheckStatus.Pass),
        new KvmRow("600 ppm off", Measured(2_597_678, 0.5), CheckStatus.Critical, "more than NTP"),
        new KvmRow("600 ppm off, the bound is as wide", Measured(2_597_678, 1400), CheckStatus.Unknown, "too coarsely"),
        new KvmRow("a guest of another frequency", Measured(1_298_060, 1), CheckStatus.Critical, "1298060 kHz"),
        new KvmRow("not measured", SomeKvm.Sound with { Rate = Some.Not<RateEvidence>(FactState.TimedOut, "the vCPU did not come back") }, CheckStatus.Unknown, "did not come back"),
        new KvmRow("nothing said", Measured(2_596_120, 1, 0), CheckStatus.Unknown),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(KvmRow row) => Holds(row);

    private static KvmEvidence Measured(double khz, double bound, long said = SomeKvm.Khz) => SomeKvm.Sound with
    {
        Rate = SomeKvm.Sound.Rate.Then(r => r with { MeasuredTscKhz = khz, MeasuredTscBoundKhz = bound, NominalTscKhz = said }),
    };
}
