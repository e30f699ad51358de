using Guestclock.Units;

namespace Guestclock.Tests.Units;

public class UnitsTests
{
    [Theory]
    [InlineData(0, "0 ns")]
    [InlineData(-812, "-812 ns")]
    [InlineData(1_250, "1.25 µs")]
    [InlineData(-1_250_000, "-1.25 ms")]
    [InlineData(20_000_000_000, "20.0 s")]
    [InlineData(385_000_000_000, "385 s")]
    [InlineData(7_200_000_000_000, "2.00 h")]
    [InlineData(302_400_000_000_000, "3.50 d")]
    [InlineData(99_990_000_000, "100 s")]
    [InlineData(-9_996_000, "-10.0 ms")]
    [InlineData(999_700_000, "1.00 s")]
    [InlineData(999_499, "999 µs")]
    [InlineData(3_599_800_000_000, "1.00 h")]
    [InlineData(long.MinValue, "-106752 d")]
    public void Shows_three_digits_and_the_unit_that_fits(long ns, string text) => Assert.Equal(text, new Nanoseconds(ns).ToString());

    [Theory]
    [InlineData("10ms", 10_000_000)]
    [InlineData("1.5s", 1_500_000_000)]
    [InlineData("250us", 250_000)]
    [InlineData("2m", 120_000_000_000)]
    [InlineData("0ns", 0)]
    public void Reads_durations(string text, long ns)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(ns, duration.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("ms")]
    [InlineData("-1s")]
    [InlineData("1e3s")]
    [InlineData("1 s")]
    [InlineData("9999999d")]
    [InlineData("1parsec")]
    public void Refuses_what_is_no_duration(string text) => Assert.False(DurationText.TryParse(text, out _));
}
