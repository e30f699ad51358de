using System.Collections.Concurrent;
using Guestclock.Facts;
using Guestclock.Linux.Kvm.Calls;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Kvm.Guests;

/// <summary>A thread of its own for one vCPU, on one CPU of the host, that does one thing after the other.</summary>
internal sealed class CpuThread : IDisposable
{
    private const int StackBytes = 256 << 10;

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

    private void Work(int? hostCpu)
    {
        try
        {
            if (hostCpu is { } cpu && !CpuSet.Pin(cpu))
                throw new KvmException($"sched_setaffinity to CPU {cpu}", Errno.Last);
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
}
