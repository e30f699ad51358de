using Guestclock.Linux.Kvm.Calls;
using Guestclock.Linux.Kvm.Guests;
using Guestclock.Linux.Kvm.Timing;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Linux.Kvm.Experiments;

/// <summary>A guest that is not run for a while: simply run again, and after its clock was set back to where it had been saved.</summary>
internal static class Stop
{
    public static StopEvidence Run(Bench bench)
    {
        using var machine = bench.OneCpu(GuestPrograms.ReadTsc);
        var before = bench.Moment(machine, HostTime.MonotonicRaw);
        bench.Sleep(bench.Options.Pause);
        var after = bench.Moment(machine, HostTime.MonotonicRaw);
        var stopped = after.Host - before.Host;
        // Once before it counts: the first time, the program is slower than KVM.
        SetBack(bench, machine, TimeSpan.Zero);
        var setBack = SetBack(bench, machine, bench.Options.Pause);
        var (isSet, error) = TellStopped(bench, machine);
        return new(stopped.MiddleNs, after.ClockNs - before.ClockNs, setBack.MiddleNs, Math.Max(stopped.BoundNs, setBack.BoundNs), isSet, error);
    }

    /// <summary>What the clock went on from KVM_GET_CLOCK to KVM_SET_CLOCK; what it went on before and after is taken out.</summary>
    private static NsInterval SetBack(Bench bench, VirtualMachine machine, TimeSpan pause)
    {
        var before = bench.Moment(machine, HostTime.MonotonicRaw);
        var saved = default(KvmClockData);
        var save = bench.On(machine.Cpus[0], () => Bench.Timed(() => saved = machine.GetClock()));
        bench.Sleep(pause);
        var set = bench.On(machine.Cpus[0], () => Bench.Timed(() => machine.SetClock(new() { Clock = saved.Clock })));
        var after = bench.Moment(machine, HostTime.MonotonicRaw);
        return after.ClockNs - before.ClockNs - bench.Time.Between(before.Instant, save) - bench.Time.Between(set, after.Instant);
    }

    private static (bool? IsSet, string? Error) TellStopped(Bench bench, VirtualMachine machine)
    {
        try
        {
            machine.Cpus[0].State.TellStopped();
        }
        catch (KvmException e)
        {
            return (null, e.Message);
        }

        return (bench.Moment(machine, HostTime.MonotonicRaw).Page.WasStopped, null);
    }
}
