using Guestclock.Discipline.Watch.Tracking;

namespace Guestclock.Tests.Discipline.Watch.Tracking;

public class JumpDetectorTests
{
    private const long Ms = 1_000_000;
    private const long S = 1000 * Ms;

    /// <summary>Offset before, now, seconds between, drift (ppb) and its bound, the jump in whole milliseconds.</summary>
    [Theory]
    [InlineData(0, 0, 60, null, null)]
    [InlineData(0, 100, 60, null, 100L)]
    [InlineData(0, -100, 60, null, -100L)]
    [InlineData(0, 41, 60, null, null)] // 2 ms of bounds, 30 ms of slewing, 10 ms are not worth a line
    [InlineData(0, 43, 60, null, 43L)]
    [InlineData(0, 100, 600, null, null)]
    [InlineData(0, 100, 60, 1_666_667L, null)]
    [InlineData(0, -100, 60, 1_666_667L, -200L)]
    [InlineData(-20000, 0, 60, null, 20000L)]
    [InlineData(0, 100, 0, null, null)]
    [InlineData(0, 100, -5, null, null)]
    public void Is_what_neither_bounds_nor_drift_explain(long beforeMs, long nowMs, long seconds, long? ppb, long? jumpMs)
    {
        var drift = ppb is { } known ? new DriftEstimate(known, 1000, DriftTrend.Away, 10, 600 * S) : null;
        var jump = JumpDetector.Find(new(1000 * S, new(beforeMs * Ms, Ms)), new((1000 + seconds) * S, new(nowMs * Ms, Ms)), drift, 10 * Ms);
        Assert.Equal(jumpMs, jump is { } found ? (long)Math.Round(found.OffsetNs / 1e6) : null);
        if (jump is { } seen)
            Assert.Equal((2 * Ms) + (seconds * 500_000), seen.BoundNs);
    }

    [Fact]
    public void A_drift_that_two_measurements_leave_open_explains_nothing()
    {
        var open = new DriftEstimate(20_000_000, 30_000_000, DriftTrend.Steady, 2, S);
        Assert.NotNull(JumpDetector.Find(new(0, new(0, Ms)), new(60 * S, new(1200 * Ms, Ms)), open, 10 * Ms));
    }
}
