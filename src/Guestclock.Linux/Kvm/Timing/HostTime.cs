using Guestclock.Facts;
using Guestclock.Linux.Kvm.Calls;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Kvm.Timing;

/// <summary>This host's clocks by its TSC: what a guest read at some TSC is compared with what a clock of the host showed at the same one.</summary>
internal sealed unsafe class HostTime
{
    // linux/time.h.
    public const int Realtime = 0;
    public const int MonotonicRaw = 4;

    private const int MostReadings = 24;
    private const int MeasureMs = 5;

    /// <summary>CLOCK_REALTIME may be slewed: 500 ppm by the kernel, as much by adjtime.</summary>
    private const double SlewError = 1e-3;

    private readonly double _nsPerCycle;
    private readonly double _rateError;

    private HostTime(double nsPerCycle, double rateError)
    {
        _nsPerCycle = nsPerCycle;
        _rateError = rateError;
    }

    /// <summary>Measures the TSC's rate for some milliseconds.</summary>
    public static HostTime Measure()
    {
        if (!HostTsc.IsReadable)
            throw new KvmException(FactState.Unsupported, "the time stamp counter of this machine cannot be read: it needs x86-64 and memory that may be executed");
        var first = Tie(MonotonicRaw);
        Thread.Sleep(MeasureMs);
        var last = Tie(MonotonicRaw);
        var (least, most) = last.Tsc.Since(first.Tsc);
        var span = last.ClockNs - first.ClockNs;
        return least > 0 && span > 1
            ? new(2.0 * span / (least + most), ((most - least) / (double)least) + (2.0 / span))
            : throw new KvmException(FactState.Failed, $"the time stamp counter of this machine went {least} cycles in {span} ns");
    }

    /// <summary>The closest of some readings of a clock between two of the TSC.</summary>
    public static ClockTie Tie(int clock, int readings = MostReadings)
    {
        var best = Read(clock);
        for (var i = 1; i < readings; i++)
        {
            var tie = Read(clock);
            if (tie.Tsc.Cycles < best.Tsc.Cycles)
                best = tie;
        }

        return best;
    }

    /// <summary>Nanoseconds of CLOCK_MONOTONIC_RAW from one instant to another, not far from it.</summary>
    public NsInterval Between(TscInterval from, TscInterval to) => Between(from, to, _rateError);

    /// <summary>What the tie's clock shows at another instant, not far from it.</summary>
    public NsInterval At(ClockTie tie, TscInterval instant) =>
        tie.ClockNs + Between(tie.Tsc, instant, tie.Clock == Realtime ? _rateError + SlewError : _rateError) + new NsInterval(0, 1);

    private NsInterval Between(TscInterval from, TscInterval to, double rateError)
    {
        var (least, most) = to.Since(from);
        return new((long)Math.Floor(least * _nsPerCycle * (1 - (Math.Sign(least) * rateError))),
            (long)Math.Ceiling(most * _nsPerCycle * (1 + (Math.Sign(most) * rateError))));
    }

    private static ClockTie Read(int clock)
    {
        var time = stackalloc long[2];
        var low = HostTsc.Read();
        if (LibC.ClockGetTime(clock, time) != 0)
            throw new KvmException("clock_gettime", Errno.Last);
        return new(clock, new(low, HostTsc.Read()), (time[0] * 1_000_000_000) + time[1]);
    }
}
