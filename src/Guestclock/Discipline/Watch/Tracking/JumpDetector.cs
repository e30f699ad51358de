namespace Guestclock.Discipline.Watch.Tracking;

/// <summary>Tells a jump from a drift: a change between two measurements that neither their bounds nor any sane frequency explains.</summary>
public static class JumpDetector
{
    /// <summary>What a kernel's own slewing may add to the drift: adjtime(3) and the NTP discipline stay within 500 ppm.</summary>
    public const long SlewPpb = 500_000;

    /// <summary>The jump with its bound, positive: the guest's clock went forward; null where there was none of that size.</summary>
    /// <param name="drift">Of the measurements up to <paramref name="before"/>; null when not known.</param>
    /// <param name="leastNs">Smaller jumps, their bound taken off, are not told.</param>
    public static ClockOffset? Find(ClockSample before, ClockSample now, DriftEstimate? drift, long leastNs)
    {
        var elapsedNs = (double)now.AtNs - before.AtNs;
        if (elapsedNs <= 0)
            return null;
        // A drift that two uncertain measurements leave open explains nothing beyond what slewing may do.
        var ppb = drift is not null && drift.BoundPpb <= SlewPpb ? drift.Ppb : 0;
        var change = (double)now.Offset.OffsetNs - before.Offset.OffsetNs - (ppb / 1e9 * elapsedNs);
        var bound = (double)before.Offset.BoundNs + now.Offset.BoundNs + (SlewPpb / 1e9 * elapsedNs);
        return Math.Abs(change) - bound > leastNs ? new(Whole(change), Whole(bound)) : null;
    }

    private static long Whole(double ns) => (long)Math.Clamp(ns, -ClockOffset.MaxNs, ClockOffset.MaxNs);
}
