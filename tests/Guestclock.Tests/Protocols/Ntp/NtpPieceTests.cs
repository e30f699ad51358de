using Guestclock.Formats;
using Guestclock.Protocols.Ntp;
using Guestclock.Testing;

namespace Guestclock.Tests.Protocols.Ntp;

public class NtpPieceTests
{
    [Theory]
    [InlineData(0x47505300, 1, "GPS")]
    [InlineData(0x50484330, 1, "PHC0")]
    [InlineData(0x52415445, 0, "RATE")]
    [InlineData(0xC0A80001, 2, "C0A80001")]
    [InlineData(0x41424344, 3, "41424344")]
    [InlineData(0x7F7F0101, 1, "7F7F0101")]
    [InlineData(0x00000000, 1, "00000000")]
    [InlineData(0x47005300, 1, "47005300")]
    [InlineData(0x1B5B324A, 1, "1B5B324A")]
    public void A_reference_id_is_letters_or_digits(uint id, int stratum, string text) =>
        Assert.Equal(text, NtpReferenceId.Text(id, stratum));

    [Theory]
    [InlineData("RATE", "asked too often")]
    [InlineData("DENY", "denies service")]
    [InlineData("MCST", "multicast")]
    [InlineData("XYZ", "stratum 0, kiss code XYZ")]
    [InlineData("00000000", "not synchronised itself")]
    public void A_kiss_code_has_its_sentence(string code, string says) =>
        Assert.Contains(says, NtpKissCode.Sentence(code), StringComparison.Ordinal);

    [Theory]
    [InlineData("ntp.example.net", "ntp.example.net", 123)]
    [InlineData("ntp.example.net:1123", "ntp.example.net", 1123)]
    [InlineData("192.0.2.1:123", "192.0.2.1", 123)]
    [InlineData("2001:db8::1", "2001:db8::1", 123)]
    [InlineData("[2001:db8::1]", "2001:db8::1", 123)]
    [InlineData("[fe80::1%eth0]:11123", "fe80::1%eth0", 11123)]
    public void A_server_is_a_host_and_a_port(string text, string host, int port) =>
        Assert.Equal(new NtpServerName(host, port), NtpServerName.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(":123")]
    [InlineData("a:0")]
    [InlineData("a:65536")]
    [InlineData("a:-1")]
    [InlineData("a:b")]
    [InlineData("../../etc/passwd")]
    [InlineData("a b")]
    [InlineData("[::1]x")]
    [InlineData("[]:123")]
    public void Anything_else_is_no_server(string text) => Assert.Throws<MalformedInputException>(() => NtpServerName.Parse(text));

    [Fact]
    public void Any_text_is_a_server_or_is_refused() =>
        Fuzz.Text(["ntp.example.net:123", "[2001:db8::1]:123", "::1"], t => NtpServerName.Parse(t));
}
