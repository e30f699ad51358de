using Guestclock.Checks.Tsc;
using Guestclock.Units;

namespace Guestclock.Tests.Checks.Tsc;

public class ClockHistoryTests
{
    [Theory]
    [InlineData(Logs.Delta, "tsc", -1052658846L, null)]
    [InlineData(Logs.Guest510, "tsc", null, null)]
    [InlineData(Logs.Server6, "tsc", 436888L, 503029760L)]
    [InlineData(Logs.Guest72, "tsc", 1390666756L, 503995129L)]
    public void A_mark_is_one_event_with_its_skew(string log, string source, long? skew, long? interval)
    {
        var mark = Assert.Single(ClockHistory.Of(Logs.Of(log).Log.Value!).Marks);
        Assert.Equal((source, "clocksource watchdog"), (mark.Source, mark.Reason));
        Assert.Equal((skew, interval), (mark.Skew?.Value, mark.Interval?.Value));
    }

    [Fact]
    public void The_evidence_shows_the_rate()
    {
        var log = Logs.Of(Logs.Server6).Log;
        var evidence = ClockHistory.Evidence(ClockHistory.Of(log.Value!).TscMark!, log);
        Assert.Equal("437 µs in 503 ms (+869 ppm) against hpet", evidence[1].Value);
        Assert.StartsWith("913.500 s after boot: clocksource: timekeeping watchdog on CPU1750", evidence[0].Value,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_requested_mark_hides_no_other() =>
        Assert.Equal("check_tsc_sync_source failed",
            ClockHistory.Of(Logs.Of(Logs.Warp + "tsc: Marking TSC unstable due to boot parameter\n").Log.Value!).TscMark!.Reason);

    [Fact]
    public void Numbers_without_bound_do_not_overflow()
    {
        var log = Logs.Of("Clocksource tsc unstable (delta = -9223372036854775807 ns)\n'hpet' wd_nsec: -9223372036854775807 x\n"
            + "'tsc' cs_nsec: 9223372036854775807 x\n").Log;
        Assert.Equal(new Nanoseconds(-9223372036854775807), ClockHistory.Of(log.Value!).TscMark!.Skew);
        Assert.NotEmpty(ClockHistory.Evidence(ClockHistory.Of(log.Value!).TscMark!, log));
    }
}
