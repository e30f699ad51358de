using System.Buffers.Binary;
using Guestclock.Formats;
using Guestclock.Protocols.Ntp;
using Guestclock.Testing;

namespace Guestclock.Tests.Protocols.Ntp;

/// <summary>
/// The exchange was captured from chronyd 4.3 as <c>chronyd -x</c> with <c>local stratum 8</c> on a port of the loopback: the question
/// with a fixed transmit timestamp, t1 and t4 by clock_gettime(CLOCK_REALTIME) around send and receive. The rows change one thing each.
/// </summary>
public class NtpExchangeTests
{
    private const long T1 = 1_795_223_973_085_709_635;
    private const long T4 = 1_795_223_973_085_760_851;
    private const long Second = 1_000_000_000;
    private const ulong Era = 0x1_0000_0000;

    internal static byte[] Request => NtpPacket.Question(0x9F3C1A77D0E45B21);

    internal static byte[] Reply => Convert.FromHexString(
        "240800e600000000000000007f7f0101eeab6ff26b3bd80c9f3c1a77d0e45b21eeab702515f16df9eeab702515f38616");

    [Fact]
    public void The_question_tells_nothing_but_its_number() =>
        Assert.Equal("23" + new string('0', 78) + "9F3C1A77D0E45B21", Convert.ToHexString(Request));

    [Fact]
    public void A_real_exchange_is_measured()
    {
        var sample = Judge(Reply);
        Assert.Null(sample.Problem);
        Assert.Equal(("192.0.2.1:123", 8, 0, "7F7F0101"), (sample.Address, sample.Stratum, sample.Leap, sample.ReferenceId));
        Assert.InRange(sample.OffsetNs, -5_000, 5_000);
        Assert.InRange(sample.DelayNs, 1_000, T4 - T1);
        Assert.Equal((sample.DelayNs / 2) + 14, sample.RootDistanceNs);
    }

    /// <summary>An exchange of 10 ms; the server's clock at receive and transmit, relative to t1.</summary>
    [Theory]
    [InlineData((20 * Second) + 4_000_000, (20 * Second) + 6_000_000, 20 * Second, 8_000_000)]
    [InlineData((-20 * Second) + 4_000_000, (-20 * Second) + 6_000_000, -20 * Second, 8_000_000)]
    [InlineData(0, 10_000_000, 0, 0)]
    [InlineData(9_000_000, 9_000_000, 4_000_000, 10_000_000)]
    public void A_server_that_is_ahead_has_a_positive_offset(long t2, long t3, long offset, long delay)
    {
        var sample = Judge(At(T1 + t2, T1 + t3), T1, T1 + 10_000_000);
        Assert.InRange(sample.OffsetNs, offset - 2, offset + 2);
        Assert.InRange(sample.DelayNs, delay - 2, delay + 2);
    }

    [Fact]
    public void A_server_in_era_1_is_right_for_a_client_in_era_1()
    {
        const long now = 2_085_978_496 * Second;
        Assert.InRange(Judge(At(now + 1_000_000, now + 2_000_000), now - 1_000_000, now + 4_000_000).OffsetNs, -2, 2);
    }

    [Fact]
    public void An_exchange_may_cross_the_end_of_era_0()
    {
        const long end = 2_085_978_496 * Second;
        var sample = Judge(At(end - 1_000_000, end + 1_000_000), end - 2_000_000, end + 2_000_000);
        Assert.Null(sample.Problem);
        Assert.InRange(sample.OffsetNs, -2, 2);
        Assert.InRange(sample.DelayNs, 1_999_998, 2_000_002);
    }

    [Fact]
    public void A_client_whose_clock_stands_at_1970_learns_how_far_it_is_behind() =>
        Assert.InRange(Judge(Reply, 5 * Second, (5 * Second) + 50_000).OffsetNs, T1 - (6 * Second), T1);

    public static TheoryData<string, byte[], string> Problems => new()
    {
        { "client mode", With(0, 0x23), "mode 3 instead of 4" },
        { "broadcast mode", With(0, 0x25), "mode 5" },
        { "version 2", With(0, 0x14), "NTP version 2" },
        { "forged", With(31, 0x22), "does not belong to our question" },
        { "kiss of death", Kiss("RATE"), "asked too often" },
        { "denied", Kiss("DENY"), "denies service" },
        { "experimental kiss", Kiss("XFUN"), "kiss code XFUN" },
        { "zero receive time", Zero(32), "timestamp is zero" },
        { "zero transmit time", Zero(40), "timestamp is zero" },
        { "answered before asked", At(T1 + 5_000, T1 + 4_000), "before it was asked" },
        { "leap 3", With(0, 0xE4), "leap indicator 3" },
        { "stratum 16", With(1, 16), "stratum 16" },
        { "stratum 255", With(1, 255), "stratum 255" },
        { "root dispersion 16 s", With(9, 16), "16 s or more" },
        { "root delay 32 s", With(5, 32), "16 s or more" },
        { "took longer than the exchange", At(T1, T1 + 2_000_000), "longer than the whole exchange" },
    };

    [Theory]
    [MemberData(nameof(Problems))]
    public void Has_a_problem(string name, byte[] reply, string says)
    {
        Assert.NotEmpty(name);
        Assert.Contains(says, Judge(reply).Problem ?? "none", StringComparison.Ordinal);
    }

    [Fact]
    public void A_forged_answer_gives_no_offset() =>
        Assert.Equal((0, 0, 0), (Judge(With(31, 0x22)).OffsetNs, Judge(With(31, 0x22)).DelayNs, Judge(With(31, 0x22)).RootDistanceNs));

    [Fact]
    public void A_delay_slightly_below_zero_is_tolerated() => Assert.Null(Judge(At(T1, T1 + 900_000)).Problem);

    [Fact]
    public void Version_3_and_extensions_are_accepted() => Assert.Null(Judge([0x1C, .. Reply[1..], .. new byte[20]]).Problem);

    [Fact]
    public void A_short_answer_is_malformed()
    {
        for (var length = 0; length < NtpPacket.Bytes; length++)
            Assert.Throws<MalformedInputException>(() => Judge(Reply[..length]));
    }

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(5, 4)]
    [InlineData(0, long.MaxValue)]
    public void Times_that_run_backwards_or_for_ever_are_malformed(long t1, long t4) =>
        Assert.Throws<MalformedInputException>(() => Judge(Reply, t1, t4));

    [Fact]
    public void Any_bytes_and_times_are_judged_or_refused()
    {
        Fuzz.Bytes([Reply, Kiss("RATE"), With(1, 16)], b => Judge(b));
        Fuzz.Bytes([Reply], b => Judge(b, 0, 3_600_000_000_000));
        Fuzz.Bytes([Reply], b => Judge(b, long.MaxValue - 1, long.MaxValue));
    }

    private static NtpSample Judge(byte[] reply, long t1 = T1, long t4 = T4) =>
        NtpExchange.Judge("192.0.2.1:123", Request, reply, t1, t4);

    private static byte[] With(int at, byte value)
    {
        var reply = Reply;
        reply[at] = value;
        return reply;
    }

    private static byte[] Zero(int at)
    {
        var reply = Reply;
        reply.AsSpan(at, 8).Clear();
        return reply;
    }

    private static byte[] Kiss(string code)
    {
        var reply = With(1, 0);
        System.Text.Encoding.ASCII.GetBytes(code, reply.AsSpan(12));
        return reply;
    }

    private static byte[] At(long t2UnixNs, long t3UnixNs)
    {
        var reply = Reply;
        BinaryPrimitives.WriteUInt64BigEndian(reply.AsSpan(32), Bits(t2UnixNs));
        BinaryPrimitives.WriteUInt64BigEndian(reply.AsSpan(40), Bits(t3UnixNs));
        return reply;
    }

    private static ulong Bits(long unixNs)
    {
        var seconds = (ulong)(unixNs / Second) + 2_208_988_800;
        return unchecked((seconds % Era) << 32) | (ulong)(((UInt128)(ulong)(unixNs % Second) << 32) / Second);
    }
}
