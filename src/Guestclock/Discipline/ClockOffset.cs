using Guestclock.Units;

namespace Guestclock.Discipline;

/// <summary>Guest − host: positive means that the guest is ahead. The true value lies within ± <paramref name="BoundNs"/>.</summary>
public readonly record struct ClockOffset(long OffsetNs, long BoundNs)
{
    /// <summary>Offsets are clamped to ± this, a little less than half of what 64 bits hold (146 years).</summary>
    public const long MaxNs = long.MaxValue / 2;

    public Nanoseconds Offset => new(OffsetNs);

    public Nanoseconds Bound => new(BoundNs);

    /// <summary>The largest that the true offset may be, without sign: |offset| + bound.</summary>
    public long WorstNs => Math.Abs(OffsetNs) + BoundNs;

    /// <summary>The smallest that the true offset may be, without sign; 0 when it may be nothing at all.</summary>
    public long LeastNs => Math.Max(0, Math.Abs(OffsetNs) - BoundNs);

    public override string ToString() => $"{Offset} ± {Bound}";
}
