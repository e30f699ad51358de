using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using Guestclock.Discipline.Watch.Tracking;

namespace Guestclock.Tests.Discipline.Watch.Tracking;

public class GuestTrackTests
{
    private const long Ms = 1_000_000;
    private const long S = 1000 * Ms;

    private static List<WatchRecord> Feed(GuestTrack track, IEnumerable<long> offsetsUs, long fromNs = 0) =>
        [.. offsetsUs.SelectMany((us, n) => track.Add("web", new(fromNs + ((n + 1) * 60 * S), new(us * 1000, Ms / 2)), WatchPolicy.Default))];

    [Fact]
    public void A_slow_drift_is_told_once_until_it_is_over()
    {
        var track = new GuestTrack();
        // 50 ppm are 3 ms in a minute.
        var told = Feed(track, Enumerable.Range(0, 60).Select(n => n * 3000L).Where(us => us < 90_000));
        var drift = Assert.Single(told);
        Assert.Equal((WatchRecordKind.Drift, true, "web"), (drift.Kind, drift.IsRaised, drift.Guest));
        Assert.InRange(drift.Drift!.Ppb - drift.Drift.BoundPpb, 20_001, 50_000);
        Assert.True(track.IsDriftAlarmed);

        track.Disrupt();
        Assert.Null(track.Drift);
        told = Feed(track, Enumerable.Repeat(100L, 60), 3600 * S);
        Assert.Equal((WatchRecordKind.Drift, false), (Assert.Single(told).Kind, told[0].IsRaised));
        Assert.False(track.IsDriftAlarmed);
    }

    [Fact]
    public void An_offset_about_the_limit_is_not_told_at_every_measurement()
    {
        var told = Feed(new(), Enumerable.Range(0, 200).Select(n => n % 2 == 0 ? 98_000L : 102_000));
        Assert.Equal(WatchRecordKind.Offset, Assert.Single(told).Kind);
        told = Feed(new(), Enumerable.Repeat(120_000L, 30).Concat(Enumerable.Range(0, 30).Select(n => 120_000L - (n * 3000))));
        Assert.Equal([true, false], told.Where(t => t.Kind == WatchRecordKind.Offset).Select(t => t.IsRaised));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(-200)]
    public void A_jump_is_told_with_its_direction_and_begins_the_drift_anew(int jumpMs)
    {
        var track = new GuestTrack();
        var told = Feed(track, Enumerable.Repeat(0L, 30).Append(jumpMs * 1000));
        var jump = told.First();
        Assert.Equal((WatchRecordKind.Jump, jumpMs), (jump.Kind, (int)(jump.Jump!.Value.OffsetNs / Ms)));
        Assert.Null(track.Drift);
        Assert.Equal(jumpMs * Ms, track.Last!.Value.Offset.OffsetNs);
    }

    [Fact]
    public void After_a_disruption_no_change_is_a_jump_and_the_last_measurement_stays()
    {
        var track = new GuestTrack();
        Feed(track, [0, 0, 0]);
        track.Disrupt();
        Assert.NotNull(track.Last);
        Assert.Empty(Feed(track, [-90_000], 3600 * S));
    }

    [Fact]
    public void A_clock_that_is_kept_right_is_not_worth_a_line()
    {
        var random = new Random(1);
        Assert.Empty(Feed(new(), Enumerable.Range(0, 2000).Select(_ => random.NextInt64(-400, 400))));
    }

    [Fact]
    public void The_guest_s_jumps_between_events_are_counted()
    {
        var bench = new WatchBench().Event(GuestEventKind.Found);
        bench.Ends(bench.Start, RecoveryOutcome.InTime, after: new ClockOffset(0, Ms));
        bench.After(60 * S).On(new MeasurementFinished("web", Assert.Single(bench.Measurements).Ticket, new ClockOffset(-3 * S, Ms)));
        Assert.Equal([WatchRecordKind.Jump, WatchRecordKind.Offset], bench.Told.Select(t => t.Kind));
        Assert.Equal(1, bench.State.Snapshot(bench.NowNs).Totals.Jumps);
        Assert.Equal(GuestStanding.Off, Assert.Single(bench.State.Snapshot(bench.NowNs).Guests).Standing);
    }
}
