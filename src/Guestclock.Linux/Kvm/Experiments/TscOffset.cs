using Guestclock.Linux.Kvm.Guests;
using Guestclock.Linux.Kvm.Timing;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Linux.Kvm.Experiments;

/// <summary>The attribute KVM_VCPU_TSC_OFFSET: written, read back, and seen by the guest.</summary>
internal static class TscOffset
{
    /// <summary>A figure that nothing else would bring about.</summary>
    private const long StepCycles = -123_456_789;

    public static TscOffsetEvidence Run(Bench bench)
    {
        using var machine = bench.OneCpu(GuestPrograms.ReadTsc);
        var cpu = machine.Cpus[0];
        var asked = bench.On(cpu, () =>
        {
            var offset = unchecked(cpu.State.GetTscOffset() + StepCycles);
            cpu.State.SetTscOffset(offset);
            return offset;
        });
        var seen = bench.Bracketed(machine);
        var host = unchecked(seen.GuestTsc - (ulong)asked);
        var (least, most) = new TscInterval(host, host).Since(seen.Instant);
        return new(asked, bench.On(cpu, cpu.State.GetTscOffset), least > 0 ? least : Math.Min(most, 0), (long)((seen.Instant.Cycles + 1) / 2));
    }
}
