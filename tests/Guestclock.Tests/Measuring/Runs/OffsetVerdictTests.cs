using Guestclock.Checks;
using Guestclock.Discipline;
using Guestclock.Judging;
using Guestclock.Measuring.Runs;

namespace Guestclock.Tests.Measuring.Runs;

/// <summary>The limits are 10 ms and 500 ms.</summary>
public class OffsetVerdictTests
{
    private const long Ms = 1_000_000;

    [Theory]
    [InlineData(0, 1, VerdictStatus.Ok, "within 10.0 ms: |offset| + bound is 1.00 ms")]
    [InlineData(-9, 1, VerdictStatus.Ok, "within 10.0 ms: |offset| + bound is 10.0 ms")]
    [InlineData(9, 3, VerdictStatus.Ok, "probably within 10.0 ms: between 6.00 ms and 12.0 ms")]
    [InlineData(-11, 3, VerdictStatus.Warning, "probably off by more than 10.0 ms: between 8.00 ms and 14.0 ms")]
    [InlineData(11, 0, VerdictStatus.Warning, "off by 11.0 ms; warning above 10.0 ms")]
    [InlineData(300, 100, VerdictStatus.Warning, "off by at least 200 ms; warning above 10.0 ms")]
    [InlineData(600, 200, VerdictStatus.Warning, "off by at least 400 ms; warning above 10.0 ms")]
    [InlineData(-600, 50, VerdictStatus.Critical, "off by 600 ms; critical above 500 ms")]
    [InlineData(-600, 90, VerdictStatus.Critical, "off by at least 510 ms; critical above 500 ms")]
    [InlineData(0, 11, VerdictStatus.Unknown, "the bound of 11.0 ms is too large to tell whether it is within 10.0 ms")]
    [InlineData(600, 800, VerdictStatus.Unknown, "the bound of 800 ms is too large to tell whether it is within 10.0 ms")]
    public void An_offset_is_judged_with_its_bound(long offsetMs, long boundMs, VerdictStatus status, string sentence) =>
        Assert.Equal(new OffsetVerdict(status, sentence), OffsetVerdict.Of(new ClockOffset(offsetMs * Ms, boundMs * Ms), Policy.Default));

    [Fact]
    public void Without_a_sample_nothing_is_known() => Assert.Equal(VerdictStatus.Unknown, OffsetVerdict.Of(null, Policy.Default).Status);
}
