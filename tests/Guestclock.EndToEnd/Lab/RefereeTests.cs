using System.Globalization;
using Guestclock.Lab;
using Guestclock.Lab.Guests;
using Guestclock.Lab.Referee;
using Guestclock.Lab.Scenarios;

namespace Guestclock.EndToEnd.Lab;

/// <summary>The referee beside a real guest's second agent.</summary>
public sealed class RefereeTests
{
    // Field 1 of /proc/PID/schedstat is the nanoseconds that the process has run; agents without one are not there.
    private const string AgentsRunNs = "for p in $(pidof qemu-ga); do cut -d' ' -f1 /proc/$p/schedstat; done | awk '{s+=$1} END {print s}'";

    [Fact]
    public async Task A_look_costs_the_guest_little()
    {
        await using var run = LabRun.Create(TimeSpan.FromSeconds(1), GuestTimeService.None, Accelerator.Emulation);
        try
        {
            await ScenarioCatalogue.All[0].PrepareAsync(run, CancellationToken.None);
        }
        catch (LabException e)
        {
            Assert.Skip(e.Message);
        }

        await using var referee = GuestReferee.Start(run);
        referee.MarkBreak(run.HostClock.MonotonicNs);
        var (countBefore, nsBefore) = (referee.Count, await RunNsAsync(run));
        await Task.Delay(2500);
        var (looks, ns) = (referee.Count - countBefore, await RunNsAsync(run) - nsBefore);

        TestContext.Current.TestOutputHelper?.WriteLine($"{looks} looks, {ns / looks / 1000} µs of the guest's CPU each");
        Assert.InRange(looks, 20, 200);
        // One millisecond or so under emulation; what a busy host takes from the guest counts in.
        Assert.InRange(ns / looks, 1, 10_000_000);
        Assert.InRange(Math.Abs(referee.Latest!.Value.OffsetNs), 0, 50_000_000);
    }

    private static async Task<long> RunNsAsync(LabRun run)
    {
        var result = await run.Machine!.RunAsync(AgentsRunNs);
        return long.Parse(result.Stdout.Trim(), CultureInfo.InvariantCulture);
    }
}
