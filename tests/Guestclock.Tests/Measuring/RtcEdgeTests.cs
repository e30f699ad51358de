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
        Assert.Equal((2_000_000, 300_000, 150_001), (sample.OffsetNs, sample.DelayNs, sample.BoundNs));
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
}
