using System.Diagnostics;
using Guestclock.Facts;
using Guestclock.Linux.Gathering;
using Guestclock.Testing;

namespace Guestclock.Linux.Tests.Gathering;

public sealed class FactGathererTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(200);

    [Fact]
    public void Each_probe_fills_its_section_and_is_timed()
    {
        var facts = new FactGatherer(
        [
            new("identity", _ => f => f with { Identity = new() { Hostname = Fact.Known("h", "s") } }),
            new("cpu", _ => f => f with { Cpu = new() { TscKhz = Fact.Known(5L, "s") } }),
        ]).Gather(new MemoryMachine());

        Assert.Equal("h", facts.Identity.Hostname.Value);
        Assert.Equal(5, facts.Cpu.TscKhz.Value);
        Assert.Equal(["identity", "cpu"], facts.Probes.Select(p => p.Name));
        Assert.All(facts.Probes, p => Assert.True(p is { State: FactState.Known, Why: null, TookNs: >= 0 }));
    }

    [Fact]
    public void Probes_that_hang_or_throw_say_so_and_the_others_go_on()
    {
        using var never = new ManualResetEventSlim();
        Probe Hangs(string name) => new(name, _ =>
        {
            never.Wait();
            return f => f with { Identity = new() { Hostname = Fact.Known("late", "s") } };
        });
        var start = Stopwatch.GetTimestamp();

        var facts = new FactGatherer(
        [
            Hangs("one"), Hangs("two"), Hangs("three"),
            new("throws", _ => throw new InvalidOperationException("oops")),
            new("cpu", _ => f => f with { Cpu = new() { TscKhz = Fact.Known(5L, "s") } }),
        ], Limit).Gather(new MemoryMachine());

        never.Set();
        Assert.InRange(Stopwatch.GetElapsedTime(start), Limit * 2, Limit * 10);
        Assert.Equal([FactState.TimedOut, FactState.TimedOut, FactState.TimedOut, FactState.Failed, FactState.Known],
            facts.Probes.Select(p => p.State));
        Assert.Equal("it did not come to an end within 0.2 s", facts.Probes[0].Why);
        Assert.Equal("our own fault: InvalidOperationException: oops", facts.Probes[3].Why);
        Assert.Equal(5, facts.Cpu.TscKhz.Value);
        Assert.Equal(FactState.Failed, facts.Identity.Hostname.State);
    }

    [Fact]
    public void Two_run_at_a_time()
    {
        var running = 0;
        var most = 0;
        Probe Busy(string name) => new(name, _ =>
        {
            var now = Interlocked.Increment(ref running);
            Interlocked.Exchange(ref most, Math.Max(most, now));
            Thread.Sleep(20);
            Interlocked.Decrement(ref running);
            return f => f;
        });

        new FactGatherer([.. Enumerable.Range(0, 8).Select(i => Busy($"{i}"))]).Gather(new MemoryMachine());

        Assert.Equal(2, most);
    }

    [Fact]
    public void No_probes_give_no_facts() => Assert.Empty(new FactGatherer([]).Gather(new MemoryMachine()).Probes);
}
