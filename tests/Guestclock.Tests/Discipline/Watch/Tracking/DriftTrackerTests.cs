using Guestclock.Discipline;
using Guestclock.Discipline.Watch.Tracking;

namespace Guestclock.Tests.Discipline.Watch.Tracking;

public class DriftTrackerTests
{
    private const long Ms = 1_000_000;
    private const long S = 1000 * Ms;

    private static DriftTracker Fed(Random random, long startNs, double ppb, int samples, long boundNs = Ms / 2)
    {
        var tracker = new DriftTracker();
        Feed(tracker, random, 0, startNs, ppb, samples, boundNs);
        return tracker;
    }

    private static void Feed(DriftTracker tracker, Random random, long fromNs, long startNs, double ppb, int samples, long boundNs = Ms / 2)
    {
        for (var n = 0; n < samples; n++)
        {
            var elapsed = (n * 60 * S) + random.NextInt64(10 * S);
            var truth = startNs + (long)(ppb / 1e9 * elapsed);
            tracker.Add(new(fromNs + elapsed, new(truth + random.NextInt64(-boundNs, boundNs), boundNs + 2)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12_345)]
    [InlineData(-12_345)]
    [InlineData(400_000)]
    [InlineData(-83_333_000)]
    public void The_true_drift_lies_within_the_bound(double ppb)
    {
        var random = new Random(20260101);
        for (var run = 0; run < 200; run++)
        {
            var estimate = Fed(random, random.NextInt64(-S, S), ppb, random.Next(2, 100)).Estimate!;
            Assert.InRange(ppb, estimate.Ppb - estimate.BoundPpb - 1, estimate.Ppb + estimate.BoundPpb + 1);
            Assert.InRange(estimate.Samples, 2, DriftTracker.Window);
        }
    }

    [Fact]
    public void An_hour_of_measurements_knows_the_drift_to_less_than_one_ppm()
    {
        var estimate = Fed(new(1), 0, 5000, 60).Estimate!;
        Assert.InRange(estimate.BoundPpb, 1, 999);
        Assert.Equal(60, estimate.Samples);
    }

    [Theory]
    [InlineData(50_000, 1, DriftTrend.Away)]
    [InlineData(-50_000, -1, DriftTrend.Away)]
    [InlineData(50_000, -1, DriftTrend.Towards)]
    [InlineData(-50_000, 1, DriftTrend.Towards)]
    [InlineData(0, 1, DriftTrend.Steady)]
    public void The_trend_says_whether_the_offset_grows(double ppb, int sign, DriftTrend trend) =>
        Assert.Equal(trend, Fed(new(1), sign * 10 * S, ppb, 30).Estimate!.Trend);

    [Fact]
    public void One_measurement_knows_no_drift()
    {
        var tracker = Fed(new(1), 0, 0, 1);
        Assert.Null(tracker.Estimate);
        tracker.Add(tracker.Last!.Value);
        Assert.Equal(1, tracker.Count);
    }

    [Fact]
    public void A_drift_that_changed_is_learned_anew()
    {
        var random = new Random(1);
        var tracker = Fed(random, 0, 200_000, 60);
        Feed(tracker, random, 3600 * S, (long)(200_000 / 1e9 * 3600 * S), -100_000, 40);
        var estimate = tracker.Estimate!;
        Assert.InRange(-100_000, estimate.Ppb - estimate.BoundPpb - 2000, estimate.Ppb + estimate.BoundPpb + 2000);
        Assert.InRange(estimate.BoundPpb, 1, 10_000);
    }

    [Fact]
    public void Forgetting_forgets()
    {
        var tracker = Fed(new(1), 0, 0, 10);
        tracker.Forget();
        Assert.Equal((0, null, null), (tracker.Count, tracker.Estimate, tracker.Last));
    }

    [Fact]
    public void A_guest_that_claims_any_time_breaks_nothing()
    {
        var random = new Random(1);
        var tracker = new DriftTracker();
        for (var n = 0; n < 2000; n++)
        {
            var offset = random.Next(3) switch { 0 => ClockOffset.MaxNs, 1 => -ClockOffset.MaxNs, _ => random.NextInt64(-ClockOffset.MaxNs, ClockOffset.MaxNs) };
            var before = tracker.Last;
            var sample = new ClockSample(n * random.NextInt64(1, S), new(offset, random.NextInt64(1, 100 * S)));
            tracker.Add(sample);
            if (before is { } last)
                _ = JumpDetector.Find(last, sample, tracker.Estimate, 0);
            Assert.InRange(tracker.Count, 1, DriftTracker.Window);
        }
    }
}
