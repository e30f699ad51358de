using Guestclock.Measuring;
using Guestclock.Protocols.Chrony;
using static Guestclock.Tests.Measuring.Spans;

namespace Guestclock.Tests.Measuring;

public class ChronyJudgeTests
{
    [Theory]
    [InlineData(2_000_000, -2_000_000)]
    [InlineData(-35_822, 35_822)]
    public void A_system_clock_that_is_slow_of_NTP_time_is_behind(long correctionNs, long offsetNs)
    {
        var sample = ChronyJudge.Judge(Tracking(correctionNs), Of(Now, 300_000)).Sample!;
        Assert.Equal((offsetNs, 300_000), (sample.OffsetNs, sample.DelayNs));
        Assert.Equal((Now + 150_000, Now + 150_000 - Boot), (sample.AtUnixNs, sample.AtRawNs));
        Assert.Equal(500_000 + 70_000 + 1, sample.Part("root-distance"));
        Assert.Equal(Math.Min(30_000, Math.Abs(correctionNs)), sample.Part("reading"));
        Assert.Equal(1 + (Math.Abs(correctionNs) >> 23), sample.Part("resolution"));
    }

    [Fact]
    public void Without_a_source_there_is_no_sample()
    {
        Assert.Equal("chronyd is not synchronised", ChronyJudge.Judge(Tracking(0) with { Leap = 3 }, Of(Now, 1_000)).Problem);
        Assert.Equal("chronyd is not synchronised", ChronyJudge.Judge(Tracking(0) with { Stratum = 0 }, Of(Now, 1_000)).Problem);
        Assert.Equal("chronyd has no source: it only serves this machine's own clock",
            ChronyJudge.Judge(Tracking(0) with { ReferenceId = "7F7F0101", Address = "" }, Of(Now, 1_000)).Problem);
        Assert.Equal("the system clock was set by 1.00 s during the reading", ChronyJudge.Judge(Tracking(0), Of(Now, 1_000, Second)).Problem);
    }

    [Fact]
    public void Extreme_values_of_the_wire_still_have_a_bound()
    {
        var tracking = Tracking(ChronyFloat.MaxNs) with { RootDelayNs = ChronyFloat.MaxNs, RootDispersionNs = ChronyFloat.MaxNs };
        Assert.True(ChronyJudge.Judge(tracking, Of(Now, 1_000)).Sample!.BoundNs > 0);
    }

    private static ChronyTracking Tracking(long correctionNs) => new(
        "C0000201", "192.0.2.1", 3, 0, Now, correctionNs, 0, 0, 0, 0, 0.1, RootDelayNs: 1_000_000, RootDispersionNs: 70_000, 64);
}
