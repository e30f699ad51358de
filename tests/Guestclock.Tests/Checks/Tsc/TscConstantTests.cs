using Guestclock.Checks;
using Guestclock.Checks.Tsc;
using Guestclock.Facts;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.Tsc;

public class TscConstantTests() : CheckTests(new TscConstant())
{
    private static readonly CpuInfo RevisionF = Some.Cpu(0)
        with
    { Vendor = "AuthenticAMD", Family = 15, Model = 0x41, ModelName = "Dual-Core AMD Opteron(tm) Processor 2216" };

    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("a sound guest", Some.KvmGuest(), CheckStatus.Pass, "2 of 2"),
        new CheckRow("a sound host", Some.KvmHost(), CheckStatus.Pass),
        new CheckRow("a host with one CPU without it", Some.KvmHost()
            with { Cpu = new() { Cpus = Some.List(Some.Cpu(0, "constant_tsc"), Some.Cpu(1)) } },
            CheckStatus.Warning, "CPU 1"),
        new CheckRow("AMD revision F", Some.KvmHost()
            with { Cpu = new() { Cpus = Some.List(RevisionF) } }, CheckStatus.Warning, "for which the vendor's recipe was written"),
        new CheckRow("another CPU", Some.KvmHost().Flags(), CheckStatus.Warning, "AMD revision F only"),
        new CheckRow("limited and pinned", Some.KvmHost().Flags() with
        {
            Power = new() { IdleStates = Some.List(new IdleState(0, 0, "C1", 1, false)), Frequency = Some.List<CpuFrequencyPolicy>() },
        }, CheckStatus.Info, "limited"),
        new CheckRow("a guest without it", Some.KvmGuest()
            with { Cpu = new() { Cpus = Some.List(Some.Cpu(0)) } }, CheckStatus.Info, "virtual CPU"),
        new CheckRow("cpuinfo may not be read", Some.KvmHost()
            with { Cpu = new() { Cpus = Some.Not<IReadOnlyList<CpuInfo>>(FactState.Denied, "permission denied") } },
            CheckStatus.Unknown, "permission denied"),
        new CheckRow("arm64", Some.Arm(), CheckStatus.NotApplicable, "aarch64"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new TscConstant(), row);
}
