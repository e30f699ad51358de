using Guestclock.Protocols.Ntp;

namespace Guestclock.Tests.Protocols.Ntp;

public class NtpTimestampTests
{
    private const long Now2026 = 1_795_223_973_000_000_000;
    private const long Second = 1_000_000_000;

    /// <summary>The ends of era 0: RFC 5905 figure 4.</summary>
    [Theory]
    [InlineData(0xEEAB702515F16DF9, Now2026, 1_795_223_973_085_715_173)]
    [InlineData(0xFFFFFFFF80000000, Now2026, (2_085_978_495 * Second) + 500_000_000)]
    [InlineData(0x0000000000000001, 2_085_978_000 * Second, 2_085_978_496 * Second)]
    [InlineData(0x0000000A00000000, 2_085_978_500 * Second, 2_085_978_506 * Second)]
    [InlineData(0xFFFFFFFF00000000, 2_085_978_500 * Second, 2_085_978_495 * Second)]
    [InlineData(0x83AA7E8000000000, Now2026, 0)]
    [InlineData(0x83AA7E8000000000, 3_000_000_000 * Second, 4_294_967_296 * Second)]
    public void Is_unfolded_near_the_local_time(ulong bits, long localNs, long unixNs) =>
        Assert.Equal(unixNs, new NtpTimestamp(bits).ToUnixNs(localNs));

    [Fact]
    public void A_local_clock_that_stands_at_1970_does_not_choose_the_era() =>
        Assert.Equal(2_085_978_506L * Second, new NtpTimestamp(0x0000000A00000000).ToUnixNs(0));

    [Theory]
    [InlineData(0x0000000100000000, 0xFFFFFFFF00000000, 2 * Second)]
    [InlineData(0xFFFFFFFF00000000, 0x0000000100000000, -2 * Second)]
    [InlineData(0x0000000180000000, 0x0000000100000000, 500_000_000)]
    public void Differences_cross_the_end_of_an_era(ulong later, ulong earlier, long ns) =>
        Assert.Equal(ns, new NtpTimestamp(later).NanosecondsSince(new(earlier)));
}
