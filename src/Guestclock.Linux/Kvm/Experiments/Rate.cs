using Guestclock.Linux.Kvm.Guests;
using Guestclock.Linux.Kvm.Timing;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Linux.Kvm.Experiments;

/// <summary>The rate of a guest's TSC and of its kvm-clock against CLOCK_MONOTONIC_RAW, from now to <see cref="Finish"/>.</summary>
internal sealed class Rate : IDisposable
{
    private readonly Bench _bench;
    private readonly VirtualMachine _machine;
    private readonly GuestMoment _first;

    public Rate(Bench bench)
    {
        _bench = bench;
        _machine = bench.OneCpu(GuestPrograms.ReadTsc);
        try
        {
            _first = bench.Moment(_machine, HostTime.MonotonicRaw);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public RateEvidence Finish()
    {
        var last = _bench.Moment(_machine, HostTime.MonotonicRaw);
        var span = last.Host - _first.Host;
        var rate = MeasuredRate.Between(_first, last);
        // Each reading of the structure is rounded down by less than 2 ns.
        var error = new NsInterval(-2, 2) + (last.ClockNs - _first.ClockNs) - span;
        return new(span.MiddleNs, error.MiddleNs * 1e9 / span.MiddleNs, error.BoundNs * 1e9 / span.LowNs, _machine.Cpus[0].State.GetTscKhz(), rate.Khz, rate.BoundKhz);
    }

    public void Dispose() => _machine.Dispose();
}
