using System.Buffers.Binary;
using Guestclock.Formats;
using Guestclock.Protocols.VmClock;
using Guestclock.Testing;

namespace Guestclock.Tests.Protocols.VmClock;

public class VmClockPageTests
{
    /// <summary>The page of QEMU 10.0.2's device as a guest with Linux 7.2 shows it: a signal without a clock.</summary>
    public static byte[] Qemu(ulong marker = 1)
    {
        var page = new byte[4096];
        "VCLK"u8.CopyTo(page);
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(4), 4096);
        page[8] = 1;
        page[0x0A] = 0xFF;
        BinaryPrimitives.WriteUInt64LittleEndian(page.AsSpan(0x10), marker);
        return page;
    }

    /// <summary>A page of a hypervisor that offers TAI, synchronised, with TAI - UTC.</summary>
    public static byte[] WithTime(byte status = 2)
    {
        var page = Qemu(9);
        page[0x0A] = 1;
        page[0x0B] = 1;
        page[0x18] = 1;
        page[0x22] = status;
        page[0x24] = 37;
        return page;
    }

    [Fact]
    public void Qemu_offers_the_signal_only()
    {
        var page = VmClockPage.Decode(Qemu(3));
        Assert.Equal((1, "none", "utc", "unknown", 3UL, false, null),
            (page.Version, page.Counter, page.TimeType, page.Status, page.DisruptionMarker, page.OffersTime, page.TaiOffsetS));
    }

    [Fact]
    public void A_page_with_time_is_a_clock_unless_it_is_unreliable()
    {
        var page = VmClockPage.Decode(WithTime());
        Assert.Equal(("x86-tsc", "tai", "synchronised", true, 37),
            (page.Counter, page.TimeType, page.Status, page.OffersTime, page.TaiOffsetS));
        Assert.False(VmClockPage.Decode(WithTime(4)).OffersTime);
    }

    [Theory]
    [InlineData(0, (byte)'X', "offset 0")]
    [InlineData(8, (byte)2, "offset 8")]
    public void A_page_of_another_kind_is_refused(int at, byte value, string says)
    {
        var page = Qemu();
        page[at] = value;
        Assert.Contains(says, Assert.Throws<MalformedInputException>(() => VmClockPage.Decode(page)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_are_not_known_stay_visible()
    {
        var bytes = WithTime(77);
        bytes[0x0A] = 9;
        bytes[0x0B] = 8;
        var page = VmClockPage.Decode(bytes);
        Assert.Equal(("unknown(9)", "unknown(8)", "unknown(77)", false), (page.Counter, page.TimeType, page.Status, page.OffersTime));
    }

    [Fact]
    public void Garbage_is_refused() => Fuzz.Bytes([Qemu()[..128], WithTime()[..112]], b => VmClockPage.Decode(b));
}
