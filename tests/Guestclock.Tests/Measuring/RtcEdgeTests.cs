using Guestclock.Measuring;
using static Guestclock.Tests.Measuring.Spans;

namespace Guestclock.Tests.Measuring;

public class RtcEdgeTests
{
    private const long Raw = 1000 * Second;

    [Fact]
    public void The_edge_lies_between_the_readings_of_two_seconds()
    {
        var edge = RtcEdge.Between(new(Raw, 99, Raw + 20_000), new(Raw + 21_000, 100, Raw + 60_001), out var problem);
        Assert.Null(problem);
        Assert.Equal(new RtcEdge(100, Raw, Raw + 60_001), edge);
        Assert.Equal((60_001, Raw + 30_000), (edge!.Value.WidthNs, edge.Value.RawNs));
        Assert.Null(RtcEdge.Between(new(Raw, 99, Raw + 1), new(Raw + 2, 99, Raw + 3), out problem));
        Assert.Null(problem);
    }

    [Theory]
    [InlineData(98, 20_000, "the RTC went back by 1 s")]
    [InlineData(160, 20_000, "the RTC jumped by 61 s")]
    [InlineData(102, 2_500_000_000, "this program was held up for 2.50 s at the RTC's edge")]
    [InlineData(253_402_300_799, 20_000, "the RTC shows no date that can be")]
    public void What_no_clock_does_is_named(long next, long tookNs, string expected)
    {
        Assert.Null(RtcEdge.Between(new(Raw, 99, Raw + 10_000), new(Raw + 10_000, next, Raw + tookNs), out var problem));
        Assert.Equal(expected, problem);
    }

    [Fact]
    public void The_offset_is_system_minus_RTC_at_the_edge()
    {
        // The RTC began its second 2 ms after the system clock began the same one: the system clock is ahead.
        var unixS = Now / Second;
        var edge = new RtcEdge(unixS, Raw + 2_000_000 - 150_000, Raw + 2_000_000 + 150_000);
        var sample = edge.Judge(Of(Now, 3_000_000), null).Sample!;
        // Half of the bracket, of the 100 ns in which the system clock was read, and 1 ns of resolution.
        Assert.Equal((2_000_000, 300_000, 150_000 + 50 + 1), (sample.OffsetNs, sample.DelayNs, sample.BoundNs));
        Assert.Equal((Now + 2_000_000, Raw + 2_000_000), (sample.AtUnixNs, sample.AtRawNs));
        Assert.Equal("the system clock was set by 1.00 s during the reading", edge.Judge(Of(Now, 3_000_000, Second), null).Problem);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(4, "the RTC moved 3.00 s more than CLOCK_MONOTONIC_RAW since the reading before: it was set, or this machine stood still")]
    public void An_RTC_that_was_set_is_a_remark(int seconds, string? remark)
    {
        var edge = new RtcEdge(100, Raw, Raw + 100_000);
        var next = new RtcEdge(100 + seconds, Raw + Second, Raw + Second + 100_000);
        Assert.Equal(remark, next.Judge(Of(Now, Second + 200_000), edge).Sample!.Remark);
    }

    [Fact]
    public void An_RTC_that_holds_its_reader_before_the_edge_is_believed_to_after_three_edges()
    {
        var hold = new RtcHold();
        Assert.Equal((330_000, 330_000, 86_000, 86_000), (Width(hold, 40_000, 270_000), Width(hold, 40_000, 270_000), Width(hold, 40_000, 270_000), Width(hold, 40_000, 270_000)));
        // One edge in the midst of what should be the hold: it has none.
        Assert.Equal((60_000, 330_000, false), (Width(hold, 20_000, 20_000), Width(hold, 40_000, 270_000), hold.IsBelieved));
    }

    [Fact]
    public void Slow_readings_show_nothing()
    {
        var hold = new RtcHold();
        for (var i = 0; i < 10; i++)
            Assert.Equal(820_000, Width(hold, 400_000, 400_000));
    }

    [Fact]
    public void The_true_edge_is_always_within_the_bound_of_an_RTC_with_a_hold_and_of_one_without()
    {
        var random = new Random(20260106);
        for (var run = 0; run < 200; run++)
        {
            var (hasHold, readNs, hold) = (random.Next(2) == 0, random.Next(5_000, 90_000), new RtcHold());
            for (var edge = 0; edge < 20; edge++)
                AssertContains(random, hasHold, readNs, hold);
        }
    }

    /// <summary>Reads again and again across an edge at 1 ms; a reader is held up by others now and then.</summary>
    private static void AssertContains(Random random, bool hasHold, long readNs, RtcHold hold)
    {
        const long Edge = 1_000_000;
        var (now, last) = (random.NextInt64(100_000), new RtcSecond(0, 99, 0));
        while (true)
        {
            var begin = now;
            var at = begin + random.NextInt64(readNs);
            if (hasHold && at is > Edge - 244_000 and < Edge)
                at = Edge + random.NextInt64(100_000);
            now = Math.Max(at, begin + readNs) + (random.Next(50) == 0 ? random.NextInt64(400_000) : 0);
            var next = new RtcSecond(begin, at >= Edge ? 100 : 99, now);
            if (RtcEdge.Between(last, next, out _) is { } edge)
            {
                var tight = hold.Tighten(last, next, edge);
                Assert.InRange(Edge, tight.EarliestNs, tight.LatestNs);
                return;
            }

            last = next;
        }
    }

    /// <summary>The width of the bracket of an edge between two readings, 20 µs apart, of some length.</summary>
    private static long Width(RtcHold hold, long lastNs, long nextNs)
    {
        var (last, next) = (new RtcSecond(Raw, 99, Raw + lastNs), new RtcSecond(Raw + lastNs + 20_000, 100, Raw + lastNs + 20_000 + nextNs));
        return hold.Tighten(last, next, RtcEdge.Between(last, next, out _)!.Value).WidthNs;
    }
}
