namespace Guestclock.Tests.Formats.ClockLogs;

public class NtpdVariantTests
{
    [Theory]
    // ntp.conf(5) of ntpsec 1.2.2.
    [InlineData("50935 75440.031 0.000006019 13.778190 0.000351733 0.0133806", "ntpd loopstats", "", -6.019e-6)]
    // monopt.html of ntp.org 4.2.8: with the poll exponent.
    [InlineData("50935 75440.031 0.000006019 13.778190 0.000351733 0.0133806 6", "ntpd loopstats", "", -6.019e-6)]
    [InlineData("48773 10847.650 127.127.4.1 9714 -0.001605376 0.000000000 0.001424877 0.000958674", "ntpd peerstats", "127.127.4.1", 1.605376e-3)]
    // ntpsec names reference clocks.
    [InlineData("48773 10847.650 SHM(0) 9714 -0.001605376 0.000000000 0.001424877 0.000958674", "ntpd peerstats", "SHM(0)", 1.605376e-3)]
    public void A_line_is_one_sample(string line, string format, string name, double offsetS)
    {
        var log = ReadLog.Of(line + "\n");

        var series = Assert.Single(log.Series);
        Assert.Equal((format, name), (log.Format, series.Name));
        Assert.Equal(offsetS, Assert.Single(series.Values), 12);
    }
}
