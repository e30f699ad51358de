using Guestclock.Discipline;

namespace Guestclock.Tests.Discipline;

public class ClockBracketTests
{
    private const long Ms = 1_000_000;

    [Theory]
    [InlineData(1000, 1001, 1002, 0)]
    [InlineData(1000, 1005, 1002, 4)]
    [InlineData(1000, 900, 1002, -101)]
    public void The_offset_is_guest_minus_the_middle_of_the_hosts_readings(long beforeMs, long guestMs, long afterMs, long offsetMs)
    {
        var bracket = new ClockBracket(beforeMs * Ms, guestMs * Ms, afterMs * Ms, (afterMs - beforeMs) * Ms);
        Assert.True(bracket.IsSound);
        Assert.Equal(new ClockOffset(offsetMs * Ms, ((afterMs - beforeMs) * Ms / 2) + ClockBracket.ResolutionNs), bracket.Offset);
    }

    [Fact]
    public void The_true_offset_lies_within_the_bound_however_the_round_trip_is_shared()
    {
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++)
        {
            var (there, back, offset) = (random.NextInt64(5 * Ms), random.NextInt64(5 * Ms), random.NextInt64(-100 * Ms, 100 * Ms));
            var before = 1_795_000_000_000_000_000 + random.NextInt64(1_000_000_000);
            // The agent reads in microseconds, cutting off what is smaller.
            var guest = (before + there + offset) / 1000 * 1000;
            var seen = new ClockBracket(before, guest, before + there + back, there + back).Offset;
            Assert.InRange(Math.Abs(seen.OffsetNs - offset), 0, seen.BoundNs);
        }
    }

    [Fact]
    public void A_step_of_the_host_that_is_too_small_to_be_seen_is_within_the_bound()
    {
        var random = new Random(2);
        for (var i = 0; i < 10_000; i++)
        {
            var (there, back, offset, step) = (random.NextInt64(100 * Ms), random.NextInt64(100 * Ms), random.NextInt64(-100 * Ms, 100 * Ms), random.NextInt64(-Ms, Ms));
            var before = 1_795_000_000_000_000_000 + random.NextInt64(1_000_000_000);
            var guest = (before + there + offset) / 1000 * 1000;
            var bracket = new ClockBracket(before, guest, before + there + back + step, there + back);
            // Against the host's clock as it was before the step, and as it is after it.
            if (bracket.IsSound)
            {
                Assert.InRange(Math.Abs(bracket.Offset.OffsetNs - offset), 0, bracket.Offset.BoundNs);
                Assert.InRange(Math.Abs(bracket.Offset.OffsetNs - (offset - step)), 0, bracket.Offset.BoundNs);
            }
        }
    }

    [Theory]
    [InlineData(0, 2 * Ms, 2 * Ms, true)]
    [InlineData(0, 2 * Ms + 90_000, 2 * Ms, true)]
    [InlineData(0, 1002 * Ms, 2 * Ms, false)]
    [InlineData(1000 * Ms, 2 * Ms, 2 * Ms, false)]
    public void A_reading_over_a_step_of_the_host_is_not_sound(long before, long after, long roundTrip, bool isSound) =>
        Assert.Equal(isSound, new ClockBracket(before, 0, after, roundTrip).IsSound);

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_guest_may_claim_any_time(long guestNs)
    {
        var offset = new ClockBracket(1_795_000_000_000_000_000, guestNs, 1_795_000_000_001_000_000, Ms).Offset;
        Assert.True(offset.WorstNs > 0 && offset.LeastNs > 0);
    }
}
