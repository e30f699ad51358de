using Guestclock.Linux.Kvm.Guests;
using Guestclock.Linux.Kvm.Timing;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Linux.Kvm.Experiments;

/// <summary>The attribute KVM_VCPU_TSC_OFFSET: written, read back, and seen by the guest.</summary>
internal static class TscOffset
{
    /// <summary>A figure that nothing else would bring about.</summary>
    private const long StepCycles = -123_456_789;

    private const int Readings = 32;

    public static TscOffsetEvidence Run(Bench bench)
    {
        using var machine = bench.OneCpu(GuestPrograms.ReadTsc);
        var cpu = machine.Cpus[0];
        return bench.On(cpu, () =>
        {
            var asked = unchecked(cpu.State.GetTscOffset() + StepCycles);
            cpu.State.SetTscOffset(asked);
            var (tsc, instant) = Closest(machine);
            var host = unchecked(tsc - (ulong)asked);
            var (least, most) = new TscInterval(host, host).Since(instant);
            return new TscOffsetEvidence(asked, cpu.State.GetTscOffset(), least > 0 ? least : Math.Min(most, 0), (long)((instant.Cycles + 1) / 2));
        });
    }

    /// <summary>The guest's TSC between two readings of the host's, without a word of KVM.</summary>
    private static (ulong Tsc, TscInterval Instant) Closest(VirtualMachine machine)
    {
        var best = (Tsc: 0UL, Instant: new TscInterval(0, ulong.MaxValue));
        for (var i = 0; i < Readings; i++)
        {
            var instant = Bench.Timed(machine.Cpus[0].RunUntilHalt);
            if (instant.Cycles < best.Instant.Cycles)
                best = (machine.LastReading(0), instant);
        }

        return best;
    }
}
