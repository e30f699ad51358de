using System.Numerics;
using Guestclock.Protocols.PvClock;

namespace Guestclock.Tests.Protocols.PvClock;

public class PvClockScaleTests
{
    private static readonly Random Random = new(20260201);

    /// <summary>What KVM's own algorithm gives for these rates.</summary>
    [Theory]
    [InlineData(2_596_120, -1, 0xC537A69A, 9_999_999_997)]
    [InlineData(2_400_000, -1, 0xD5555555, 9_999_999_999)]
    [InlineData(3_000_000, -1, 0xAAAAAAAA, 9_999_999_997)]
    [InlineData(2_200_000, -1, 0xE8BA2E8B, 9_999_999_998)]
    [InlineData(1_000_000, 1, 0x80000000, 10_000_000_000)]
    [InlineData(3_700_123, -1, 0x8A5FAFF0, 9_999_999_996)]
    public void Is_the_one_that_KVM_chooses(ulong khz, int shift, uint multiplier, ulong nsOfTenSeconds)
    {
        var scale = PvClockScale.ForHz(khz * 1000);
        Assert.Equal(new((uint)multiplier, (sbyte)shift), scale);
        Assert.Equal(nsOfTenSeconds, scale.ToNs(khz * 10_000));
    }

    [Theory]
    [InlineData(2_596_120)]
    [InlineData(1_000_000)]
    [InlineData(400_000)]
    [InlineData(5_200_001)]
    public void Tells_its_rate_to_a_kilohertz_below(ulong khz) => Assert.InRange(PvClockScale.ForHz(khz * 1000).TscKhz, khz - 2, khz);

    [Fact]
    public void Truncation_may_cost_a_guest_a_kilohertz() => Assert.Equal(3_700_122UL, PvClockScale.ForHz(3_700_123_000).TscKhz);

    [Fact]
    public void For_any_parameters_it_is_at_most_one_nanosecond_below_exact_arithmetic()
    {
        for (var run = 0; run < 20_000; run++)
        {
            var scale = new PvClockScale((uint)Random.NextInt64(1L << 32), (sbyte)Random.Next(-63, 33));
            var cycles = (ulong)Random.NextInt64() >> Random.Next(63);
            if (scale.Shift > 0)
                cycles >>= scale.Shift + 1;
            var exact = Exact(cycles, scale);
            Assert.InRange(exact - scale.ToNs(cycles), BigInteger.Zero, BigInteger.One);
        }
    }

    [Fact]
    public void For_any_parameters_the_clock_never_goes_back_while_the_counter_goes_on()
    {
        for (var run = 0; run < 5_000; run++)
        {
            var page = new PvClockPage(2, (ulong)Random.NextInt64(1L << 50), (ulong)Random.NextInt64(1L << 50), (uint)Random.NextInt64(1L << 32), (sbyte)Random.Next(-40, 8), 1);
            var tsc = page.TscTimestamp + (ulong)Random.NextInt64(1L << 45);
            var before = page.NsAt(tsc);
            for (var step = 0; step < 20; step++)
            {
                tsc += (ulong)Random.NextInt64(1L << Random.Next(40));
                var now = page.NsAt(tsc);
                Assert.True(now >= before, $"{page} at {tsc}: {now} after {before}");
                before = now;
            }
        }
    }

    [Fact]
    public void For_any_rate_a_second_of_cycles_is_a_second()
    {
        for (var run = 0; run < 20_000; run++)
        {
            var hz = (ulong)Random.NextInt64(1_000_000, 20_000_000_000);
            Assert.InRange(PvClockScale.ForHz(hz).ToNs(hz), 999_999_980UL, 1_000_000_000UL);
        }
    }

    [Theory]
    [InlineData(-128)]
    [InlineData(-64)]
    [InlineData(64)]
    [InlineData(127)]
    public void A_shift_beyond_the_word_leaves_nothing(int shift) => Assert.Equal(0UL, new PvClockScale(uint.MaxValue, (sbyte)shift).ToNs(ulong.MaxValue));

    [Fact]
    public void No_multiplier_is_no_rate() => Assert.Equal(0UL, new PvClockScale(0, -1).TscKhz);

    private static BigInteger Exact(ulong cycles, PvClockScale scale)
    {
        var product = new BigInteger(cycles) * scale.Multiplier;
        var shift = 32 - scale.Shift;
        return shift >= 0 ? product >> shift : product << -shift;
    }
}
