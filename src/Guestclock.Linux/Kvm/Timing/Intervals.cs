namespace Guestclock.Linux.Kvm.Timing;

/// <summary>An instant by this host's TSC: not before <paramref name="Low"/>, not after <paramref name="High"/>.</summary>
internal readonly record struct TscInterval(ulong Low, ulong High)
{
    public ulong Cycles => unchecked(High - Low);

    /// <summary>Cycles from another instant to this one: from the least to the most that it can be.</summary>
    public (long Least, long Most) Since(TscInterval earlier) => unchecked(((long)(Low - earlier.High), (long)(High - earlier.Low)));
}

/// <summary>A value in nanoseconds that lies between the two, both included.</summary>
internal readonly record struct NsInterval(long LowNs, long HighNs)
{
    public long MiddleNs => LowNs + ((HighNs - LowNs) / 2);

    /// <summary>The true value is within ± this of <see cref="MiddleNs"/>.</summary>
    public long BoundNs => HighNs - MiddleNs;

    public static NsInterval operator -(NsInterval a, NsInterval b) => new(a.LowNs - b.HighNs, a.HighNs - b.LowNs);

    public static NsInterval operator +(NsInterval a, NsInterval b) => new(a.LowNs + b.LowNs, a.HighNs + b.HighNs);

    public static implicit operator NsInterval(long exactNs) => new(exactNs, exactNs);
}
