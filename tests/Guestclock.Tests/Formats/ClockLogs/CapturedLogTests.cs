using Guestclock.Testing;

namespace Guestclock.Tests.Formats.ClockLogs;

/// <summary>Logs of real daemons: what they are is told by their lines, and the sign is clock − reference.</summary>
public class CapturedLogTests
{
    [Theory]
    [InlineData("chrony-tracking.log", "chrony tracking.log", "1", 1e-6, 1e-5)]
    [InlineData("chrony-measurements.log", "chrony measurements.log", "127.0.0.3 127.0.0.2", -1e-5, 1e-5)]
    [InlineData("chrony-statistics.log", "chrony statistics.log", "127.0.0.3 127.0.0.2 TEST", -3.5e-5, 1e-5)]
    [InlineData("chrony-refclocks.log", "chrony refclocks.log", "TEST TEST filtered", -3.5e-5, -2.8e-5)]
    [InlineData("chrony-tracking-behind.log", "chrony tracking.log", "1", -0.2501, -0.2499)]
    [InlineData("ntpd-loopstats", "ntpd loopstats", "1", -0.0505, -0.0495)]
    [InlineData("ntpd-peerstats", "ntpd peerstats", "10.199.7.1 10.199.7.2", -0.0505, -0.0495)]
    public void A_captured_log_is_read_as_clock_minus_reference(string file, string format, string names, double leastMedianS, double largestMedianS)
    {
        var log = ReadLog.Captured(file);

        Assert.Equal(format, log.Format);
        Assert.Equal(0, log.SkippedLines);
        Assert.Equal(names == "1" ? "" : names, string.Join(' ', log.Series.Select(s => s.Name)));
        Assert.All(log.Series, s => Assert.InRange(Median(s.Values), leastMedianS, largestMedianS));
        Assert.All(log.Series, s => Assert.Equal(s.Values.Length, s.AtS.Length));
    }

    [Theory]
    [InlineData("chrony-measurements-behind.log")]
    [InlineData("chrony-statistics-behind.log")]
    public void Before_the_first_correction_a_clock_that_is_behind_has_a_negative_offset(string file) =>
        Assert.InRange(ReadLog.Captured(file).Series[0].Values[0], -0.2502, -0.2498);

    /// <summary>chronyd was started at 16:41:19 UTC on 2026-11-21; ntpd's first line says day 61365, second 60122.369.</summary>
    [Theory]
    [InlineData("chrony-tracking.log", 1795279281)]
    [InlineData("chrony-measurements.log", 1795279279)]
    [InlineData("chrony-refclocks.log", 1795279281.58382)]
    [InlineData("ntpd-loopstats", 1795279322.369)]
    public void Times_are_seconds_since_1970(string file, double firstS) => Assert.Equal(firstS, ReadLog.Captured(file).Series[0].AtS[0], 4);

    [Fact]
    public void Measurements_that_chrony_refused_are_left_out_and_counted()
    {
        var log = ReadLog.Captured("chrony-measurements.log");
        var lines = File.ReadAllLines(Repository.At("tests", "clocklogs", "chrony-measurements.log")).Where(l => l.StartsWith("2026", StringComparison.Ordinal)).ToList();
        var refused = lines.Count(l => !l.Contains(" 111 111 1111 ", StringComparison.Ordinal));

        Assert.NotEqual(0, refused);
        Assert.Equal(lines.Count - refused, log.Series.Sum(s => s.Values.Length));
        Assert.Equal([$"{refused} measurements that chrony's own tests refused left out"], log.Remarks);
    }

    [Theory]
    [InlineData("chrony-tracking.log")]
    [InlineData("chrony-measurements.log")]
    [InlineData("chrony-statistics.log")]
    [InlineData("chrony-refclocks.log")]
    [InlineData("ntpd-loopstats")]
    [InlineData("ntpd-peerstats")]
    public void Damaged_logs_are_read_or_refused_with_a_sentence(string file) =>
        Fuzz.Bytes([ReadLog.Bytes(file)[..2500]], b => ReadLog.Of(b), runs: 400);

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
