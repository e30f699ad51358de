namespace Guestclock.Measuring.Runs;

/// <summary>The offsets that lie within the bounds of all samples.</summary>
public readonly record struct AgreedInterval(long LowNs, long HighNs)
{
    /// <summary>Null where there are none.</summary>
    public static AgreedInterval? Of(IReadOnlyList<OffsetSample> samples)
    {
        var low = samples.Max(s => (Int128)s.OffsetNs - s.BoundNs);
        var high = samples.Min(s => (Int128)s.OffsetNs + s.BoundNs);
        return low <= high ? new((long)Int128.Clamp(low, long.MinValue, long.MaxValue), (long)Int128.Clamp(high, long.MinValue, long.MaxValue)) : null;
    }
}
