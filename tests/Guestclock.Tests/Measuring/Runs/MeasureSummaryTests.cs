using Guestclock.Checks;
using Guestclock.Judging;
using Guestclock.Measuring;
using Guestclock.Measuring.Runs;
using Guestclock.Stability;

namespace Guestclock.Tests.Measuring.Runs;

public class MeasureSummaryTests
{
    private static MeasureSummary Of(params IEnumerable<OffsetReading> readings)
    {
        var session = new MeasureSession(new(Samples.Second, null, null, false), 0);
        foreach (var reading in readings)
            session.Take(reading, 1, 2);
        return MeasureSummary.Of(session);
    }

    private static OffsetReading Sample(double seconds, long offsetNs, long boundNs = 1000) => OffsetReading.Of(Samples.At(seconds, offsetNs, boundNs));

    [Fact]
    public void Mean_median_spread_and_jitter_are_those_of_the_text_books()
    {
        var offset = Of(Sample(0, 2), Sample(1, 4), Sample(2, 4), Sample(3, 10)).Offset!;
        Assert.Equal((5.0, 4.0, 2, 10), (offset.MeanNs, offset.MedianNs, offset.MinNs, offset.MaxNs));
        Assert.Equal(Math.Sqrt((9 + 1 + 1 + 25) / 3.0), offset.DeviationNs!.Value, 12);
        Assert.Equal(Math.Sqrt((4 + 0 + 36) / 3.0), offset.JitterNs!.Value, 12);
        Assert.Equal(new AgreedInterval(-990, 1002), offset.Agreed);
    }

    [Fact]
    public void One_sample_has_an_offset_and_no_spread()
    {
        var summary = Of(Sample(0, 123));
        Assert.Equal(123, summary.Offset!.Current.OffsetNs);
        Assert.Null(summary.Offset.DeviationNs);
        Assert.Null(summary.Rate);
        Assert.Empty(summary.Stability);
    }

    [Fact]
    public void Without_a_sample_there_are_only_reasons()
    {
        var summary = Of(OffsetReading.None("a"), OffsetReading.None("b"), OffsetReading.None("b"));
        Assert.Null(summary.Offset);
        Assert.Equal(3, summary.Lost);
        Assert.Equal([new("b", 2), new("a", 1)], summary.LostReasons);
    }

    [Fact]
    public void The_rate_of_a_clock_that_gains_a_microsecond_a_second_is_one_ppm()
    {
        var summary = Of(Enumerable.Range(0, 100).Select(i => Sample(i, i * 1000L)));
        var rate = summary.Rate!;
        Assert.Equal(1, rate.MeanPpm, 9);
        Assert.Equal(1, rate.FitPpm!.Value, 9);
        Assert.InRange(1, rate.Hard!.Value.LowPpm, rate.Hard.Value.HighPpm);
        Assert.Equal(2 / 99.0, rate.MeanBoundPpm, 9);
        var mtie = summary.Stability.Where(p => p.Statistic == Statistic.Mtie).ToList();
        Assert.Equal([1, 4, 16, 64], mtie.Select(p => p.TauS));
        Assert.All(mtie, p => Assert.Equal(p.TauS * 1e-6, p.Value, 12));
    }

    [Fact]
    public void A_step_divides_the_figures_and_is_told()
    {
        var readings = Enumerable.Range(0, 20).Select(i => Sample(i, i < 8 ? i * 100L : 5_000_000_000 + (i * 3000L)));
        var summary = Of(readings);
        Assert.Equal(12, summary.Offset!.Samples);
        Assert.Equal(3, summary.Rate!.FitPpm!.Value, 6);
        Assert.Equal(20, summary.Samples);
        Assert.InRange(Assert.Single(summary.Steps).SizeNs, 4_999_000_000, 5_001_000_000);
    }

    [Fact]
    public void Lost_readings_leave_gaps_in_the_grid()
    {
        var series = SampleGrid.Series([.. new[] { 0.0, 1.02, 2.99, 5.0 }.Select(s => Samples.Entry(s, (long)(s * 1000)))], Samples.Second)!;
        Assert.Equal([false, false, true, false, true, false], series.PhaseS.Select(double.IsNaN));
        Assert.Equal(2.99e-6, series.PhaseS[3], 12);
    }

    [Fact]
    public void The_best_of_the_last_ones_is_the_one_with_the_smallest_bound_once_it_is_aged()
    {
        var offset = Of([Sample(0, 1, 10), .. Enumerable.Range(1, 8).Select(i => Sample(i, 7, (i == 5 ? 90_000_000 : 100_000_000) + i))]).Offset!;
        // Three seconds later two clocks may be 3 ms farther apart.
        Assert.Equal(90_000_005 + 3_000_000, offset.Best.BoundNs);
        Assert.Equal(100_000_008, offset.Current.BoundNs);
    }

    [Fact]
    public void An_offset_that_has_grown_beyond_the_limit_since_the_best_sample_is_not_within_it()
    {
        var drifting = Of(Enumerable.Range(0, 8).Select(i => Sample(10 * i, 1_900_000L * i, i == 0 ? 100 : 1000 + i))).Offset!;
        Assert.Equal(VerdictStatus.Warning, OffsetVerdict.Of(new(drifting.Best.OffsetNs, drifting.Best.BoundNs), Policy.Default).Status);
        Assert.Same(drifting.Current, drifting.Best);
    }

    [Fact]
    public void A_slow_sample_that_was_taken_just_now_is_better_than_a_lucky_one_of_seconds_ago()
    {
        var session = new MeasureSession(new(Samples.Second, null, null, true), 0);
        for (var i = 0; i < 10; i++)
            session.Take(OffsetReading.Of(Samples.At(i, 0, i < 7 ? 5_000 : 9_000, i < 7 ? 10_000 : 18_000)), 1, 2);
        Assert.False(session.Entries[^1].IsUsed);
        Assert.Equal(9_000, MeasureSummary.Of(session).Offset!.Best.BoundNs);
    }

    [Fact]
    public void A_sample_says_little_of_the_clock_when_all_readings_since_were_lost()
    {
        var session = new MeasureSession(new(Samples.Second, null, null, true), 0);
        var sample = Samples.At(0, 5);
        session.Take(OffsetReading.Of(sample), 1, 2);
        session.Take(OffsetReading.None("silent"), sample.AtUnixNs + (3600 * Samples.Second), sample.AtRawNs + (3600 * Samples.Second));
        var offset = MeasureSummary.Of(session).Offset!;
        Assert.Equal((1000, 1000 + (36 * Samples.Second / 10)), (offset.Current.BoundNs, offset.Best.BoundNs));
        Assert.Equal(VerdictStatus.Unknown, OffsetVerdict.Of(new(offset.Best.OffsetNs, offset.Best.BoundNs), Policy.Default).Status);
    }

    [Fact]
    public void Samples_that_contradict_each_other_agree_on_nothing() =>
        Assert.Null(Of(Sample(0, 0, 10), Sample(60, 2_000_000, 10)).Offset!.Agreed);
}
