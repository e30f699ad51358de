using System.Buffers.Binary;
using Guestclock.Formats;
using Guestclock.Protocols.Ptp;
using Guestclock.Testing;

namespace Guestclock.Tests.Protocols.Ptp;

/// <summary>Replies laid out by hand after linux/ptp_clock.h; the offsets are compared with the header itself in PtpHeaderTests.</summary>
public class PtpDecodeTests
{
    private const long Second = 1_000_000_000;
    private const long Now = 1_764_000_000 * Second;

    [Fact]
    public void A_plain_reply_is_read_in_the_order_system_phc_system()
    {
        var bytes = Plain((Now, Now + 500), (Now + 4000, Now + 2600), (Now + 5000, 0));
        var samples = PtpSysOffset.Decode(bytes);
        Assert.Equal([new PtpSample(Now, Now + 500, Now + 4000), new PtpSample(Now + 4000, Now + 2600, Now + 5000)], samples);
        var best = new PtpMeasurement(null, "plain", samples).Narrowest();
        Assert.Equal(-1900, best.OffsetNs);
        Assert.Equal(500, best.BoundNs);
    }

    [Fact]
    public void An_extended_reply_is_read_as_triples()
    {
        var bytes = PtpSysOffsetExtended.Request(1);
        Time(bytes, 16, Now);
        Time(bytes, 32, Now + (37 * Second) + 7);
        Time(bytes, 48, Now + 15);
        var sample = Assert.Single(PtpSysOffsetExtended.Decode(bytes));
        Assert.Equal(37 * Second, sample.OffsetNs);
        Assert.Equal(8, sample.BoundNs);
    }

    [Fact]
    public void A_precise_reply_has_no_interval()
    {
        var bytes = PtpSysOffsetPrecise.Request();
        Time(bytes, 0, Now + 20);
        Time(bytes, 16, Now);
        Assert.Equal(new PtpSample(Now, Now + 20, Now), PtpSysOffsetPrecise.Decode(bytes));
    }

    [Fact]
    public void Times_before_1970_have_negative_seconds_and_positive_nanoseconds()
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, -1);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), 999_999_999);
        Assert.Equal(-1, PtpClockTime.Decode(bytes, 0));
    }

    [Fact]
    public void A_sample_during_which_the_clock_was_set_back_is_not_used()
    {
        var measurement = new PtpMeasurement(null, "plain", [new(Now, Now, Now - Second), new(Now, Now + 9, Now + 10)]);
        Assert.Equal(4, measurement.Narrowest().OffsetNs);
        Assert.Throws<MalformedInputException>(() => new PtpMeasurement(null, "plain", [new(Now, Now, Now - 1)]).Narrowest());
    }

    [Fact]
    public void A_count_beyond_the_structure_is_refused()
    {
        var bytes = PtpSysOffset.Request(25);
        bytes[0] = 26;
        Assert.Throws<MalformedInputException>(() => PtpSysOffset.Decode(bytes));
        Assert.Throws<MalformedInputException>(() => PtpSysOffsetExtended.Decode(new byte[1216]));
    }

    [Fact]
    public void Caps_are_read()
    {
        var bytes = new byte[80];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, 100_000_000);
        bytes[24] = 1;
        Assert.Equal(new PtpCaps(100_000_000, true), PtpCaps.Decode(bytes));
    }

    [Fact]
    public void Garbage_is_refused_and_nothing_else_happens()
    {
        var extended = PtpSysOffsetExtended.Request(3);
        Fuzz.Bytes([Plain((Now, Now), (Now + 1, 0)), extended, PtpSysOffsetPrecise.Request()], b =>
        {
            Use(() => PtpSysOffset.Decode(b));
            Use(() => PtpSysOffsetExtended.Decode(b));
            Use(() => [PtpSysOffsetPrecise.Decode(b)]);
            PtpCaps.Decode(b);
        });

        static void Use(Func<IReadOnlyList<PtpSample>> decode)
        {
            try
            {
                var best = new PtpMeasurement(null, "plain", decode()).Narrowest();
                Assert.True(best.BoundNs >= 0 && best.OffsetNs is > long.MinValue);
            }
            catch (MalformedInputException)
            {
                // Refused.
            }
        }
    }

    private static byte[] Plain(params (long System, long Phc)[] times)
    {
        var bytes = PtpSysOffset.Request(times.Length - 1);
        for (var i = 0; i < times.Length; i++)
        {
            Time(bytes, 16 + (32 * i), times[i].System);
            if (i < times.Length - 1)
                Time(bytes, 32 + (32 * i), times[i].Phc);
        }

        return bytes;
    }

    private static void Time(byte[] bytes, int at, long ns)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at), ns / Second);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at + 8), (uint)(ns % Second));
    }
}
