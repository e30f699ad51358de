using Guestclock.Checks;
using Guestclock.Checks.Tsc;
using Guestclock.Facts;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.Tsc;

public class TscNonstopTests() : CheckTests(new TscNonstop())
{
    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("a sound host", Some.KvmHost(), CheckStatus.Pass, "2 of 2"),
        new CheckRow("a host in C1 only", Some.KvmHost().Flags("constant_tsc")
            with { Power = new() { IdleStates = Some.List(new IdleState(0, 0, "C1E", 1, false)) } }, CheckStatus.Pass, "no CPU enters"),
        new CheckRow("a host in C6", Some.KvmHost().Flags("constant_tsc")
            with { Power = new() { IdleDriver = Some.Known("intel_idle"), IdleStates = Some.List(new IdleState(0, 3, "C6", 133, false)) } },
            CheckStatus.Warning, "intel_idle.max_cstate=0"),
        new CheckRow("a host whose idle states are not known", Some.KvmHost().Flags("constant_tsc").WithoutClock(FactState.Denied)
            with { Power = new() { IdleStates = Some.Not<IReadOnlyList<IdleState>>(FactState.Denied) } },
            CheckStatus.Unknown, "deep idle states"),
        new CheckRow("a guest without it", Some.KvmGuest().Flags("constant_tsc"), CheckStatus.Info, "invtsc"),
        new CheckRow("an image", Some.KvmGuest()
            with { Cpu = new() { Cpus = Some.Not<IReadOnlyList<CpuInfo>>(FactState.NotRecorded) } }, CheckStatus.Unknown),
        new CheckRow("arm64", Some.Arm(), CheckStatus.NotApplicable, "aarch64"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new TscNonstop(), row);
}
