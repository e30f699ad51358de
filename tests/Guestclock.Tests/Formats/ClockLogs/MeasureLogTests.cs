using Guestclock.Formats.ClockLogs;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats.ClockLogs;

public class MeasureLogTests
{
    private const string Log = $"""
        {MeasureLogHead.Mark}system clock against ntp:192.0.2.1
        {MeasureLogHead.Columns}
        {MeasureLogHead.Run}2026-11-21T16:00:00Z
        1795276800000000000,5000000000,1200,50,90,reading=50,
        1795276801100000000,6000000000,-1300,50,90,reading=50,"a step, of the ""system"" clock"
        1795276802000000000,7000000000,,,,,no reply within 1 s
        1795276803000000000,8000000000,1400,50,90,rea
        {MeasureLogHead.Run}2026-11-21T17:00:00Z
        1795280400000000000,100000000,1500,50,90,reading=50,
        """;

    [Fact]
    public void Times_come_from_the_raw_clock_and_are_fastened_anew_by_each_run()
    {
        var log = ReadLog.Of(Log);
        var series = Assert.Single(log.Series);

        Assert.Equal("log of guestclock measure", log.Format);
        Assert.Equal("system clock against ntp:192.0.2.1", series.Name);
        Assert.Equal([1795276800, 1795276801, 1795280400], series.AtS);
        Assert.Equal([1.2e-6, -1.3e-6, 1.5e-6], series.Values);
    }

    [Fact]
    public void Lost_readings_and_half_lines_are_told()
    {
        var log = ReadLog.Of(Log);

        Assert.Equal(1, log.SkippedLines);
        Assert.Contains("1 line was skipped (line 7: '1795276803000000000,8000000000,1400,50,90,rea')", log.Remarks);
        Assert.Contains("1 reading was lost when taken", log.Remarks);
    }

    [Fact]
    public void Columns_are_found_by_their_names()
    {
        var series = ReadLog.Of("unixNs,temperature,rawNs,boundNs,offsetNs\n1795276800000000000,40,5,6,7\n").Series[0];

        Assert.Equal([7e-9], series.Values);
    }

    [Fact]
    public void A_damaged_log_is_read_or_refused_with_a_sentence() => Fuzz.Text([Log], t => ReadLog.Of(t));
}
