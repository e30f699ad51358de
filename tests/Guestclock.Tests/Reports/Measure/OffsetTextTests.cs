using Guestclock.Reports.Measure;

namespace Guestclock.Tests.Reports.Measure;

public class OffsetTextTests
{
    [Theory]
    [InlineData(0, 1, "+0 ns ± 1 ns")]
    [InlineData(-7, 1, "-7 ns ± 1 ns")]
    [InlineData(12_345, 18, "+12.345 µs ± 18 ns")]
    [InlineData(12_345, 4_000, "+12.3 µs ± 4.00 µs")]
    [InlineData(12_506_785, 30_258, "+12.507 ms ± 30.3 µs")]
    [InlineData(-1_254_999, 900_000_000, "-1.25 ms ± 900 ms")]
    [InlineData(20_000_001_234, 1_200, "+20.0000012 s ± 1.20 µs")]
    [InlineData(999_999, 100_000, "+1000 µs ± 100 µs")]
    [InlineData(-3_600_000_000_000, 1_000_000, "-3600.0000 s ± 1.00 ms")]
    [InlineData(2_300_000_000_000_000_000, 1, "+26620 d ± 1 ns")]
    public void As_many_digits_as_the_bound_makes_meaningful(long offsetNs, long boundNs, string text) => Assert.Equal(text, OffsetText.Of(offsetNs, boundNs));
}
