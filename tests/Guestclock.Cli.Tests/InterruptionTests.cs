using System.Runtime.InteropServices;
using Guestclock.Cli.Tests.Measure;

namespace Guestclock.Cli.Tests;

public class InterruptionTests
{
    [Fact]
    public void The_same_signal_sent_twice_is_one_wish_and_a_later_one_ends_the_process()
    {
        var time = new SimulatedTime();
        using var interruption = new Interruption(TestContext.Current.CancellationToken, time);
        Assert.False(interruption.Token.IsCancellationRequested);
        Assert.True(IsHeldBack(interruption));
        Assert.True(interruption.Token.IsCancellationRequested);
        Assert.True(IsHeldBack(interruption));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(IsHeldBack(interruption));
    }

    private static bool IsHeldBack(Interruption interruption)
    {
        var signal = new PosixSignalContext(PosixSignal.SIGINT);
        interruption.Take(signal);
        return signal.Cancel;
    }
}
