using Guestclock.Linux.Kvm.Calls;
using Guestclock.Linux.Kvm.Guests;
using Guestclock.Linux.Kvm.Timing;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Kvm.Experiments;

/// <summary>What every experiment works with.</summary>
internal sealed record Bench(KvmSystem System, HostTime Time, IReadOnlyList<int> Cpus, KvmProbeOptions Options, CancellationToken Cancellation)
{
    private const int ReadingsPerMoment = 32;

    /// <summary>A virtual machine of one vCPU, on the last of the CPUs: the first has most of the host's interrupts.</summary>
    public VirtualMachine OneCpu(byte[] code) => VirtualMachine.Create(System, code, Cpus[^1]);

    /// <summary>Does something on the vCPU's thread, within the limit.</summary>
    public T On<T>(VirtualCpu cpu, Func<T> job) => cpu.Do(job, Options.RunLimit, Cancellation);

    /// <summary>A guest of <see cref="GuestPrograms.ReadTsc"/> reads its clock.</summary>
    /// <param name="clock">Which clock of the host to compare with.</param>
    public GuestMoment Moment(VirtualMachine machine, int clock) => On(machine.Cpus[0], () =>
    {
        var reading = Closest(machine);
        reading = reading with { Instant = Refine(reading, machine.Cpus[0]) };
        return reading with { Host = Time.At(HostTime.Tie(clock), reading.Instant) };
    });

    /// <summary>The same without a clock of the host, and without a word of KVM: the host's own readings of the TSC around it.</summary>
    public GuestMoment Bracketed(VirtualMachine machine) => On(machine.Cpus[0], () => Closest(machine));

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

    private static GuestMoment Closest(VirtualMachine machine)
    {
        var best = Read(machine);
        for (var i = 1; i < ReadingsPerMoment; i++)
        {
            var reading = Read(machine);
            if (reading.Instant.Cycles < best.Instant.Cycles)
                best = reading;
        }

        return best;
    }

    private static GuestMoment Read(VirtualMachine machine)
    {
        var instant = Timed(machine.Cpus[0].RunUntilHalt);
        return new(machine.LastReading(0), instant, machine.ClockPage(0), 0);
    }

    /// <summary>Guest TSC − offset is the host's TSC where it is not scaled; KVM's word is believed where the host's own readings contain it.</summary>
    private static TscInterval Refine(GuestMoment reading, VirtualCpu cpu)
    {
        try
        {
            var host = unchecked(reading.GuestTsc - (ulong)cpu.State.GetTscOffset());
            return host >= reading.Instant.Low && host <= reading.Instant.High ? new(host, host) : reading.Instant;
        }
        catch (KvmException)
        {
            return reading.Instant;
        }
    }
}
