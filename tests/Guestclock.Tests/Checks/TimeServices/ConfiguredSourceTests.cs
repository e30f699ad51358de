using Guestclock.Facts;

namespace Guestclock.Tests.Checks.TimeServices;

public class ConfiguredSourceTests
{
    [Theory]
    [InlineData("server a iburst", "Server a 123")]
    [InlineData("SERVER a port 1123", "Server a 1123")]
    [InlineData("pool b", "Pool b 123")]
    [InlineData("peer c", "Peer c 123")]
    [InlineData("refclock PHC /dev/ptp0 poll 3", "Phc /dev/ptp0 0")]
    [InlineData("refclock SHM 0", "RefClock 0 0")]
    [InlineData("server a noselect", "")]
    [InlineData("server", "")]
    [InlineData("local stratum 10", "")]
    public void Of_chrony(string line, string source) =>
        Assert.Equal(source, Text(ConfiguredSource.Of(new ChronyConfiguration("/f", [Directive(line)], []))));

    [Theory]
    [InlineData(TimeServiceKind.Ntpd, "server -4 a iburst", "Server a 123")]
    [InlineData(TimeServiceKind.Ntpd, "server 127.127.1.0", "")]
    [InlineData(TimeServiceKind.Ntpd, "server 127.127.28.0", "RefClock 127.127.28.0 0")]
    [InlineData(TimeServiceKind.Ntpd, "fudge 127.127.28.0 stratum 1", "")]
    [InlineData(TimeServiceKind.Ntpsec, "refclock shm unit 0", "RefClock shm 0")]
    [InlineData(TimeServiceKind.Ntpsec, "refclock local", "")]
    [InlineData(TimeServiceKind.Openntpd, "servers pool.ntp.org", "Pool pool.ntp.org 123")]
    [InlineData(TimeServiceKind.Timesyncd, "FallbackNTP a b", "Server a 123, Server b 123")]
    [InlineData(TimeServiceKind.NtpdRs, "source mode server address a:1123", "Server a 1123")]
    [InlineData(TimeServiceKind.NtpdRs, "source mode server address [::1]:1123", "Server ::1 1123")]
    [InlineData(TimeServiceKind.NtpdRs, "source mode server address 2001:db8::1", "Server 2001:db8::1 123")]
    [InlineData(TimeServiceKind.NtpdRs, "source mode nts address a:4460", "Server a 123")]
    [InlineData(TimeServiceKind.NtpdRs, "source mode sock path /run/x", "RefClock /run/x 0")]
    public void Of_others(TimeServiceKind kind, string line, string source) =>
        Assert.Equal(source, Text(ConfiguredSource.Of(new NtpConfiguration(kind, "/f", [Directive(line)], []))));

    private static ConfigDirective Directive(string line) => new(line.Split(' ')[0], line.Split(' ')[1..], "/f:1");

    private static string Text(IReadOnlyList<ConfiguredSource> sources) => string.Join(", ", sources.Select(s => $"{s.Kind} {s.Name} {s.Port}"));
}
