using Guestclock.Linux.Kvm.Calls;
using Guestclock.Linux.Kvm.Guests;
using Guestclock.Linux.Kvm.Timing;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Linux.Kvm.Experiments;

/// <summary>Requests of KVM_SET_TSC_KHZ, each in a virtual machine of its own, from now until they are finished.</summary>
internal sealed class TscRates : IDisposable
{
    /// <summary>The rate that a structure tells may be a kHz or two below its own (PvClockScale.TscKhz).</summary>
    private const long TruncatedKhz = 2;

    private readonly Bench _bench;
    private readonly List<Request> _requests = [];

    public TscRates(Bench bench)
    {
        _bench = bench;
        try
        {
            long host;
            using (var machine = bench.OneCpu(GuestPrograms.ReadTsc))
                host = machine.Cpus[0].State.GetTscKhz();
            foreach (var khz in (long[])[host, host + (host / 10_000), host + (host / 1000), host / 2])
                _requests.Add(Begin(khz));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<TscRateRequest> Finish() => [.. _requests.Select(Finish)];

    public void Dispose()
    {
        foreach (var request in _requests)
            request.Machine?.Dispose();
    }

    private Request Begin(long khz)
    {
        var machine = _bench.OneCpu(GuestPrograms.ReadTsc);
        try
        {
            machine.Cpus[0].State.SetTscKhz(khz);
        }
        catch (KvmException e)
        {
            machine.Dispose();
            return new(khz, e.Error ?? e.Message, null, null, default);
        }

        try
        {
            return new(khz, null, machine.Cpus[0].State.GetTscKhz(), machine, _bench.Moment(machine, HostTime.MonotonicRaw));
        }
        catch
        {
            machine.Dispose();
            throw;
        }
    }

    private TscRateRequest Finish(Request request)
    {
        if (request.Machine is not { } machine)
            return new(request.AskedKhz, request.Error, null, null, null, null);
        var last = _bench.Moment(machine, HostTime.MonotonicRaw);
        var rate = MeasuredRate.Between(request.First, last);
        var told = (long)Math.Min(last.Page.Scale.TscKhz, long.MaxValue);
        return new(request.AskedKhz, null, request.SaidKhz, rate.Khz, rate.BoundKhz, told >= request.AskedKhz - TruncatedKhz && told <= request.AskedKhz + TruncatedKhz);
    }

    private sealed record Request(long AskedKhz, string? Error, long? SaidKhz, VirtualMachine? Machine, GuestMoment First);
}
