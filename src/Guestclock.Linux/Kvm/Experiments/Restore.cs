using Guestclock.Linux.Kvm.Calls;
using Guestclock.Linux.Kvm.Guests;
using Guestclock.Linux.Kvm.Timing;
using Guestclock.Protocols.PvClock;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Linux.Kvm.Experiments;

/// <summary>
/// A clock saved in one virtual machine and restored in another by the procedure of Documentation/virt/kvm/devices/vcpu.rst. Both are on this
/// host, so that what should come out is known: with realtime as if nothing had happened, without as if no time had passed.
/// </summary>
internal static class Restore
{
    /// <summary>The structure's arithmetic rounds down by less than 2 ns.</summary>
    private static readonly NsInterval Rounding = new(0, 2);

    /// <param name="withRealtime">False: KVM_SET_CLOCK with flags 0, as QEMU does.</param>
    public static RestoreEvidence Run(Bench bench, bool withRealtime)
    {
        using var source = bench.OneCpu(GuestPrograms.ReadTsc);
        using var destination = bench.OneCpu(GuestPrograms.ReadTsc);
        bench.Moment(source, HostTime.Realtime);
        var saved = SavedClock.Take(bench, source);
        if (withRealtime)
            saved.NeedPair();
        bench.Sleep(bench.Options.Pause);

        // Twice, and the second counts: the first time, the program is slower than KVM.
        bench.On(destination.Cpus[0], () => Set(bench, saved, destination, withRealtime));
        var (set, down) = bench.On(destination.Cpus[0], () => Set(bench, saved, destination, withRealtime));
        var isOffsetSet = bench.On(destination.Cpus[0], () => WriteOffset(saved, destination));
        var seen = bench.Moment(destination, HostTime.Realtime);
        NsInterval clock = (long)saved.Clock.Clock;
        var should = withRealtime ? clock + (seen.Host - (long)saved.Clock.Realtime) : clock + bench.Time.Between(set, seen.Instant);
        var error = seen.ClockNs + Rounding - should;
        return new(down.MiddleNs, error.MiddleNs, error.BoundNs, isOffsetSet ? TscError(saved, set, seen, withRealtime) : null);
    }

    /// <summary>Step 2: the clock.</summary>
    private static (TscInterval Instant, NsInterval Down) Set(Bench bench, SavedClock saved, VirtualMachine destination, bool withRealtime)
    {
        var clock = new KvmClockData { Clock = saved.Clock.Clock };
        if (withRealtime)
            (clock.Realtime, clock.Flags) = (saved.Clock.Realtime, KvmClockData.HasRealtime);
        var instant = Bench.Timed(() => destination.SetClock(clock));
        return (instant, bench.Time.At(HostTime.Tie(HostTime.Realtime), instant) - saved.Realtime);
    }

    /// <summary>Steps 3 and 4: the TSC goes on with the clock.</summary>
    /// <returns>False where KVM does not let offsets be set, or tells no TSC with its clock.</returns>
    private static bool WriteOffset(SavedClock saved, VirtualMachine destination)
    {
        var now = destination.GetClock();
        if (saved.TscOffset is not { } offset || !saved.HasPair || (now.Flags & KvmClockData.HasHostTsc) == 0)
            return false;
        try
        {
            destination.Cpus[0].State.SetTscOffset(
                TscRestore.Offset(offset, saved.Clock.Clock, saved.Clock.HostTsc, now.Clock, now.HostTsc, saved.TscKhz));
            return true;
        }
        catch (KvmException)
        {
            return false;
        }
    }

    /// <summary>What the guest's TSC is beyond what it should be: gone on with the host's, or stood still until the clock was set.</summary>
    private static long TscError(SavedClock saved, TscInterval set, GuestMoment seen, bool withRealtime)
    {
        var guest = unchecked(seen.GuestTsc - (ulong)saved.TscOffset!.Value);
        var (least, most) = new TscInterval(guest, guest).Since(seen.Instant);
        if (!withRealtime)
        {
            var (shortest, longest) = set.Since(saved.Instant);
            (least, most) = (least + shortest, most + longest);
        }

        return least > 0 ? least : Math.Min(most, 0);
    }
}
