using Guestclock.Facts;
using Guestclock.Linux.Kvm.Calls;
using Guestclock.Linux.Kvm.Guests;
using Guestclock.Linux.Kvm.Timing;

namespace Guestclock.Linux.Kvm.Experiments;

/// <summary>Step 1 of the documented procedure: what is kept of a guest's clock.</summary>
/// <param name="Clock">KVM_GET_CLOCK.</param>
/// <param name="Instant">When that was.</param>
/// <param name="Realtime">CLOCK_REALTIME then.</param>
/// <param name="TscOffset">Of the vCPU, or null where KVM does not tell.</param>
internal sealed record SavedClock(KvmClockData Clock, TscInterval Instant, NsInterval Realtime, long? TscOffset, long TscKhz)
{
    private const uint Pair = KvmClockData.HasRealtime | KvmClockData.HasHostTsc;

    public bool HasPair => (Clock.Flags & Pair) == Pair;

    public static SavedClock Take(Bench bench, VirtualMachine machine) => bench.On(machine.Cpus[0], () =>
    {
        var clock = default(KvmClockData);
        var instant = Bench.Timed(() => clock = machine.GetClock());
        var realtime = bench.Time.At(HostTime.Tie(HostTime.Realtime), instant);
        if ((clock.Flags & KvmClockData.HasHostTsc) != 0 && clock.HostTsc >= instant.Low && clock.HostTsc <= instant.High)
            instant = new(clock.HostTsc, clock.HostTsc);
        var state = machine.Cpus[0].State;
        return new SavedClock(clock, instant, realtime, Offset(state), state.GetTscKhz());
    });

    /// <summary>Throws where KVM tells no time of the host with the clock: Linux before 5.16, or a host whose clock source is not the TSC.</summary>
    public SavedClock NeedPair() => HasPair
        ? this
        : throw new KvmException(FactState.Unsupported, $"KVM_GET_CLOCK tells neither the host's time nor its TSC (flags 0x{Clock.Flags:x})");

    private static long? Offset(VirtualCpuState state)
    {
        try
        {
            return state.GetTscOffset();
        }
        catch (KvmException)
        {
            return null;
        }
    }
}
