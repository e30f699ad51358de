using Guestclock.Protocols.Chrony;

namespace Guestclock.Tests.Protocols.Chrony;

public class ChronyAddressTests
{
    [Theory]
    [InlineData("0000000000000000000000000000000000000000", "")]
    [InlineData("7F00000100000000000000000000000000010000", "127.0.0.1")]
    [InlineData("20010DB8000000000000000000000123000200FF", "2001:db8::123")]
    [InlineData("0000000700000000000000000000000000030000", "ID#0000000007")]
    [InlineData("0000000700000000000000000000000000090000", "address of family 9")]
    public void Decodes(string hex, string text) => Assert.Equal(text, ChronyAddress.Decode(Convert.FromHexString(hex)).Text);

    [Theory]
    [InlineData("192.168.1.2", "C0A8010200000000000000000000000000010000")]
    [InlineData("2001:db8::123", "20010DB800000000000000000000012300020000")]
    public void Encodes(string text, string hex)
    {
        var bytes = new byte[ChronyAddress.Bytes];
        Assert.True(ChronyAddress.TryEncode(text, bytes));
        Assert.Equal(hex, Convert.ToHexString(bytes));
    }

    [Fact]
    public void Does_not_encode_a_name() => Assert.False(ChronyAddress.TryEncode("ID#0000000001", new byte[ChronyAddress.Bytes]));
}
