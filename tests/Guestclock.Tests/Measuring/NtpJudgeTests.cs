using System.Buffers.Binary;
using System.Text;
using Guestclock.Measuring;
using Guestclock.Protocols.Ntp;
using Guestclock.Testing;
using Guestclock.Tests.Protocols.Ntp;
using static Guestclock.Tests.Measuring.Spans;

namespace Guestclock.Tests.Measuring;

/// <summary>An exchange of 10 ms with a server whose clock is 250 ms ahead, that took 1 ms to answer.</summary>
public class NtpJudgeTests
{
    private const long Ms = 1_000_000;
    private const long AheadNs = 250 * Ms;

    [Fact]
    public void The_offset_is_system_minus_server_and_its_bound_is_the_root_distance_in_parts()
    {
        var trip = Trip(Reply());
        var sample = NtpJudge.Judge(trip).Sample!;
        Assert.InRange(sample.OffsetNs, -AheadNs - 1, -AheadNs + 1);
        Assert.InRange(sample.DelayNs, 9 * Ms - 1, 9 * Ms + 1);
        Assert.Equal((Now + (5 * Ms), Now + (5 * Ms) - Boot), (sample.AtUnixNs, sample.AtRawNs));
        Assert.InRange(sample.Part("round-trip"), 4_500_000 - 1, 4_500_000 + 1);
        // Root delay 2^-6 s, root dispersion 2^-8 s; precision 2^-23 s; 15 ppm of 10 ms.
        Assert.Equal((15_625_000 / 2) + 3_906_250 + 1, sample.Part("root-distance"));
        Assert.Equal((120, 150), (sample.Part("resolution"), sample.Part("ageing")));
        Assert.InRange(sample.BoundNs, NtpExchange.Judge("", trip.Request, trip.Reply, trip.T1Ns, trip.T4Ns).RootDistanceNs, 20 * Ms);
        Assert.Null(sample.Remark);
    }

    [Fact]
    public void The_truth_is_within_the_bound_whatever_the_way_there_and_back_took()
    {
        var random = new Random(20260107);
        for (var i = 0; i < 2000; i++)
        {
            var (thereNs, serverNs, backNs) = (random.NextInt64(200 * Ms), random.NextInt64(20 * Ms), random.NextInt64(200 * Ms));
            var offsetNs = random.NextInt64(-1_000_000 * Second, 1_000_000 * Second);
            var reply = Reply();
            // The server may be off by its root distance.
            var serverErrorNs = random.NextInt64(-11 * Ms, 11 * Ms);
            var aheadNs = serverErrorNs - offsetNs;
            BinaryPrimitives.WriteUInt64BigEndian(reply.AsSpan(32), Timestamp(Now + thereNs + aheadNs));
            BinaryPrimitives.WriteUInt64BigEndian(reply.AsSpan(40), Timestamp(Now + thereNs + serverNs + aheadNs));
            var tookNs = thereNs + serverNs + backNs;
            var trip = new NtpRoundTrip("", NtpExchangeTests.Request, reply, Now, Now + tookNs, Of(Now, tookNs), 0, true, true);
            var sample = NtpJudge.Judge(trip).Sample!;
            Assert.InRange(offsetNs, sample.OffsetNs - sample.BoundNs, sample.OffsetNs + sample.BoundNs);
        }
    }

    [Fact]
    public void The_truth_is_within_the_bound_when_the_servers_clock_moved_while_it_answered()
    {
        var random = new Random(20261121);
        for (var i = 0; i < 2000; i++)
        {
            var (thereNs, serverNs, backNs) = (random.NextInt64(Ms), random.NextInt64(Ms), random.NextInt64(Ms));
            // So far that it says that it took longer than the exchange, and little enough for that to be believed.
            var movedNs = thereNs + backNs + random.NextInt64(1, Ms);
            var reply = Reply();
            reply.AsSpan(4, 8).Clear();
            BinaryPrimitives.WriteUInt64BigEndian(reply.AsSpan(32), Timestamp(Now + thereNs));
            BinaryPrimitives.WriteUInt64BigEndian(reply.AsSpan(40), Timestamp(Now + thereNs + serverNs + movedNs));
            var tookNs = thereNs + serverNs + backNs;
            var sample = NtpJudge.Judge(new("", NtpExchangeTests.Request, reply, Now, Now + tookNs, Of(Now, tookNs), 0, true, true)).Sample!;
            Assert.All([0, -movedNs], offsetNs => Assert.InRange(offsetNs, sample.OffsetNs - sample.BoundNs, sample.OffsetNs + sample.BoundNs));
            Assert.True(sample.DelayNs >= tookNs, "such an answer is no lucky one");
        }
    }

    [Fact]
    public void Datagrams_that_were_ignored_are_a_remark()
    {
        Assert.Equal("1 datagram that did not answer our question was ignored (late, or forged)", NtpJudge.Judge(Trip(Reply(), strays: 1)).Sample!.Remark);
        Assert.Contains("7 datagrams", NtpJudge.Judge(Trip(Reply(), strays: 7)).Sample!.Remark, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_of_our_own_clock_is_not_taken_for_an_offset()
    {
        var trip = Trip(Reply()) with { Span = Of(Now, 10 * Ms, movedNs: 3 * Second), T4Ns = Now + (3 * Second) + (10 * Ms) };
        Assert.Equal("the system clock was set by 3.00 s during the reading", NtpJudge.Judge(trip).Problem);
        // A step back, so that the answer seems to come before the question.
        trip = Trip(Reply()) with { Span = Of(Now, 10 * Ms, movedNs: -3 * Second), T4Ns = Now - (3 * Second) };
        Assert.Equal("the system clock was set by -3.00 s during the reading", NtpJudge.Judge(trip).Problem);
    }

    [Fact]
    public void A_small_slew_meanwhile_is_part_of_the_bound() =>
        Assert.Equal(150 + 800_000 - 100, NtpJudge.Judge(Trip(Reply()) with { Span = Of(Now, 10 * Ms, movedNs: 800_000) }).Sample!.Part("ageing"));

    [Theory]
    [InlineData("RATE", false, "asked too often")]
    [InlineData("DENY", true, "denies service")]
    [InlineData("RSTR", true, "restricts access")]
    [InlineData("INIT", false, "not synchronised yet")]
    public void A_kiss_code_is_told_and_only_a_refusal_is_final(string code, bool isFinal, string part)
    {
        var reply = With(Reply(), 1, 0);
        Encoding.ASCII.GetBytes(code, reply.AsSpan(12));
        var reading = NtpJudge.Judge(Trip(reply));
        Assert.Null(reading.Sample);
        Assert.Equal((isFinal, code), (reading.IsFinal, NtpJudge.Kiss(reply)));
        Assert.Contains(part, reading.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 16, "stratum 16")]
    [InlineData(0, 0xE4, "leap indicator 3")]
    [InlineData(4, 0x7F, "root distance")]
    [InlineData(0, 0x23, "mode 3")]
    public void A_server_that_is_not_synchronised_gives_no_sample(int at, byte value, string part)
    {
        var reading = NtpJudge.Judge(Trip(With(Reply(), at, value)));
        Assert.Contains(part, reading.Problem, StringComparison.Ordinal);
        Assert.False(reading.IsFinal);
    }

    [Fact]
    public void Any_answer_gives_a_sample_with_a_bound_or_a_sentence() =>
        Fuzz.Bytes([Reply(), With(Reply(), 1, 0), NtpExchangeTests.Reply], reply =>
        {
            if (reply.Length >= NtpPacket.Bytes)
                NtpExchangeTests.Request.AsSpan(40, 8).CopyTo(reply.AsSpan(24));
            _ = NtpJudge.Kiss(reply);
            var reading = NtpJudge.Judge(Trip(reply));
            Assert.True(reading.Sample is { BoundNs: > 0 } || reading.Problem is not null);
        });

    private static NtpRoundTrip Trip(byte[] reply, int strays = 0) =>
        new("192.0.2.1:123", NtpExchangeTests.Request, reply, Now, Now + (10 * Ms), Of(Now, 10 * Ms), strays, true, true);

    private static byte[] Reply()
    {
        var reply = NtpExchangeTests.Reply;
        (reply[1], reply[3]) = (2, unchecked((byte)-23));
        BinaryPrimitives.WriteUInt32BigEndian(reply.AsSpan(4), 1 << 10);
        BinaryPrimitives.WriteUInt32BigEndian(reply.AsSpan(8), 1 << 8);
        // Half of 9 ms on the way.
        BinaryPrimitives.WriteUInt64BigEndian(reply.AsSpan(32), Timestamp(Now + 4_500_000 + AheadNs));
        BinaryPrimitives.WriteUInt64BigEndian(reply.AsSpan(40), Timestamp(Now + 5_500_000 + AheadNs));
        return reply;
    }

    private static ulong Timestamp(long unixNs) =>
        ((ulong)((unixNs / Second) + 2_208_988_800) << 32) | (((ulong)(unixNs % Second) << 32) / Second);

    private static byte[] With(byte[] reply, int at, byte value)
    {
        reply[at] = value;
        return reply;
    }
}
