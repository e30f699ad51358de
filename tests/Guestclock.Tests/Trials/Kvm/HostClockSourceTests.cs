using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Testing;
using Guestclock.Trials.Kvm;

namespace Guestclock.Tests.Trials.Kvm;

public class HostClockSourceTests() : KvmTrialTests(new HostClockSource())
{
    public static TheoryData<KvmRow> Rows =>
    [
        new KvmRow("tsc", SomeKvm.Sound, CheckStatus.Pass, "tsc"),
        new KvmRow("Hyper-V's page", SomeKvm.On("hyperv_clocksource_tsc_page"), CheckStatus.Pass),
        new KvmRow("hpet", SomeKvm.On("hpet"), CheckStatus.Warning, "clock-source"),
        new KvmRow("kvm-clock of a nested host", SomeKvm.On("kvm-clock"), CheckStatus.Warning, "ptp_kvm"),
        new KvmRow("hpet, and no KVM", SomeKvm.Without(FactState.Missing, "x") with { Host = SomeKvm.On("hpet").Host }, CheckStatus.Info, "no KVM"),
        new KvmRow("not readable", SomeKvm.Sound with { Host = SomeKvm.Sound.Host with { ClockSource = Some.Missing<string>() } }, CheckStatus.Unknown, "no such file"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(KvmRow row) => Holds(row);
}
