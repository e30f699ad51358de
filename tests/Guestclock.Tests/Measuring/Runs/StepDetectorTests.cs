using Guestclock.Measuring;
using Guestclock.Measuring.Runs;

namespace Guestclock.Tests.Measuring.Runs;

public class StepDetectorTests
{
    private static List<ClockStep?> Steps(params IEnumerable<OffsetSample> samples)
    {
        var detector = new StepDetector();
        return [.. samples.Select(detector.Take)];
    }

    [Fact]
    public void A_step_of_this_machines_clock_is_seen_where_realtime_leaves_raw_time_by_as_much()
    {
        var steps = Steps(Samples.At(0, 100), Samples.At(1, 200), Samples.At(2, 50_000_100, realtimeStepNs: 50_000_000));
        Assert.Equal([null, null], steps.Take(2));
        Assert.Equal(StepCause.SystemClock, steps[2]!.Cause);
        Assert.Equal(49_999_900, steps[2]!.SizeNs);
        Assert.Equal(Samples.At(1, 0).AtUnixNs, steps[2]!.AfterUnixNs);
    }

    [Fact]
    public void The_offset_of_a_guest_changes_the_other_way_when_the_host_is_stepped() =>
        Assert.Equal(StepCause.SystemClock, Steps(Samples.At(0, 0), Samples.At(1, -50_000_000, realtimeStepNs: 50_000_000))[1]!.Cause);

    [Fact]
    public void A_guest_that_was_paused_is_another_cause()
    {
        var step = Steps(Samples.At(0, 100), Samples.At(30, -19_999_999_000))[1]!;
        Assert.Equal(StepCause.Other, step.Cause);
        Assert.Equal(-19_999_999_100, step.SizeNs);
    }

    [Fact]
    public void A_pause_and_a_step_of_other_sizes_do_not_explain_each_other() =>
        Assert.Equal(StepCause.Other, Steps(Samples.At(0, 0), Samples.At(1, -900_000_000, realtimeStepNs: 50_000_000))[1]!.Cause);

    [Theory]
    [InlineData(999)]
    [InlineData(-999)]
    public void What_clocks_may_drift_apart_is_no_step(int ppm) =>
        Assert.All(Steps(Enumerable.Range(0, 50).Select(i => Samples.At(i, i * ppm * 1000L))), Assert.Null);

    [Fact]
    public void A_bad_reading_in_between_hides_no_step()
    {
        var steps = Steps(Samples.At(0, 0), Samples.At(1, 3_000_000_000, boundNs: 9_000_000_000), Samples.At(2, 5_000_000_000));
        Assert.Equal([null, null], steps.Take(2));
        Assert.NotNull(steps[2]);
    }

    [Fact]
    public void After_a_step_the_next_one_counts_from_there() =>
        Assert.Equal([false, true, false, true], Steps(Samples.At(0, 0), Samples.At(1, 90_000_000), Samples.At(2, 90_000_100), Samples.At(3, 0)).Select(s => s is not null));

    [Fact]
    public void Honest_samples_of_a_clock_with_any_rate_that_is_allowed_show_none()
    {
        var random = new Random(3);
        for (var run = 0; run < 200; run++)
            Assert.All(Steps(Samples.Honest(random, 60, (random.NextDouble() * 1998) - 999, 1L << random.Next(1, 34))), Assert.Null);
    }

    [Fact]
    public void Offsets_as_far_apart_as_64_bits_allow_are_a_step() =>
        Assert.Equal(long.MaxValue, Steps(Samples.At(0, long.MinValue / 2), Samples.At(1, long.MaxValue / 2 + 100), Samples.At(2, long.MinValue / 2))[1]!.SizeNs);
}
