using Guestclock.Cli.Measure;

namespace Guestclock.Cli.Tests.Measure;

public class LiveScreenTests
{
    [Fact]
    public void Lines_are_redrawn_in_place_below_those_that_stay()
    {
        using var output = new StringWriter();
        var screen = new LiveScreen(output);
        screen.Show(["one", "two"], []);
        screen.Show(["three", "four"], ["stays"]);
        screen.Show([], []);
        Assert.Equal(
            "\rone\u001b[K\ntwo\u001b[K\n\u001b[J" +
            "\r\u001b[2Astays\u001b[K\nthree\u001b[K\nfour\u001b[K\n\u001b[J" +
            "\r\u001b[2A\u001b[J", output.ToString());
    }
}
