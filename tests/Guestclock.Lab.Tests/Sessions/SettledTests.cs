using Guestclock.Lab.Sessions;
using Guestclock.Lab.Tests.Results;

namespace Guestclock.Lab.Tests.Sessions;

public class SettledTests
{
    [Theory]
    [InlineData("", true, false)]
    [InlineData("0.1:-20000 9:-20000", true, false)]
    [InlineData("0.1:-20000 0.2:0.1 3:0.1", true, false)]
    [InlineData("0.1:-20000 0.2:0.1 4.2:0.1", true, true)]
    [InlineData("0.1:-20000 0.2:0.1 4.2:0.1", false, false)]
    [InlineData("0.1:-20000 0.2:0.1 4.2:5", true, false)]
    [InlineData("0.1:-20000 0.2:0.1 2:5 2.1:0.1 5:0.1", true, false)]
    public void There_is_nothing_more_to_see_when_the_error_has_stayed_below_1_ms_for_a_while(string samples, bool isMethodDone, bool isSettled) =>
        Assert.Equal(isSettled, Settled.Is(SamplesOf.Text(samples), isMethodDone));
}
