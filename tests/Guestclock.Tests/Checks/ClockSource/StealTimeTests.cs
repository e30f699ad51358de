using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Testing;
using Steal = Guestclock.Facts.StealTime;

namespace Guestclock.Tests.Checks.ClockSource;

public class StealTimeTests() : CheckTests(new Guestclock.Checks.ClockSource.StealTime())
{
    private static MachineFacts Stolen(long steal, long total) => Some.KvmGuest()
        with
    { Clock = Some.KvmGuest().Clock with { Steal = Some.Known(new Steal(steal, total)) } };

    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("little", Stolen(10, 100_000), CheckStatus.Pass, "0.0 %"),
        new CheckRow("some", Stolen(15_000, 100_000), CheckStatus.Warning, "15.0 %"),
        new CheckRow("most", Stolen(50_000, 100_000), CheckStatus.Critical, "50.0 %"),
        new CheckRow("policy allows it", Stolen(15_000, 100_000), CheckStatus.Pass) { Policy = new() { StealWarningPercent = 20 } },
        new CheckRow("just booted", Stolen(500, 1000), CheckStatus.Info, "not run long enough"),
        new CheckRow("not told by the host", Stolen(0, 100_000)
            with { Cpu = new() { KvmFeatures = Some.Known(new KvmFeatures(0b1001, 0)) } }, CheckStatus.NotApplicable, "does not tell"),
        new CheckRow("not counted", Some.KvmGuest()
            with { Clock = new() { Steal = Some.Not<Steal>(FactState.Unsupported, "this kernel does not count stolen time") } },
            CheckStatus.Unknown, "does not count"),
        new CheckRow("hardware", Some.KvmHost(), CheckStatus.NotApplicable, "no hypervisor"),
        new CheckRow("image", Some.KvmGuest() with { Identity = new() { Roles = Some.Not<IReadOnlyList<Role>>(FactState.NotRecorded) } },
            CheckStatus.Unknown),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new Guestclock.Checks.ClockSource.StealTime(), row);
}
