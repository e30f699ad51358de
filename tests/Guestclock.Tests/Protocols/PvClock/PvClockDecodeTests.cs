using System.Buffers.Binary;
using Guestclock.Formats;
using Guestclock.Protocols.PvClock;
using Guestclock.Testing;

namespace Guestclock.Tests.Protocols.PvClock;

public class PvClockDecodeTests
{
    /// <summary>What a KVM wrote for a guest that had just begun: version 2, multiplier 3308758682, shift −1, stable.</summary>
    private static readonly byte[] Page = Convert.FromHexString("0200000000000000" + "BE4AD13FCE360000" + "E72D100000000000" + "9AA637C5" + "FF" + "01" + "0000");

    private static readonly byte[] Wall = Convert.FromHexString("02000000" + "78563412" + "FFC99A3B");

    [Fact]
    public void A_structure_of_KVM_is_understood()
    {
        var page = PvClockPage.Decode(Page);
        Assert.Equal(new(2, 0x36CE3FD14ABE, 1_060_327, 3_308_758_682, -1, 1), page);
        Assert.Equal((true, false, false, 2_596_120UL), (page.IsStable, page.WasStopped, page.IsBeingWritten, page.Scale.TscKhz));
        Assert.Equal(1_060_327UL, page.NsAt(0x36CE3FD14ABE));
        Assert.Equal(1_060_327UL + 999_999_999, page.NsAt(0x36CE3FD14ABE + 2_596_120_000));
    }

    [Fact]
    public void A_wall_clock_is_understood()
    {
        var wall = PvWallClock.Decode(Wall);
        Assert.Equal(new(2, 0x12345678, 999_999_999), wall);
        Assert.Equal(305_419_896_999_999_999, wall.EpochNs);
        Assert.Equal(4_294_967_295_000_000_000, PvWallClock.Decode([0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0]).EpochNs);
    }

    [Fact]
    public void A_clock_pair_is_understood()
    {
        var bytes = Pair(1_790_000_000, 999_999_999, 77);
        Assert.Equal(new(1_790_000_000_999_999_999, 77), PvClockPair.Decode(bytes));
    }

    [Theory]
    [InlineData(-1, 0, "offset 0")]
    [InlineData(long.MaxValue, 0, "offset 0")]
    [InlineData(0, -1, "offset 8")]
    [InlineData(0, 1_000_000_000, "offset 8")]
    public void A_clock_pair_that_is_no_time_is_refused(long seconds, long nanoseconds, string says) =>
        Assert.Contains(says, Assert.Throws<MalformedInputException>(() => PvClockPair.Decode(Pair(seconds, nanoseconds, 1))).Message, StringComparison.Ordinal);

    [Fact]
    public void Garbage_is_refused_or_computed_with()
    {
        Fuzz.Bytes([Page], b =>
        {
            var page = PvClockPage.Decode(b);
            _ = (page.NsAt(ulong.MaxValue), page.NsAt(0), page.Scale.TscKhz);
        });
        Fuzz.Bytes([Wall], b => _ = PvWallClock.Decode(b).EpochNs);
        Fuzz.Bytes([Pair(1_790_000_000, 5, 6)], b => _ = PvClockPair.Decode(b));
    }

    private static byte[] Pair(long seconds, long nanoseconds, ulong tsc)
    {
        var bytes = new byte[PvClockPair.Size];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, seconds);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), nanoseconds);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), tsc);
        return bytes;
    }
}
