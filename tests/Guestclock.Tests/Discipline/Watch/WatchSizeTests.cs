using System.Diagnostics;
using Guestclock.Discipline.Watch;

namespace Guestclock.Tests.Discipline.Watch;

public class WatchSizeTests
{
    [Fact]
    public void Ten_thousand_guests_cost_little_for_each_input()
    {
        var bench = new WatchBench(WatchPolicy.Default with { MeasureEveryNs = 3600 * WatchBench.S });
        for (var n = 0; n < 10_000; n++)
        {
            foreach (var start in bench.Event(GuestEventKind.Found, $"guest {n}").Starts.ToArray())
                bench.Ends(start);
        }

        var before = Stopwatch.GetTimestamp();
        const int Inputs = 2000;
        for (var n = 0; n < Inputs; n++)
        {
            foreach (var start in bench.Event(GuestEventKind.Resumed, $"guest {n * 7 % 10_000}").Starts.ToArray())
                bench.Ends(start);
            _ = bench.State.NextWakeNs;
        }

        var each = Stopwatch.GetElapsedTime(before).TotalMicroseconds / Inputs;
        TestContext.Current.TestOutputHelper?.WriteLine($"{each:0.0} µs an event");
        Assert.InRange(each, 0, 150);
    }
}
