using Guestclock.Measuring;
using Guestclock.Measuring.Runs;

namespace Guestclock.Tests.Measuring.Runs;

public class MeasureSessionTests
{
    private const long Start = 700;

    private static MeasureSession Session(long? count = null, long? durationNs = null, bool filters = false) => new(new(100, count, durationNs, filters), Start);

    private static void Read(MeasureSession session, OffsetReading? reading = null) => session.Take(reading ?? OffsetReading.None("no answer"), 5, 6);

    [Fact]
    public void Readings_stay_on_an_even_grid_however_long_each_takes()
    {
        var session = Session();
        var (now, begun) = (Start, new List<long>());
        foreach (var took in new long[] { 3, 99, 40, 100, 20, 250, 10 })
        {
            begun.Add(now);
            Read(session);
            now = session.NextAt(now + took)!.Value;
        }

        // One that takes as long as the grid is wide, or longer, drops those that it overruns.
        Assert.Equal([700, 800, 900, 1000, 1200, 1300, 1600], begun);
    }

    [Fact]
    public void A_timer_that_is_early_does_not_read_twice()
    {
        var session = Session();
        Read(session);
        Assert.Equal(800, session.NextAt(710));
        Read(session);
        Assert.Equal(900, session.NextAt(799));
    }

    [Fact]
    public void A_server_that_wants_to_be_asked_less_often_is_and_no_reading_is_made_up_for()
    {
        var session = Session(durationNs: 2000);
        Read(session);
        Assert.Equal(800, session.NextAt(703, leastNs: 100));
        Read(session);
        Assert.Equal(1200, session.NextAt(803, leastNs: 350));
        Read(session);
        Assert.Equal(2000, session.NextAt(1203, leastNs: 700));
        Read(session);
        Assert.Null(session.NextAt(2003, leastNs: 1400));
    }

    [Fact]
    public void It_ends_after_so_many_readings_lost_ones_included()
    {
        var session = Session(count: 2);
        Read(session);
        Assert.NotNull(session.NextAt(Start + 1));
        Read(session, OffsetReading.Of(Samples.At(0, 5)));
        Assert.Null(session.NextAt(Start + 101));
        Assert.Equal(2, session.Readings);
    }

    [Fact]
    public void No_reading_begins_when_the_time_is_over()
    {
        var session = Session(durationNs: 200);
        Read(session);
        Assert.Equal(800, session.NextAt(Start + 1));
        Read(session);
        Assert.Null(session.NextAt(Start + 101));
    }

    [Fact]
    public void A_final_problem_ends_it()
    {
        var session = Session();
        Read(session, OffsetReading.Of(Samples.At(0, 5)));
        Assert.Null(session.FinalProblem);
        Read(session, OffsetReading.None("access is denied", isFinal: true));
        Assert.Equal("access is denied", session.FinalProblem);
        Assert.Null(session.NextAt(Start + 101));
    }

    [Fact]
    public void A_slow_sample_counts_without_the_filter_and_after_a_step()
    {
        Assert.Equal([true, false, true], Used(filters: true, stepNs: 1_000_000_000));
        Assert.Equal([true, false, false], Used(filters: true, stepNs: 0));
        Assert.Equal([true, true, true], Used(filters: false, stepNs: 0));
    }

    [Fact]
    public void A_run_without_end_keeps_the_last_readings()
    {
        var session = Session();
        for (var i = 0; i < MeasureSession.MostEntries + 10; i++)
            Read(session);
        Assert.InRange(session.Entries.Count, MeasureSession.MostEntries * 9 / 10, MeasureSession.MostEntries);
        Assert.Equal(MeasureSession.MostEntries + 10, session.Readings);
        Assert.Equal(session.Readings - session.Entries.Count, MeasureSummary.Of(session).Forgotten);
    }

    private static IEnumerable<bool> Used(bool filters, long stepNs)
    {
        var session = Session(filters: filters);
        Read(session, OffsetReading.Of(Samples.At(0, 0, delayNs: 100)));
        Read(session, OffsetReading.Of(Samples.At(1, 0, delayNs: 900)));
        Read(session, OffsetReading.Of(Samples.At(2, stepNs, delayNs: 800)));
        return session.Entries.Select(e => e.IsUsed);
    }
}
