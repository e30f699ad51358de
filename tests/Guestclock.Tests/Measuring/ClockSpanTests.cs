using static Guestclock.Tests.Measuring.Spans;

namespace Guestclock.Tests.Measuring;

public class ClockSpanTests
{
    [Fact]
    public void A_quiet_while_has_no_error()
    {
        var span = Of(Now, 20 * 1_000_000, movedNs: 60);
        Assert.Equal((60, 0, null), (span.MovedNs, span.ErrorNs, span.Problem));
    }

    [Fact]
    public void A_slew_of_a_tenth_is_an_error_and_no_step()
    {
        var span = Of(Now, Second, movedNs: -Second / 10);
        Assert.Equal((Second / 10) - 100, span.ErrorNs);
        Assert.Null(span.Problem);
    }

    [Theory]
    [InlineData(1_000_000, 300_000, "300 µs")]
    [InlineData(1_000_000, -300_000, "-300 µs")]
    [InlineData(1_500_000_000, 3600 * Second, "1.00 h")]
    [InlineData(1_500_000_000, -20 * 365 * 86400L * Second, "-7300 d")]
    public void A_step_is_told_and_nothing_is_measured(long tookNs, long movedNs, string by) =>
        Assert.Equal($"the system clock was set by {by} during the reading", Of(Now, tookNs, movedNs).Problem);

    [Fact]
    public void Both_clocks_tell_each_others_time()
    {
        var triple = At(Now);
        Assert.Equal((1000 * Second, 1000 * Second - 5, Now + 7), (triple.RawNs, triple.RawAt(Now - 5), triple.UnixAt((1000 * Second) + 7)));
    }
}
