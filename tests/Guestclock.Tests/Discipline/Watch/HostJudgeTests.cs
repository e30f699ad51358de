using Guestclock.Discipline.Watch;
using Guestclock.Facts;
using Guestclock.Protocols.Chrony;

namespace Guestclock.Tests.Discipline.Watch;

public class HostJudgeTests
{
    private const long NowNs = 1_795_000_000_000_000_000;
    private const long S = 1_000_000_000;

    private static readonly ChronyTracking Right = new("C0A80001", "192.168.0.1", 3, 0, NowNs - (60 * S), 1000, 0, 0, 0, 0, 0, 20_000_000, 1_000_000, 64);

    private static readonly KernelTime Kernel = new(0, 0x2001, 0, 0, 5000, 0, 37);

    public static TheoryData<string, ChronyTracking?, KernelTime?, HostClockState, long> Cases => new()
    {
        { "chronyd is right", Right, null, HostClockState.Synchronized, 11_001_000 },
        { "chronyd without rtcsync leaves the kernel's flag", Right, Kernel with { State = 5, Status = 0x40 }, HostClockState.Synchronized, 11_001_000 },
        { "leap 3", Right with { Leap = 3 }, Kernel, HostClockState.NotSynchronized, 0 },
        { "stratum 0", Right with { Stratum = 0 }, Kernel, HostClockState.NotSynchronized, 0 },
        { "stratum 16", Right with { Stratum = 16 }, Kernel, HostClockState.NotSynchronized, 0 },
        { "far away", Right with { RootDispersionNs = 2 * S }, null, HostClockState.NotSynchronized, 0 },
        { "still 3 s to correct", Right with { CorrectionNs = -3 * S }, null, HostClockState.NotSynchronized, 0 },
        { "coasting", Right with { ReferenceTimeNs = NowNs - (25 * 3600 * S) }, null, HostClockState.NotSynchronized, 0 },
        { "set back since", Right with { ReferenceTimeNs = NowNs + (11 * S) }, null, HostClockState.NotSynchronized, 0 },
        { "any time", Right with { ReferenceTimeNs = long.MinValue, CorrectionNs = long.MinValue }, null, HostClockState.NotSynchronized, 0 },
        { "the kernel alone", null, Kernel, HostClockState.Synchronized, 5_000_000 },
        { "a leap second to come", null, Kernel with { State = 1 }, HostClockState.Synchronized, 5_000_000 },
        { "STA_UNSYNC", null, Kernel with { Status = 0x40 }, HostClockState.NotSynchronized, 0 },
        { "TIME_ERROR", null, Kernel with { State = 5 }, HostClockState.NotSynchronized, 0 },
        { "a bound of 16 s", null, Kernel with { MaxErrorUs = 16_000_000 }, HostClockState.NotSynchronized, 0 },
        { "a bound below nothing", null, Kernel with { MaxErrorUs = -1 }, HostClockState.NotSynchronized, 0 },
        { "nobody says", null, null, HostClockState.Unknown, 0 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Judges(string name, ChronyTracking? tracking, KernelTime? kernel, HostClockState state, long boundNs)
    {
        var sanity = HostJudge.Judge(tracking, kernel, NowNs);
        Assert.True((state, boundNs) == (sanity.State, sanity.BoundNs), $"{name}: {sanity}");
        Assert.NotEmpty(sanity.Detail);
    }
}
