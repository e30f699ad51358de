using System.Diagnostics;
using Guestclock.Facts;
using Guestclock.Linux.Native;
using Guestclock.Machines;

namespace Guestclock.Linux.Gathering;

/// <summary>
/// Runs probes, two at a time, each alone: one that throws or does not come back within the limit leaves its section as it was by default
/// and says so in its <see cref="ProbeRun"/>; the others go on. A probe that hangs is left behind on its background thread. Where several
/// take their time, the rest have what is left of <paramref name="whole"/> and no more: who asks for a check waits for its end.
/// </summary>
public sealed class FactGatherer(IReadOnlyList<Probe> probes, TimeSpan? limit = null, int parallel = 2, TimeSpan? whole = null)
{
    private readonly TimeSpan _limit = limit ?? TimeSpan.FromSeconds(2);
    private readonly TimeSpan _whole = whole ?? TimeSpan.FromSeconds(4);
    private readonly object _gate = new();
    private readonly Func<MachineFacts, MachineFacts>?[] _sections = new Func<MachineFacts, MachineFacts>?[probes.Count];
    private readonly ProbeRun?[] _runs = new ProbeRun?[probes.Count];
    private readonly long[] _started = new long[probes.Count];
    private readonly ProbeMachine?[] _machines = new ProbeMachine?[probes.Count];
    private long _begin;
    private int _next;
    private int _ended;

    /// <summary>Gathers everything. Call it once for each gatherer.</summary>
    public MachineFacts Gather(IMachine machine)
    {
        _begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < Math.Min(parallel, probes.Count); i++)
            StartWorker(machine);
        lock (_gate)
        {
            while (_ended < probes.Count)
            {
                Monitor.Wait(_gate, WaitingTime());
                Abandon(machine);
            }

            var facts = new MachineFacts();
            foreach (var section in _sections)
                facts = section is null ? facts : section(facts);
            return facts with { Probes = [.. _runs.Select(r => r!)] };
        }
    }

    private void StartWorker(IMachine machine) =>
        new Thread(() => Work(machine), maxStackSize: 1 << 20) { IsBackground = true, Name = "probe" }.Start();

    private void Work(IMachine machine)
    {
        while (true)
        {
            int mine;
            lock (_gate)
            {
                if (_next == probes.Count)
                    return;
                mine = _next++;
                _started[mine] = Stopwatch.GetTimestamp();
                _machines[mine] = new(machine);
            }

            var (section, failure) = Run(probes[mine], _machines[mine]!);
            lock (_gate)
            {
                // Abandoned: another worker took this one's place.
                if (_runs[mine] is not null)
                    return;
                _sections[mine] = section;
                End(mine, failure is null ? FactState.Known : FactState.Failed, failure);
            }
        }
    }

    private static (Func<MachineFacts, MachineFacts>? Section, string? Failure) Run(Probe probe, IMachine machine)
    {
        try
        {
            return (probe.Gather(machine), null);
        }
        catch (OutOfMemoryException)
        {
            return (null, "there is not enough memory for what it reads");
        }
        catch (Exception e)
        {
            return (null, $"our own fault: {e.GetType().Name}: {e.Message}");
        }
    }

    private void Abandon(IMachine machine)
    {
        var isOver = Stopwatch.GetElapsedTime(_begin) >= _whole;
        for (var i = 0; i < _next; i++)
        {
            if (_runs[i] is not null || (!isOver && Stopwatch.GetElapsedTime(_started[i]) < _limit))
                continue;
            _machines[i]!.GiveUp();
            var after = isOver ? Stopwatch.GetElapsedTime(_started[i]) : _limit;
            End(i, FactState.TimedOut, $"it did not come to an end within {after.TotalSeconds:0.###} s");
            if (!isOver)
                StartWorker(machine);
        }

        while (isOver && _next < probes.Count)
        {
            _started[_next] = Stopwatch.GetTimestamp();
            End(_next++, FactState.TimedOut, $"it was not begun: the others took {_whole.TotalSeconds:0.###} s");
        }
    }

    private void End(int index, FactState state, string? why)
    {
        _runs[index] = new(probes[index].Name, state, why, Elapsed.NsSince(_started[index]));
        _ended++;
        Monitor.PulseAll(_gate);
    }

    /// <summary>Until the first running probe reaches the limit.</summary>
    private TimeSpan WaitingTime()
    {
        var shortest = _whole - Stopwatch.GetElapsedTime(_begin);
        for (var i = 0; i < _next; i++)
        {
            if (_runs[i] is not null)
                continue;
            var left = _limit - Stopwatch.GetElapsedTime(_started[i]);
            shortest = left < shortest ? left : shortest;
        }

        return shortest < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : shortest;
    }
}
