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
    public void Together_they_end_in_time_and_say_which_were_not_begun()
    {
        using var never = new ManualResetEventSlim();
        var start = Stopwatch.GetTimestamp();

        var facts = new FactGatherer([.. Enumerable.Range(0, 30).Select(i => new Probe($"{i}", _ =>
        {
            never.Wait();
            return f => f;
        }))], Limit, whole: Limit * 3).Gather(new MemoryMachine());

        never.Set();
        Assert.InRange(Stopwatch.GetElapsedTime(start), Limit * 3, Limit * 10);
        Assert.All(facts.Probes, p => Assert.Equal(FactState.TimedOut, p.State));
        Assert.Equal("it did not come to an end within 0.2 s", facts.Probes[0].Why);
        Assert.Equal("it was not begun: the others took 0.6 s", facts.Probes[^1].Why);
    }

    [Fact]
    public void A_probe_that_was_given_up_ends_with_its_next_reading()
    {
        using var ended = new ManualResetEventSlim();
        var facts = new FactGatherer([new("reads for ever", m =>
        {
            try
            {
                while (true)
                    m.Read("/a");
            }
            finally
            {
                ended.Set();
            }
        })], Limit).Gather(new MemoryMachine().File("/a", ""));

        Assert.Equal(FactState.TimedOut, Assert.Single(facts.Probes).State);
        Assert.True(ended.Wait(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void A_probe_reads_only_so_much_and_the_others_have_their_own()
    {
        static Probe Reads(string name) => new(name, m =>
        {
            var read = 0;
            while (m.Read("/a").IsKnown)
                read++;
            return f => f with { Cpu = new() { TscKhz = Fact.Known((long)read, m.Read("/a").Why!) } };
        });
        var facts = new FactGatherer([Reads("one"), Reads("two")]).Gather(new MemoryMachine().File("/a", new string('a', 1 << 20)));

        Assert.All(facts.Probes, p => Assert.Equal(FactState.Known, p.State));
        Assert.Equal(25, facts.Cpu.TscKhz.Value);
        Assert.Equal("not read: there were more than 25165824 bytes before it", facts.Cpu.TscKhz.Source);
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
