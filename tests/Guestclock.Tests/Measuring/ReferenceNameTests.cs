using Guestclock.Formats;
using Guestclock.Measuring;
using Guestclock.Testing;

namespace Guestclock.Tests.Measuring;

public class ReferenceNameTests
{
    [Theory]
    [InlineData("phc", ReferenceKind.Phc, "")]
    [InlineData("phc:/dev/ptp1", ReferenceKind.Phc, "/dev/ptp1")]
    [InlineData("phc:ptp_kvm", ReferenceKind.Phc, "ptp_kvm")]
    [InlineData("rtc", ReferenceKind.Rtc, "")]
    [InlineData("rtc:rtc1", ReferenceKind.Rtc, "rtc1")]
    [InlineData("ntp:pool.ntp.org", ReferenceKind.Ntp, "pool.ntp.org")]
    [InlineData("ntp:192.0.2.1:1123", ReferenceKind.Ntp, "192.0.2.1:1123")]
    [InlineData("ntp:[2001:db8::1]:1123", ReferenceKind.Ntp, "[2001:db8::1]:1123")]
    [InlineData("ntp:2001:db8::1", ReferenceKind.Ntp, "2001:db8::1")]
    [InlineData("chrony", ReferenceKind.Chrony, "")]
    [InlineData("guest:web1", ReferenceKind.Guest, "web1")]
    [InlineData("agent:/run/a:b.sock", ReferenceKind.Agent, "/run/a:b.sock")]
    public void A_reference_is_read_and_written_as_it_stands(string text, ReferenceKind kind, string argument)
    {
        var name = ReferenceName.Parse(text);
        Assert.Equal(new(kind, argument), name);
        Assert.Equal(text, name.ToString());
    }

    [Theory]
    [InlineData("ntp:[2001:db8::1]:1123", "2001:db8::1", 1123)]
    [InlineData("ntp:2001:db8::1", "2001:db8::1", 123)]
    [InlineData("ntp:192.0.2.1", "192.0.2.1", 123)]
    public void The_server_of_an_NTP_reference_has_a_host_and_a_port(string text, string host, int port) =>
        Assert.Equal(new(host, port), ReferenceName.Parse(text).Server);

    [Theory]
    [InlineData("", "there is no reference ''")]
    [InlineData("crony", "did you mean chrony?")]
    [InlineData("NTP:x", "did you mean ntp?")]
    [InlineData("ptp", "there are phc, rtc, ntp, chrony, guest, agent")]
    [InlineData("ntp", "expected ntp:HOST")]
    [InlineData("ntp:", "expected ntp:HOST")]
    [InlineData("ntp:host:0", "a port of 1 to 65535")]
    [InlineData("ntp:a b", "a host name")]
    [InlineData("phc:", "expected phc or phc:DEVICE")]
    [InlineData("chrony:x", "expected chrony without anything after it")]
    [InlineData("guest", "expected guest:DOMAIN")]
    [InlineData("agent:", "expected agent:SOCKET")]
    [InlineData("guest:a\u0007b", "expected guest:DOMAIN")]
    public void What_is_no_reference_is_refused_with_what_was_meant(string text, string part) =>
        Assert.Contains(part, Assert.Throws<MalformedInputException>(() => ReferenceName.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Garbage_is_refused() =>
        Fuzz.Text(["phc:/dev/ptp1", "rtc:rtc1", "ntp:[2001:db8::1]:1123", "ntp:a:1", "chrony", "guest:web1", "agent:/run/x"],
            text => Assert.Equal(text, ReferenceName.Parse(text).ToString()));
}
