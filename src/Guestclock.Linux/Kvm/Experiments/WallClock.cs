using Guestclock.Linux.Kvm.Guests;
using Guestclock.Linux.Kvm.Timing;
using Guestclock.Protocols.PvClock;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Linux.Kvm.Experiments;

/// <summary>The wall-clock structure, which a guest adds its clock to at boot.</summary>
internal static class WallClock
{
    public static WallClockEvidence Run(Bench bench)
    {
        using var machine = bench.OneCpu(GuestPrograms.ReadTsc);
        bench.Moment(machine, HostTime.Realtime);
        machine.Cpus[0].State.SetMsr(VirtualCpuState.WallClockMsr, GuestLayout.WallClock);
        var wall = PvWallClock.Decode(machine.Memory.Slice(GuestLayout.WallClock, PvWallClock.Size));
        var moment = bench.Moment(machine, HostTime.Realtime);
        var offset = wall.EpochNs + (new NsInterval(0, 2) + moment.ClockNs) - moment.Host;
        return new(wall.Version, wall.Seconds, wall.Nanoseconds, offset.MiddleNs, offset.BoundNs);
    }
}
