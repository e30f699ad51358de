using Guestclock.Linux.Kvm.Calls;
using Guestclock.Linux.Kvm.Guests;
using Guestclock.Linux.Kvm.Timing;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Kvm.Experiments;

/// <summary>What every experiment works with.</summary>
internal sealed record Bench(KvmSystem System, HostTime Time, IReadOnlyList<int> Cpus, KvmProbeOptions Options, CancellationToken Cancellation)
{
    private const int ReadingsPerMoment = 32;
    private const int ReadingsPerTie = 4;

    /// <summary>Chooses the CPUs and measures the TSC on the one that most experiments use: those of others may not agree with it.</summary>
    public static Bench Of(KvmSystem system, KvmProbeOptions options, CancellationToken cancellation)
    {
        var allowed = CpuSet.Allowed();
        if (allowed.Count == 0)
            throw new KvmException("sched_getaffinity", Errno.Last);
        var cpus = HostCpus.Choose(allowed, options.MostCpus);
        using var thread = new CpuThread(cpus[^1]);
        return new(system, thread.Start(HostTime.Measure).GetAwaiter().GetResult(), cpus, options, cancellation);
    }

    /// <summary>A virtual machine of one vCPU, on the last of the CPUs: the first has most of the host's interrupts.</summary>
    public VirtualMachine OneCpu(MachineCode code) => VirtualMachine.Create(System, code, Cpus[^1]);

    /// <summary>Does something on the vCPU's thread, within the limit.</summary>
    public T On<T>(VirtualCpu cpu, Func<T> job) => cpu.Do(job, Options.RunLimit, Cancellation);

    /// <summary>The best of some readings that a guest of <see cref="GuestPrograms.ReadTsc"/> takes of its clock.</summary>
    /// <param name="clock">Which clock of the host to compare with.</param>
    public GuestMoment Moment(VirtualMachine machine, int clock) => On(machine.Cpus[0], () =>
    {
        var offset = KnownOffset(machine.Cpus[0]);
        var best = Read(machine, clock, offset);
        for (var i = 1; i < ReadingsPerMoment; i++)
        {
            var moment = Read(machine, clock, offset);
            if (moment.Host.BoundNs < best.Host.BoundNs)
                best = moment;
        }

        return best;
    });

    public void Sleep(TimeSpan span)
    {
        if (span > TimeSpan.Zero)
            Cancellation.WaitHandle.WaitOne(span);
        Cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>When something was done, by the TSC of the thread that did it.</summary>
    public static TscInterval Timed(Action action)
    {
        var low = HostTsc.Read();
        action();
        return new(low, HostTsc.Read());
    }

    private GuestMoment Read(VirtualMachine machine, int clock, long? offset)
    {
        var instant = Timed(machine.Cpus[0].RunUntilHalt);
        var tie = HostTime.Tie(clock, ReadingsPerTie);
        var tsc = machine.LastReading(0);
        instant = Refine(instant, tsc, offset);
        return new(tsc, instant, machine.ClockPage(0), Time.At(tie, instant));
    }

    /// <summary>Guest TSC − offset is the host's TSC where it is not scaled; KVM's word is believed where the host's own readings contain it.</summary>
    private static TscInterval Refine(TscInterval instant, ulong guestTsc, long? offset)
    {
        if (offset is not { } known)
            return instant;
        var host = unchecked(guestTsc - (ulong)known);
        return host >= instant.Low && host <= instant.High ? new(host, host) : instant;
    }

    private static long? KnownOffset(VirtualCpu cpu)
    {
        try
        {
            return cpu.State.GetTscOffset();
        }
        catch (KvmException)
        {
            return null;
        }
    }
}
