using System.Numerics;
using Guestclock.Protocols.PvClock;

namespace Guestclock.Tests.Protocols.PvClock;

public class TscRestoreTests
{
    [Fact]
    public void On_the_same_host_a_guest_whose_clock_went_on_keeps_its_offset() =>
        Assert.Equal(-5_000, TscRestore.Offset(-5_000, 1_000_000_000, 2_000_000, 1_100_000_000, 2_000_000 + 259_612_000, 2_596_120));

    [Fact]
    public void On_the_same_host_a_guest_whose_clock_stood_still_loses_the_cycles_of_the_pause() =>
        Assert.Equal(-5_000 - 259_612_000, TscRestore.Offset(-5_000, 1_000_000_000, 2_000_000, 1_000_000_000, 2_000_000 + 259_612_000, 2_596_120));

    [Fact]
    public void The_counter_of_another_host_is_taken_out()
    {
        var offset = TscRestore.Offset(0, 0, 1_000_000_000_000, 0, 5_000, 2_000_000);
        Assert.Equal(1_000_000_000_000UL, unchecked(5_000 + (ulong)offset));
    }

    [Fact]
    public void For_any_figures_it_is_the_formula_rounded_and_modulo_two_to_the_64th()
    {
        var random = new Random(20260202);
        for (var run = 0; run < 20_000; run++)
        {
            var offset = random.NextInt64(long.MinValue, long.MaxValue);
            var (sourceNs, ns) = ((ulong)random.NextInt64() >> random.Next(40), (ulong)random.NextInt64() >> random.Next(40));
            var (sourceTsc, tsc) = ((ulong)random.NextInt64() << 1, (ulong)random.NextInt64() << 1);
            var khz = random.NextInt64(1, 10_000_000);
            var exact = new BigInteger(offset) - ((BigInteger)sourceNs - ns) * khz / 1_000_000 + sourceTsc - tsc;
            var error = exact - TscRestore.Offset(offset, sourceNs, sourceTsc, ns, tsc, khz);
            Assert.Contains(unchecked((long)(ulong)(error & ulong.MaxValue)), (long[])[-1, 0, 1]);
        }
    }
}
