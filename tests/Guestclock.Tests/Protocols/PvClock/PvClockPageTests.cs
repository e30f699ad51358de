using System.Buffers.Binary;
using System.Numerics;
using Guestclock.Formats;
using Guestclock.Protocols.PvClock;

namespace Guestclock.Tests.Protocols.PvClock;

public class PvClockPageTests
{
    /// <summary>Recomputed from KVM's own scaling, kvm_get_time_scale of arch/x86/kvm/x86.c.</summary>
    [Theory]
    [InlineData(2_596_120, -1, 0xC537A69Au, 9_999_999_997)]
    [InlineData(2_400_000, -1, 0xD5555555u, 9_999_999_999)]
    [InlineData(3_000_000, -1, 0xAAAAAAAAu, 9_999_999_997)]
    [InlineData(2_200_000, -1, 0xE8BA2E8Bu, 9_999_999_998)]
    [InlineData(1_000_000, 1, 0x80000000u, 10_000_000_000)]
    [InlineData(3_700_123, -1, 0x8A5FAFF0u, 9_999_999_996)]
    public void Ten_seconds_of_cycles_are_what_KVM_makes_of_them(long khz, int shift, uint multiplier, ulong ns)
    {
        var page = new PvClockPage(2, 1_000, 5, multiplier, (sbyte)shift, 1);
        Assert.Equal(ns + 5, page.NsAt(1_000 + ((ulong)khz * 10_000)));
        Assert.Equal(khz, page.TscKhz(), khz * 1e-9);
    }

    [Fact]
    public void It_never_goes_back_and_stays_within_a_nanosecond_and_a_cycle_of_the_exact_time()
    {
        var random = new Random(20_261_121);
        for (var i = 0; i < 20_000; i++)
        {
            var page = new PvClockPage(2, (ulong)random.NextInt64(), (ulong)random.NextInt64(1L << 60), (uint)random.NextInt64(1L << 31, 1L << 32), (sbyte)random.Next(-4, 5), 1);
            var delta = (ulong)random.NextInt64(1L << random.Next(1, 50));
            var ns = page.NsAt(page.TscTimestamp + delta);
            Assert.True(page.NsAt(page.TscTimestamp + delta + 1) >= ns);

            // All times 2^36, so that no shift loses anything.
            var exact = (new BigInteger(delta) * page.Multiplier) << (4 + page.Shift);
            var behind = exact - (new BigInteger(ns - page.SystemTimeNs) << 36);
            var lost = page.Shift < 0 ? new BigInteger(page.Multiplier) << 4 : BigInteger.Zero;
            Assert.InRange(behind, BigInteger.Zero, (BigInteger.One << 36) + lost);
        }
    }

    [Theory]
    [InlineData(127)]
    [InlineData(-128)]
    [InlineData(64)]
    public void A_shift_beyond_the_register_leaves_nothing(int shift) => Assert.Equal(7ul, new PvClockPage(2, 0, 7, uint.MaxValue, (sbyte)shift, 0).NsAt(ulong.MaxValue));

    [Fact]
    public void A_multiplier_of_nothing_means_no_frequency() => Assert.Equal(0, default(PvClockPage).TscKhz());

    [Fact]
    public void The_layout_is_the_kernels()
    {
        var bytes = new byte[PvClockPage.Size];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, 2);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), 3);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), 4);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(24), 0xC537A69A);
        (bytes[28], bytes[29]) = (0xFF, 3);
        var page = PvClockPage.Decode(bytes);
        Assert.Equal(new(2, 3, 4, 0xC537A69A, -1, 3), page);
        Assert.True(page is { IsStable: true, WasStopped: true });
        Assert.Throws<MalformedInputException>(() => PvClockPage.Decode(bytes.AsSpan(0, 31)));
    }
}
