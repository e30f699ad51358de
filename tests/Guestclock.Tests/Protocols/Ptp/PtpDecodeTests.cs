using System.Buffers.Binary;
using Guestclock.Formats;
using Guestclock.Protocols.Ptp;
using Guestclock.Testing;

namespace Guestclock.Tests.Protocols.Ptp;

/// <summary>Captured replies, and some laid out by hand after linux/ptp_clock.h; the offsets are compared with the header itself in HeaderTests.</summary>
public class PtpDecodeTests
{
    private const long Second = 1_000_000_000;
    private const long Now = 1_764_000_000 * Second;

    /// <summary>Three samples each from igb's clock in a QEMU 10.0.2 guest with Linux 6.1, asked with linux/ptp_clock.h from C; zeros follow.</summary>
    private const string CapturedPlain =
        "030000000000000000000000000000009203016b00000000a4f0dd06000000009203016b00000000137fdd0600000000" +
        "9203016b00000000dd96de06000000009203016b0000000026d1dd06000000009203016b00000000079cde0600000000" +
        "9203016b000000006ad5dd06000000009203016b00000000c4aede06";

    private const string CapturedExtended =
        "030000000000000000000000000000009203016b00000000cb32ca06000000009203016b000000003d3dca0600000000" +
        "9203016b00000000441ccb06000000009203016b000000000857cc06000000009203016b000000004791cb0600000000" +
        "9203016b00000000295acc06000000009203016b00000000af5dcc06000000009203016b00000000ad96cb0600000000" +
        "9203016b000000005d5fcc06";

    [Fact]
    public void Replies_of_a_network_card_are_read()
    {
        var plain = PtpSysOffset.Decode(Captured(CapturedPlain, PtpSysOffset.Size));
        var extended = PtpSysOffsetExtended.Decode(Captured(CapturedExtended, PtpSysOffsetExtended.Size));
        const long Start = 1_795_228_562 * Second;
        Assert.Equal(
            [
                new(Start + 115_208_356, Start + 115_179_283, Start + 115_250_909),
                new(Start + 115_250_909, Start + 115_200_294, Start + 115_252_231),
                new(Start + 115_252_231, Start + 115_201_386, Start + 115_257_028),
            ],
            plain);
        Assert.Equal(new PtpSample(Start + 114_056_623, Start + 114_005_677, Start + 114_057_053), extended[2]);
        // Taken one after the other of the same clock, they agree.
        var (p, e) = (new PtpMeasurement(null, "plain", plain).Narrowest(), new PtpMeasurement(null, "extended", extended).Narrowest());
        Assert.Equal((-51_276, 661, -51_161, 215), (p.OffsetNs, p.BoundNs, e.OffsetNs, e.BoundNs));
        Assert.Equal(new PtpCaps(999_999_881, false), PtpCaps.Decode(Captured("89c99a3b", PtpCaps.Size)));
    }

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

    private static byte[] Captured(string hex, int size)
    {
        var bytes = new byte[size];
        Convert.FromHexString(hex).CopyTo(bytes, 0);
        return bytes;
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
