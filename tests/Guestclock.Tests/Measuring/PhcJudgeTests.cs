using Guestclock.Measuring;
using Guestclock.Protocols.Ptp;
using static Guestclock.Tests.Measuring.Spans;

namespace Guestclock.Tests.Measuring;

public class PhcJudgeTests
{
    private const long Ahead = 5_000;

    [Fact]
    public void The_narrowest_of_a_reading_counts_with_half_of_its_interval()
    {
        var reading = new PhcJudge().Judge([Sample(0, 9_000), Sample(10_000, 301), Sample(20_000, 4_000)], Of(Now, 30_000));
        var sample = reading.Sample!;
        // System clock − PHC: the PHC was read at the middle of each interval, and is ahead.
        Assert.Equal((-Ahead, 301, 151 + 2), (sample.OffsetNs, sample.DelayNs, sample.BoundNs));
        Assert.Equal((Now + 10_150, Now + 10_150 - Boot), (sample.AtUnixNs, sample.AtRawNs));
        Assert.Equal((151, 2), (sample.Part("reading"), sample.Part("resolution")));
        Assert.Null(sample.Remark);
    }

    [Fact]
    public void The_truth_is_within_the_bound_wherever_in_its_interval_the_PHC_was_read()
    {
        var random = new Random(20260108);
        for (var i = 0; i < 2000; i++)
        {
            var offsetNs = random.NextInt64(-1000 * Second, 1000 * Second);
            var samples = new List<PtpSample>();
            for (var (n, at) = (0, Now); n < 9; n++)
            {
                var intervalNs = random.NextInt64(1, 5_000);
                samples.Add(new(at, at + random.NextInt64(intervalNs + 1) - offsetNs, at + intervalNs));
                at += intervalNs;
            }

            var sample = new PhcJudge().Judge(samples, Of(Now, 50_000)).Sample!;
            Assert.InRange(offsetNs, sample.OffsetNs - sample.BoundNs, sample.OffsetNs + sample.BoundNs);
        }
    }

    [Fact]
    public void A_precise_reading_costs_nothing_and_the_drivers_own_bound_is_added()
    {
        var sample = new PhcJudge().Judge([Sample(0, 0)], Of(Now, 1_000), referenceNs: 15_000).Sample!;
        Assert.Equal((15_002, 0, 15_000), (sample.BoundNs, sample.Part("reading"), sample.Part("reference")));
    }

    [Fact]
    public void What_the_system_clock_was_slewed_meanwhile_is_part_of_the_bound()
    {
        var sample = new PhcJudge().Judge([Sample(0, 300)], Of(Now, 1_000_000, movedNs: 50_000)).Sample!;
        Assert.Equal(49_900, sample.Part("ageing"));
    }

    [Fact]
    public void A_device_that_lies_is_named()
    {
        var span = Of(Now, 100_000);
        Assert.Equal("the system clock went back while the PHC was read", Problem(span, Sample(0, -5)));
        Assert.Equal("the PHC went back by 9.10 µs within one reading", Problem(span, Sample(0, 300), Sample(1_000, 300, -10_100)));
        Assert.Equal("the PHC jumped by 1.00 s within one reading", Problem(span, Sample(0, 300), Sample(1_000, 300, Second + 300)));
        Assert.Equal("the PHC's driver tells times of the system clock at which it was not asked", Problem(span, Sample(Second, 300)));
        Assert.Equal("the system clock was set by 2.00 s during the reading",
            new PhcJudge().Judge([Sample(0, 300)], Of(Now, 1_000, 2 * Second)).Problem);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(5_000_000, null)]
    [InlineData(-30_000_000, "the PHC moved 30.0 ms less than CLOCK_MONOTONIC_RAW since the reading before: it was set, or this machine stood still")]
    [InlineData(3 * Second, "the PHC moved 3.00 s more than CLOCK_MONOTONIC_RAW since the reading before: it was set, or this machine stood still")]
    [InlineData(-2 * Second, "the PHC went back by 1.00 s since the reading before")]
    public void A_jump_between_readings_is_a_remark(long jumpNs, string? remark)
    {
        var judge = new PhcJudge();
        Assert.Null(judge.Judge([Sample(0, 300)], Of(Now, 1_000)).Sample!.Remark);
        Assert.Equal(remark, judge.Judge([Sample(Second, 300, jumpNs)], Of(Now + Second, 1_000)).Sample!.Remark);
    }

    [Theory]
    [InlineData(-37 * Second + 1_000_000, "TAI, not UTC")]
    [InlineData(37 * Second, "twice")]
    [InlineData(Now - Second, "nobody has set it")]
    [InlineData(-36 * Second, null)]
    [InlineData(0, null)]
    public void A_clock_of_another_time_scale_is_hinted_at(long offsetNs, string? part)
    {
        var hint = PhcJudge.Hint(offsetNs, Now);
        if (part is null)
            Assert.Null(hint);
        else
            Assert.Contains(part, hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_samples_that_the_decoder_lets_through_can_be_judged()
    {
        const long Most = PtpClockTime.MaxSeconds * Second;
        var random = new Random(20260105);
        long Any() => random.Next(4) switch { 0 => Most, 1 => -Most, 2 => Now + random.Next(1000), _ => random.NextInt64(-Most, Most) };
        for (var i = 0; i < 2000; i++)
        {
            var judge = new PhcJudge();
            for (var reading = 0; reading < 3; reading++)
            {
                PtpSample[] samples = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new PtpSample(Any(), Any(), Any()))];
                var judged = judge.Judge(samples, Of(Now, 1_000));
                Assert.True(judged.Sample is { BoundNs: >= 0 } || judged.Problem is not null);
            }
        }
    }

    private static string? Problem(ClockSpan span, params PtpSample[] samples) => new PhcJudge().Judge(samples, span).Problem;

    /// <summary>The PHC read at the middle of an interval that begins some time after <see cref="Now"/>.</summary>
    private static PtpSample Sample(long afterNs, long intervalNs, long jumpNs = 0) =>
        new(Now + afterNs, Now + afterNs + (intervalNs / 2) + Ahead + jumpNs, Now + afterNs + intervalNs);
}
