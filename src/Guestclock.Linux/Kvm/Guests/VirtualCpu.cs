using Guestclock.Facts;
using Guestclock.Linux.Kvm.Calls;

namespace Guestclock.Linux.Kvm.Guests;

/// <summary>One vCPU with its thread. Whatever it runs has a limit, and comes back then.</summary>
internal sealed unsafe class VirtualCpu : IDisposable
{
    private const int KickEveryMs = 5;
    private const int MostKicks = 200;

    private readonly KvmSystem _system;
    private readonly int _descriptor;
    private readonly byte* _run;
    private readonly CpuThread _thread;
    private volatile bool _isInterrupted;
    private Task _last = Task.CompletedTask;

    private VirtualCpu(KvmSystem system, int descriptor, nint run, CpuThread thread)
    {
        _system = system;
        _descriptor = descriptor;
        _run = (byte*)run;
        _thread = thread;
        State = new(system, descriptor);
    }

    /// <summary>Registers and settings; only while nothing is run.</summary>
    public VirtualCpuState State { get; }

    /// <summary>True when KVM_RUN did not even come back from a signal: then nothing of it may be given back.</summary>
    public bool IsLost { get; private set; }

    public static VirtualCpu Create(KvmSystem system, int machine, int id, int? hostCpu)
    {
        KickSignal.Prepare();
        var descriptor = system.Call(machine, KvmRequests.CreateVcpu, id);
        var run = system.Calls.Map(descriptor, system.RunBytes);
        try
        {
            if (run is < 0 and > -4096)
                throw new KvmException("mmap of a vCPU", (int)-run);
            return new(system, descriptor, run, new(hostCpu));
        }
        catch
        {
            if (run is not (< 0 and > -4096))
                system.Calls.Unmap(run, system.RunBytes);
            system.Calls.Close(descriptor);
            throw;
        }
    }

    /// <summary>Does something on the vCPU's thread, and interrupts it at the limit.</summary>
    /// <param name="job">May call <see cref="RunUntilHalt"/> any number of times.</param>
    public T Do<T>(Func<T> job, TimeSpan limit, CancellationToken cancellation) => Wait(Start(job), limit, cancellation);

    public Task<T> Start<T>(Func<T> job)
    {
        _isInterrupted = false;
        Volatile.Write(ref _run[KvmLayout.Run.ImmediateExit], 0);
        var task = _thread.Start(job);
        _last = task;
        return task;
    }

    /// <summary>Waits for what <see cref="Start"/> began.</summary>
    public T Wait<T>(Task<T> job, TimeSpan limit, CancellationToken cancellation)
    {
        if (HasEnded(job, limit, cancellation))
            return job.GetAwaiter().GetResult();
        if (!Interrupt(job))
            throw new KvmException(FactState.TimedOut, "KVM_RUN did not come back, not even from a signal");
        return AfterInterruption(job, limit, cancellation);
    }

    /// <summary>KVM_RUN until the guest halts. On the vCPU's thread only.</summary>
    public void RunUntilHalt()
    {
        int result;
        while ((result = _system.Calls.Control(_descriptor, KvmRequests.Run, 0)) < 0)
        {
            if (_isInterrupted)
                throw new OperationCanceledException();
            // EINTR: a signal of the runtime's own.
            if (result != -Native.Errno.Interrupted)
                throw new KvmException("KVM_RUN", -result);
        }

        var reason = *(uint*)(_run + KvmLayout.Run.ExitReason);
        if (reason != ExitReason.Halted)
            throw new GuestFaultException($"the guest ended with {ExitReason.NameOf(reason)}");
    }

    /// <summary>What is still run is interrupted: another vCPU's failure may have come before its end.</summary>
    public void Dispose()
    {
        if (IsLost || (!_last.IsCompleted && !Interrupt(_last)))
            return;
        _thread.Dispose();
        _system.Calls.Unmap((nint)_run, _system.RunBytes);
        _system.Calls.Close(_descriptor);
    }

    /// <returns>False where it is lost.</returns>
    private bool Interrupt(Task job)
    {
        _isInterrupted = true;
        for (var kick = 0; kick < MostKicks; kick++)
        {
            Volatile.Write(ref _run[KvmLayout.Run.ImmediateExit], 1);
            KickSignal.Send(_thread.Handle);
            if (Task.WaitAny([job], KickEveryMs, CancellationToken.None) >= 0)
                return true;
        }

        IsLost = true;
        return false;
    }

    private static bool HasEnded(Task job, TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            return Task.WaitAny([job], (int)limit.TotalMilliseconds, cancellation) >= 0;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>The job may have ended by itself just then.</summary>
    private static T AfterInterruption<T>(Task<T> job, TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            return job.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new KvmException(FactState.TimedOut, $"the guest did not halt within {limit.TotalMilliseconds} ms and was interrupted");
        }
    }
}
