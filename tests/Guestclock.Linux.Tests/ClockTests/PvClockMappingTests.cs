using Guestclock.Linux.ClockTests;
using Guestclock.Linux.Native;
using Guestclock.Protocols.PvClock;
using Guestclock.Testing;

namespace Guestclock.Linux.Tests.ClockTests;

public class PvClockMappingTests
{
    private const string New = """
        7f379510f000-7f3795113000 r--p 00000000 00:00 0                          [vvar]
        7f3795113000-7f3795115000 r--p 00000000 00:00 0                          [vvar_vclock]
        7f3795115000-7f3795117000 r-xp 00000000 00:00 0                          [vdso]
        """;

    private static readonly PvClockPage Filled = new(168, 1000, 5_000_000, 0xC537_ED5B, -1, 1);

    [Fact]
    public void The_mapping_named_after_virtual_clocks_comes_first() =>
        Assert.Equal([(0x7f3795113000L, 0x7f3795115000L, true), (0x7f379510f000L, 0x7f3795113000L, false)], PvClockMapping.Candidates(New).Select(c => ((long)c.Start, (long)c.End, c.IsNamed)));

    [Theory]
    [InlineData("")]
    [InlineData("[vvar]")]
    [InlineData("7f37-7f36 r--p 00000000 00:00 0 [vvar]")]
    [InlineData("0-ffffffffffffffff r--p 00000000 00:00 0 [vvar]")]
    [InlineData("7f3795113000 r--p [vvar_vclock]")]
    [InlineData("x-y r--p [vvar_vclock]")]
    [InlineData("7f379510f000-7f3795113000 r--p 00000000 00:00 0 [stack]")]
    public void What_is_no_such_mapping_is_not_touched(string maps) => Assert.Empty(PvClockMapping.Candidates(maps));

    [Fact]
    public void Any_text_gives_mappings_of_few_pages_or_none() =>
        Fuzz.Text([New], t => Assert.All(PvClockMapping.Candidates(t), c => Assert.InRange(c.End - c.Start, 1, 64 * 4096)));

    [Fact]
    public void Only_a_structure_that_a_host_has_filled_is_taken()
    {
        Assert.True(PvClockMapping.IsPlausible(Filled, 2000));
        Assert.False(PvClockMapping.IsPlausible(Filled, 999));
        Assert.False(PvClockMapping.IsPlausible(Filled with { Version = 0 }, 2000));
        Assert.False(PvClockMapping.IsPlausible(Filled with { Multiplier = 0x7FFF_FFFF }, 2000));
        Assert.False(PvClockMapping.IsPlausible(Filled with { Flags = 0xFF }, 2000));
        Assert.False(PvClockMapping.IsPlausible(Filled with { Shift = -33 }, 2000));
        Assert.False(PvClockMapping.IsPlausible(Filled with { SystemTimeNs = ulong.MaxValue }, 2000));
    }

    /// <summary>Where this machine is a KVM guest, the structure's frequency is that of its TSC.</summary>
    [Fact]
    public void The_page_of_this_machine_agrees_with_its_TSC()
    {
        using var mapping = PvClockMapping.Find() is { IsKnown: true, Value: { } found } ? found : null;
        Assert.SkipWhen(mapping is null || TscClock.Refusal() is not null, "no pvclock page is visible here");
        var (start, cpu) = (RateEnd.Take(CpuSet.Allowed()[0], true, mapping)!, CpuSet.Allowed()[0]);
        Thread.Sleep(50);
        var end = RateEnd.Take(cpu, true, mapping)!;
        var rate = Guestclock.Trials.Clocks.Bracket.Rate(start.KvmClock!.Value, end.KvmClock!.Value, end.RawStepNs, 2)!;
        Assert.InRange(rate.ErrorPpm, -2000 - rate.BoundPpm, 2000 + rate.BoundPpm);
    }
}
