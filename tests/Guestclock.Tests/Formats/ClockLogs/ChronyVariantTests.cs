namespace Guestclock.Tests.Formats.ClockLogs;

/// <summary>Lines of other releases, made by their own format strings (LOG_FileWrite in reference.c, ntp_core.c, sourcestats.c and refclock.c) or from chrony.conf(5).</summary>
public class ChronyVariantTests
{
    [Theory]
    // chrony.conf(5) of 4.3: the clock is 8.621 µs slow of where it will be when another 208.4 µs have been taken from it: so it is 199.8 µs fast.
    [InlineData("2017-08-22 13:22:36 203.0.113.15     2     -3.541      0.075 -8.621e-06 N  2  2.940e-03 -2.084e-04  1.534e-02  3.472e-04  8.304e-03", "chrony tracking.log", 1.99779e-4)]
    // 2.4: without root delay, root dispersion and largest error.
    [InlineData("2017-08-22 13:22:36 203.0.113.15     2     -3.541      0.075 -8.621e-06 N  2  2.940e-03 -2.084e-04", "chrony tracking.log", 1.99779e-4)]
    [InlineData("2016-11-09 05:40:50 203.0.113.15    N  2 111 111 1111  10 10 1.0 -4.966e-03  2.296e-01  1.577e-05  1.615e-01  7.446e-03 CB00717B 4B D K", "chrony measurements.log", 4.966e-3)]
    // 2.4: without reference id, mode and sources of time stamps.
    [InlineData("2016-11-09 05:40:50 203.0.113.15    N  2 111 111 1111  10 10 1.00 -4.966e-03  2.296e-01  1.577e-05  1.615e-01  7.446e-03", "chrony measurements.log", 4.966e-3)]
    [InlineData("2016-08-10 05:40:50 203.0.113.15     6.261e-03 -3.247e-03 2.220e-03  1.874e-06  1.080e-06 7.8e-02  16   0   8  0.00", "chrony statistics.log", -3.247e-3)]
    // 2.4: without asymmetry.
    [InlineData("2016-08-10 05:40:50 203.0.113.15     6.261e-03 -3.247e-03 2.220e-03  1.874e-06  1.080e-06 7.8e-02  16   0   8", "chrony statistics.log", -3.247e-3)]
    [InlineData("2009-11-30 14:33:27.000000 PPS2    7 N 1  4.900000e-07 -6.741777e-07  1.000e-06", "chrony refclocks.log", 6.741777e-7)]
    [InlineData("2009-11-30 14:33:27.000000 PPS2    - N -       -      -6.741777e-07  1.000e-06", "chrony refclocks.log", 6.741777e-7)]
    public void A_line_is_one_sample(string line, string format, double offsetS)
    {
        var log = ReadLog.Of(line + "\n");

        Assert.Equal(format, log.Format);
        Assert.Equal(offsetS, Assert.Single(Assert.Single(log.Series).Values), 12);
    }

    [Fact]
    public void A_tracking_line_that_was_cut_off_is_no_sample()
    {
        const string Line = "2017-08-22 13:22:36 203.0.113.15     2     -3.541      0.075 -8.621e-06 N  2  2.940e-03 -2.084e-04  1.534e-02  3.472e-04  8.304e-03\n";

        var log = ReadLog.Of(Line + Line + Line[..85] + "\n" + Line + Line[..77]);

        Assert.Equal([1.99779e-4, 1.99779e-4, 1.99779e-4], Assert.Single(log.Series).Values.Select(v => Math.Round(v, 12)));
        Assert.Equal(2, log.SkippedLines);
    }

    [Fact]
    public void A_clock_that_is_not_synchronised_gives_no_sample() =>
        Assert.Single(ReadLog.Of("""
            2026-11-21 16:41:19 0.0.0.0          0      0.000 1000000.000  0.000e+00 ?  0  0.000e+00 -0.000e+00  1.000e+00  1.000e+00  1.500e+00
            2026-11-21 16:41:21 127.0.0.4        2      0.000 1000000.000 -2.500e-01 N  1  4.463e-06 -0.000e+00  1.201e-04  3.530e-01  1.500e+00
            """).Series[0].Values);

    [Fact]
    public void A_leap_second_is_a_time_and_second_61_is_none()
    {
        const string Rest = " PPS2    7 N 1  4.900000e-07 -6.741777e-07  1.000e-06\n";
        var log = ReadLog.Of("2016-12-31 23:59:60.250000" + Rest + "2016-12-31 23:59:61.000000" + Rest + "2017-01-01 00:00:01.000000" + Rest);

        Assert.Equal([1483228800.25, 1483228801], log.Series[0].AtS);
        Assert.Equal(1, log.SkippedLines);
    }
}
