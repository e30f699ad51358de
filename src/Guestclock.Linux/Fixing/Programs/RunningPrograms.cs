using System.Diagnostics;
using Guestclock.Fixes.Steps;
using Guestclock.Linux.Fixing.Calls;
using Guestclock.Linux.Fixing.Files;
using Guestclock.Linux.Fixing.Journals;
using Guestclock.Linux.Machines;
using Guestclock.Machines;

namespace Guestclock.Linux.Fixing.Programs;

/// <summary>Programs of the machine, each with a lock in the journal that is held while it runs.</summary>
internal sealed class RunningPrograms(FixRoot root, ChangeCalls calls, JournalStore store)
{
    private const int PollMs = 50;

    /// <summary>Where a program stands; null: it is not installed.</summary>
    public static string? Find(FixRoot root, string name)
    {
        foreach (var place in KnownPrograms.Places(name))
        {
            using var walk = new RootWalk(root.Descriptor, root.Device);
            if (walk.To(place, followLast: true) == 0 && walk.Status.Kind == EntryKind.File)
                return root.HostPath(place);
        }

        return null;
    }

    /// <exception cref="FixEngineException">It failed.</exception>
    public void Run(Journal journal, int step, string name, IReadOnlyList<string> arguments, int limitS)
    {
        var line = string.Join(' ', [name, .. arguments]);
        var path = root.IsLive ? Find(root, name) : throw new FixEngineException($"{line} cannot run for an image");
        if (path is null)
            throw new FixEngineException($"{name} is not installed");
        var held = store.OpenProgramLock(journal, step);
        try
        {
            _ = RunLock.TryLock(held);
            calls.Other("run", line, () =>
            {
                ProgramRunner.Run(path, arguments, line, limitS, held);
                return true;
            });
        }
        finally
        {
            RunLock.Release(held);
        }
    }

    /// <summary>Waits for a program of a run that was killed, at most for as long as it may run; a service that it started may hold the lock for ever.</summary>
    public void WaitFor(Journal journal, int step, int limitS)
    {
        var held = root.IsLive ? store.FindProgramLock(journal, step) : -1;
        if (held < 0)
            return;
        try
        {
            var start = Stopwatch.GetTimestamp();
            while (!RunLock.TryLock(held) && Stopwatch.GetElapsedTime(start).TotalSeconds < limitS)
                Thread.Sleep(PollMs);
        }
        finally
        {
            RunLock.Release(held);
        }
    }
}
