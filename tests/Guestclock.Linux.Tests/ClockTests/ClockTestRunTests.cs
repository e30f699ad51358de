using Guestclock.Linux.ClockTests;
using Guestclock.Linux.Machines;
using Guestclock.Linux.Native;
using Guestclock.Linux.Tests.Agents;
using Guestclock.Trials.Clocks;
using Guestclock.Trials.Clocks.Evidence;

namespace Guestclock.Linux.Tests.ClockTests;

/// <summary>The clocks of the machine that runs the tests: what must hold of any. It keeps all CPUs busy, so it runs when other tests have ended.</summary>
[Collection(Timed.Name)]
public class ClockTestRunTests
{
    [Fact]
    public void Every_clock_of_this_machine_is_tested()
    {
        var parts = new List<string>();
        var evidence = new ClockTestRun(ClockParts.All, TimeSpan.FromMilliseconds(900), MachineRoot.Open(null).Raw!, new Told(parts.Add)).Run(CancellationToken.None);
        Assert.Equal(CpuSet.Allowed(), evidence.Cpus);
        Assert.False(evidence.IsInterrupted);
        Assert.InRange(evidence.SpanNs, 500_000_000, 60_000_000_000);
        Assert.Contains(parts, p => p.StartsWith("timers, ", StringComparison.Ordinal));
        foreach (var clock in evidence.Clocks.Where(c => c.Why is null))
        {
            Assert.True(clock is { Steps.Reads: > 0, Cost.Ns: > 0 }, $"{clock}");
            Assert.True(clock.Kind == ClockKind.Counter || clock.ResolutionNs > 0, $"{clock}");
            if (clock.Kind is ClockKind.Steady or ClockKind.Wall && !clock.Steps.WasSet)
                Assert.Equal((0, 0), (clock.Steps.BackSteps, clock.Steps.CrossBackSteps));
        }

        Assert.Equal(["CLOCK_REALTIME", "CLOCK_MONOTONIC", "CLOCK_MONOTONIC_RAW"], evidence.Clocks.Where(c => c.Why is null).Take(3).Select(c => c.Name));
        Assert.InRange(evidence.MonotonicRate.Value!.ErrorPpm, -200_000, 200_000);
        Assert.InRange(evidence.Timers.Value!.Lateness.P50Ns, 1, 60_000_000_000);
        Assert.True(evidence.Timers.Value.WithoutQueue is not { } own || own.MaxNs <= evidence.Timers.Value.Lateness.MaxNs);
        Assert.True(evidence.Stalls.Value!.LongestStallNs <= evidence.Stalls.Value.LongestGapNs);
        Assert.Equal(evidence.Cpus.Count, evidence.Stalls.Value.Cpus);
    }

    [Fact]
    public void Only_the_wanted_part_is_measured()
    {
        var evidence = new ClockTestRun(ClockParts.Rates, TimeSpan.FromMilliseconds(50), MachineRoot.Open(null).Raw!, new Told(_ => { })).Run(CancellationToken.None);
        Assert.True(evidence.MonotonicRate.IsKnown);
        Assert.All(evidence.Clocks, c => Assert.True(c.Steps is null && c.Cost is null));
        Assert.False(evidence.Timers.IsKnown || evidence.Stalls.IsKnown);
    }

    [Fact]
    public void An_interrupted_run_ends_with_what_was_learnt()
    {
        using var cancelled = new CancellationTokenSource();
        var evidence = new ClockTestRun(ClockParts.All, TimeSpan.FromHours(1), MachineRoot.Open(null).Raw!, new Told(what =>
        {
            if (what.StartsWith("steps of CLOCK_REALTIME,", StringComparison.Ordinal))
                cancelled.CancelAfter(50);
        })).Run(cancelled.Token);
        Assert.True(evidence.IsInterrupted);
        Assert.True(evidence.Clocks[0].Steps is { Reads: > 0 });
        Assert.Null(evidence.Clocks[1].Steps);
        Assert.Equal("it was interrupted before that", evidence.Timers.Why);
        Assert.True(evidence.MonotonicRate.IsKnown);
    }

    private sealed class Told(Action<string> what) : IProgress<string>
    {
        public void Report(string value) => what(value);
    }
}
