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

    private const int ReadingsPerTie = 24;
    private const int MeasureMs = 5;

    /// <summary>
    /// How far the rate of a clock may be from what was measured of CLOCK_MONOTONIC_RAW: 500 ppm that the kernel slews CLOCK_REALTIME by, as much
    /// by adjtime. A tie is used within microseconds, so that this is a nanosecond or two.
    /// </summary>
    private const double RateError = 1e-3;

    private HostTime(double nsPerCycle) => NsPerCycle = nsPerCycle;

    public double NsPerCycle { get; }

    /// <summary>Measures the TSC's rate for some milliseconds.</summary>
    public static HostTime Measure()
    {
        if (!HostTsc.IsReadable)
            throw new KvmException(FactState.Unsupported, "the time stamp counter of this machine cannot be read: it needs x86-64 and memory that may be executed");
        var first = Tie(MonotonicRaw);
        Thread.Sleep(MeasureMs);
        var last = Tie(MonotonicRaw);
        var (least, most) = last.Tsc.Since(first.Tsc);
        var cycles = (least + (double)most) / 2;
        return cycles > 0 && last.ClockNs > first.ClockNs
            ? new((last.ClockNs - first.ClockNs) / cycles)
            : throw new KvmException(FactState.Failed, $"the time stamp counter of this machine went {cycles} cycles in {last.ClockNs - first.ClockNs} ns");
    }

    /// <summary>The closest of some readings of a clock between two of the TSC.</summary>
    public static ClockTie Tie(int clock)
    {
        var best = Read(clock);
        for (var i = 1; i < ReadingsPerTie; i++)
        {
            var tie = Read(clock);
            if (tie.Tsc.Cycles < best.Tsc.Cycles)
                best = tie;
        }

        return best;
    }

    /// <summary>Nanoseconds from one instant to a later one.</summary>
    public NsInterval Between(TscInterval earlier, TscInterval later)
    {
        var (least, most) = later.Since(earlier);
        return new(Down(least), Up(most));
    }

    /// <summary>What the tie's clock shows at another instant, not far from it.</summary>
    public NsInterval At(ClockTie tie, TscInterval instant) => tie.ClockNs + Between(tie.Tsc, instant) + new NsInterval(0, 1);

    private long Down(long cycles) => (long)Math.Floor(cycles * NsPerCycle * (1 - (Math.Sign(cycles) * RateError)));

    private long Up(long cycles) => (long)Math.Ceiling(cycles * NsPerCycle * (1 + (Math.Sign(cycles) * RateError)));

    private static ClockTie Read(int clock)
    {
        var time = stackalloc long[2];
        var low = HostTsc.Read();
        if (LibC.ClockGetTime(clock, time) != 0)
            throw new KvmException("clock_gettime", Errno.Last);
        return new(new(low, HostTsc.Read()), (time[0] * 1_000_000_000) + time[1]);
    }
}
