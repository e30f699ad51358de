namespace Guestclock.Protocols.Ptp;

/// <summary>
/// One reading of a PHC between two readings of the system clock; all in nanoseconds since the epoch of each clock's own time scale.
/// </summary>
public readonly record struct PtpSample(long PreNs, long PhcNs, long PostNs)
{
    /// <summary>False where the system clock was set back between its two readings.</summary>
    public bool IsOrdered => PostNs >= PreNs;

    /// <summary>PHC - system clock at the middle of the interval; positive: the PHC is ahead.</summary>
    public long OffsetNs => PhcNs - (PreNs + ((PostNs - PreNs) / 2));

    /// <summary>Half of the interval, rounded up: the true offset lies within ± this of <see cref="OffsetNs"/>.</summary>
    public long BoundNs => (PostNs - PreNs + 1) / 2;
}
