using System.Collections.Concurrent;
using Guestclock.Facts;
using Guestclock.Linux.Kvm.Calls;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Kvm.Guests;

/// <summary>A thread of its own for one vCPU, on one CPU of the host, that does one thing after the other.</summary>
internal sealed unsafe class CpuThread : IDisposable
{
    private const int StackBytes = 256 << 10;
    private const int MaskWords = 8192 / 64;

    private readonly BlockingCollection<Action> _jobs = [];
    private readonly Thread _thread;
    private readonly TaskCompletionSource<nint> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="hostCpu">Which CPU, or null for any.</param>
    public CpuThread(int? hostCpu)
    {
        _thread = new(() => Work(hostCpu), StackBytes) { IsBackground = true, Name = "vcpu" };
        try
        {
            _thread.Start();
        }
        catch (OutOfMemoryException)
        {
            throw new KvmException(FactState.Failed, "no thread can be started for a vCPU: the limit of processes or of memory is reached");
        }

        try
        {
            Handle = _started.Task.GetAwaiter().GetResult();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The pthread_t.</summary>
    public nint Handle { get; }

    public Task<T> Start<T>(Func<T> job)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _jobs.Add(() =>
        {
            try
            {
                result.SetResult(job());
            }
            catch (Exception e)
            {
                result.SetException(e);
            }
        });
        return result.Task;
    }

    /// <summary>Waits for the thread's end: only where nothing hangs in it.</summary>
    public void Dispose()
    {
        _jobs.CompleteAdding();
        _thread.Join();
        _jobs.Dispose();
    }

    /// <summary>CPUs that this process may use.</summary>
    public static IReadOnlyList<int> AllowedCpus()
    {
        var mask = stackalloc ulong[MaskWords];
        new Span<ulong>(mask, MaskWords).Clear();
        if (LibC.GetAffinity(0, MaskWords * sizeof(ulong), mask) < 0)
            throw new KvmException("sched_getaffinity", Errno.Last);
        var cpus = new List<int>();
        for (var cpu = 0; cpu < MaskWords * 64; cpu++)
        {
            if ((mask[cpu / 64] >> (cpu % 64) & 1) != 0)
                cpus.Add(cpu);
        }

        return cpus;
    }

    private void Work(int? hostCpu)
    {
        try
        {
            if (hostCpu is { } cpu)
                Pin(cpu);
            KickSignal.Unblock();
        }
        catch (KvmException e)
        {
            _started.SetException(e);
            return;
        }

        _started.SetResult(LibC.ThisThread());
        foreach (var job in _jobs.GetConsumingEnumerable())
            job();
    }

    private static void Pin(int cpu)
    {
        var mask = stackalloc ulong[MaskWords];
        new Span<ulong>(mask, MaskWords).Clear();
        mask[cpu / 64] = 1UL << (cpu % 64);
        if (LibC.SetAffinity(0, MaskWords * sizeof(ulong), mask) != 0)
            throw new KvmException($"sched_setaffinity to CPU {cpu}", Errno.Last);
    }
}
