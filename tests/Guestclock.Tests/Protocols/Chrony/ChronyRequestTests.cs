using Guestclock.Formats;
using Guestclock.Protocols.Chrony;

namespace Guestclock.Tests.Protocols.Chrony;

public class ChronyRequestTests
{
    /// <summary>
    /// The header as chronyc 4.3 sent it in the same capture, but for the sequence; ntp_data is longer than that of 4.3, to suit 4.6 too.
    /// </summary>
    public static TheoryData<byte[], string, int> Requests => new()
    {
        { TrackingMessage.Request(), "0601000000210000", 104 },
        { SourceCountMessage.Request(), "06010000000E0000", 32 },
        { SourceDataMessage.Request(5), "06010000000F000000000000000000000000000000000005", 76 },
        { SourceStatsMessage.Request(1), "060100000022000000000000000000000000000000000001", 84 },
        { ActivityMessage.Request(), "06010000002C0000", 48 },
        { NtpDataMessage.Request("127.0.0.1"), "06010000003900000000000000000000000000007F00000100000000000000000000000000010000", 172 },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void Is_padded_with_zeros_to_the_length_of_its_reply(byte[] request, string start, int length)
    {
        Assert.Equal(length, request.Length);
        Assert.Equal(start.PadRight(length * 2, '0'), Convert.ToHexString(request));
    }

    [Fact]
    public void The_sequence_stands_at_offset_8()
    {
        var request = ActivityMessage.Request();
        ChronyRequest.SetSequence(request, 0x0A0B0C0D);
        Assert.Equal("06010000002C00000A0B0C0D00000000", Convert.ToHexString(request)[..32]);
    }

    [Fact]
    public void Asks_for_ntp_data_of_addresses_only() =>
        Assert.Throws<MalformedInputException>(() => NtpDataMessage.Request("ntp.example.net"));
}
