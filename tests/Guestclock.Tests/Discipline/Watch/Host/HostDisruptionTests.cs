using Guestclock.Discipline.Watch.Host;

namespace Guestclock.Tests.Discipline.Watch.Host;

public class HostDisruptionTests
{
    private const long Ms = 1_000_000;
    private const long S = 1000 * Ms;

    /// <summary>How far realtime, monotonic and boot time went on between two readings, in ms, and what befell the host, in ms.</summary>
    [Theory]
    [InlineData(5000, 5000, 5000, 0, 0)]
    [InlineData(5000, 5000.9, 5000.9, 0, 0)]
    [InlineData(25_000, 5000, 25_000, 20_000, 0)]
    [InlineData(7000, 5000, 5000, 0, 2000)]
    [InlineData(3000, 5000, 5000, 0, -2000)]
    [InlineData(5002, 5000, 5000, 0, 2)]
    [InlineData(30_000, 5000, 25_000, 20_000, 5000)]
    [InlineData(-86_400_000, 5000, 5000, 0, -86_405_000)]
    public void Sleep_and_steps_are_told_apart(double realtimeMs, double monotonicMs, double bootMs, double sleptMs, double steppedMs)
    {
        var before = new HostClockReading(1_800_000_000 * S, 100 * S, 130 * S, 300);
        var after = new HostClockReading(before.RealtimeNs + (long)(realtimeMs * Ms), before.MonotonicNs + (long)(monotonicMs * Ms), before.BootTimeNs + (long)(bootMs * Ms), 300);
        Assert.Equal(new((long)(sleptMs * Ms), (long)(steppedMs * Ms)), HostDisruption.Between(before, after));
    }

    [Fact]
    public void What_may_be_only_a_slow_reading_is_none()
    {
        var before = new HostClockReading(100 * S, 10 * S, 10 * S, 300);
        var slow = new HostClockReading(before.RealtimeNs + S + (3 * Ms), before.MonotonicNs + S, before.BootTimeNs + S, 3 * Ms);
        Assert.True(HostDisruption.Between(before, slow).IsNone);
    }
}
