using Guestclock.Formats;
using Guestclock.Protocols.Chrony;

namespace Guestclock.Tests.Protocols.Chrony;

public class ChronyReplyTests
{
    private static byte[] Reply => Captured.TrackingServer.Bytes;

    private static byte[] Request
    {
        get
        {
            var request = TrackingMessage.Request();
            ChronyRequest.SetSequence(request, 0xADBA4354);
            return request;
        }
    }

    [Fact]
    public void A_reply_answers_the_request_of_its_sequence_and_command() => Assert.True(ChronyReply.Answers(Request, Reply));

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 1)]
    [InlineData(5, 34)]
    [InlineData(19, 0)]
    public void A_datagram_with_another_byte_in_its_frame_is_no_answer(int at, byte value) =>
        Assert.False(ChronyReply.Answers(Request, With(at, value)));

    [Fact]
    public void A_datagram_without_a_whole_frame_is_no_answer()
    {
        for (var length = 0; length < ChronyReply.HeaderBytes; length++)
            Assert.False(ChronyReply.Answers(Request, Reply.AsSpan(0, length)));
    }

    [Theory]
    [InlineData(0, 5, "offset 0: expected protocol version 6, found 5")]
    [InlineData(1, 1, "offset 1: expected packet type 2, found 1")]
    [InlineData(5, 34, "offset 4: expected command 33, found 34")]
    [InlineData(7, 6, "offset 6: expected reply code 5, found 6")]
    [InlineData(9, 99, "offset 8: expected status 0, found 99: chronyd answers with status 99, which is not known")]
    public void Refuses_another_frame(int at, byte value, string says) =>
        Assert.Equal(says, Assert.Throws<MalformedInputException>(() => TrackingMessage.Decode(With(at, value))).Message);

    [Fact]
    public void Refuses_each_cut_reply()
    {
        (byte[] Reply, Action<byte[]> Decode)[] all =
        [
            (Reply, r => TrackingMessage.Decode(r)),
            (Captured.SourceCount.Bytes, r => SourceCountMessage.Decode(r)),
            (Captured.SourceSelected.Bytes, r => SourceDataMessage.Decode(r)),
            (Captured.StatsSelected.Bytes, r => SourceStatsMessage.Decode(r)),
            (Captured.Activity.Bytes, r => ActivityMessage.Decode(r)),
            (Captured.NtpDataSelected.Bytes, r => NtpDataMessage.Decode(r)),
        ];
        foreach (var (reply, decode) in all)
        {
            for (var length = 0; length < reply.Length; length++)
                Assert.Throws<MalformedInputException>(() => decode(reply[..length]));
        }
    }

    [Fact]
    public void A_later_release_may_append_to_a_reply() =>
        Assert.Equal(TrackingMessage.Decode(Reply), TrackingMessage.Decode([.. Reply, 1, 2, 3, 4]));

    [Theory]
    [InlineData(2, "over its unix socket only")]
    [InlineData(3, "does not know the command")]
    [InlineData(4, "no such source")]
    [InlineData(18, "another version")]
    [InlineData(19, "another length")]
    [InlineData(77, "status 77, which is not known")]
    public void Each_status_has_its_sentence(ushort status, string says) =>
        Assert.Contains(says, ((ChronyStatus)status).Sentence(), StringComparison.Ordinal);

    [Fact]
    public void No_two_statuses_say_the_same() =>
        Assert.Equal(Enum.GetValues<ChronyStatus>().Length, Enum.GetValues<ChronyStatus>().Select(s => s.Sentence()).Distinct().Count());

    [Fact]
    public void Statuses_of_a_real_chronyd()
    {
        Assert.Equal(ChronyStatus.Unauthorised, ChronyReply.Status(Captured.Unauthorised.Bytes, ChronyCommand.NtpData));
        Assert.Equal(ChronyStatus.NoSuchSource, ChronyReply.Status(Captured.NoSuchSource.Bytes, ChronyCommand.NtpData));
        Assert.Equal(ChronyStatus.BadProtocolVersion, ChronyReply.Status(Captured.BadVersion.Bytes, ChronyCommand.Tracking));
        Assert.Equal(ChronyStatus.BadPacketLength, ChronyReply.Status(Captured.BadLength.Bytes, ChronyCommand.Tracking));
        Assert.Equal(ChronyStatus.InvalidCommand, ChronyReply.Status(Captured.InvalidCommand.Bytes, (ChronyCommand)200));
    }

    private static byte[] With(int at, byte value)
    {
        var reply = Reply;
        reply[at] = value;
        return reply;
    }
}
