using Guestclock.Facts;
using Guestclock.Protocols.Chrony;
using Guestclock.Units;

namespace Guestclock.Discipline.Watch;

/// <summary>
/// Whether the host's own clock may be spread. Where chronyd answers, it decides: without rtcsync it never tells the kernel. Else the
/// kernel's word counts.
/// </summary>
public static class HostJudge
{
    /// <summary>A host that may be off by more is not to be believed. chronyd takes sources up to 3 s away, ntpd up to 1.5 s; systemd-timesyncd lets the kernel's bound grow to 1 s.</summary>
    public const long MostErrorNs = 2_000_000_000;

    /// <summary>chronyd without an update for longer coasts.</summary>
    public const long MostAgeNs = 24 * 3600 * 1_000_000_000L;

    /// <summary>The reference time may lie that far ahead, the clock being corrected meanwhile.</summary>
    private const long MostAheadNs = 10_000_000_000;

    /// <param name="tracking">chronyd's answer; null where none answers.</param>
    /// <param name="kernel">adjtimex(2); null where it could not be asked.</param>
    /// <param name="realtimeNs">The host's CLOCK_REALTIME.</param>
    public static HostSanity Judge(ChronyTracking? tracking, KernelTime? kernel, long realtimeNs) =>
        tracking is not null ? Judge(tracking, realtimeNs)
        : kernel is not null ? Judge(kernel)
        : HostSanity.Unknown("neither chronyd nor the kernel says whether the clock is synchronised");

    private static HostSanity Judge(ChronyTracking tracking, long realtimeNs)
    {
        if (!tracking.IsSynchronised)
            return HostSanity.NotSynchronized($"chronyd says that it is not synchronised (leap {tracking.Leap}, stratum {tracking.Stratum})");
        var ageNs = (Int128)realtimeNs - tracking.ReferenceTimeNs;
        if (ageNs < -MostAheadNs)
            return HostSanity.NotSynchronized("chronyd's last update lies in the future: the clock was set back");
        if (ageNs > MostAgeNs)
            return HostSanity.NotSynchronized("chronyd has had no update for more than a day");
        return tracking.ErrorBoundNs > MostErrorNs
            ? HostSanity.NotSynchronized($"chronyd says that the clock may be off by more than {new Nanoseconds(MostErrorNs)}")
            : HostSanity.Synchronized(tracking.ErrorBoundNs, $"chronyd, stratum {tracking.Stratum}, {(tracking.Address.Length > 0 ? tracking.Address : tracking.ReferenceId)}");
    }

    private static HostSanity Judge(KernelTime kernel)
    {
        if (!kernel.IsSynchronised)
            return HostSanity.NotSynchronized("no chronyd answers, and the kernel says that nothing disciplines the clock (STA_UNSYNC)");
        return kernel.MaxErrorUs is >= 0 and <= MostErrorNs / 1000
            ? HostSanity.Synchronized(kernel.MaxErrorUs * 1000, "the kernel says so (adjtimex)")
            : HostSanity.NotSynchronized($"the kernel says that the clock may be off by more than {new Nanoseconds(MostErrorNs)}");
    }
}
