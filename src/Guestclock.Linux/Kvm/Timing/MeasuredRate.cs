using Guestclock.Facts;
using Guestclock.Linux.Kvm.Calls;

namespace Guestclock.Linux.Kvm.Timing;

/// <summary>How fast a guest's TSC ran between two moments, in kHz of CLOCK_MONOTONIC_RAW.</summary>
internal readonly record struct MeasuredRate(double Khz, double BoundKhz)
{
    public static MeasuredRate Between(GuestMoment first, GuestMoment last)
    {
        var cycles = (double)unchecked((long)(last.GuestTsc - first.GuestTsc));
        var span = last.Host - first.Host;
        if (span.LowNs <= 0)
            throw new KvmException(FactState.Failed, "CLOCK_MONOTONIC_RAW did not go on between two readings");
        var (a, b) = (cycles * 1e6 / span.HighNs, cycles * 1e6 / span.LowNs);
        return new((a + b) / 2, Math.Abs(a - b) / 2);
    }
}
