using System.Text.Json.Serialization;
using Guestclock.Json;

namespace Guestclock.Discipline.Watch.Tracking;

/// <summary>Where a drift leads. Names in JSON are frozen.</summary>
[JsonConverter(typeof(KebabEnumConverter<DriftTrend>))]
public enum DriftTrend
{
    /// <summary>The bounds allow for no drift at all.</summary>
    Steady,

    /// <summary>The offset grows.</summary>
    Away,

    /// <summary>The offset shrinks.</summary>
    Towards,
}

/// <summary>How fast a guest's clock gains on the host's.</summary>
/// <param name="Ppb">Parts in 10⁹; positive: the guest is fast.</param>
/// <param name="BoundPpb">If the drift was constant, its true value lies within ± this: it follows from the bounds of the measurements alone.</param>
/// <param name="SpanNs">From the first measurement used to the last.</param>
public sealed record DriftEstimate(long Ppb, long BoundPpb, DriftTrend Trend, int Samples, long SpanNs)
{
    /// <summary>The least that the drift may be, without sign.</summary>
    public long LeastPpb => Math.Max(0, Math.Abs(Ppb) - BoundPpb);

    /// <summary>The most that the drift may be, without sign.</summary>
    public long WorstPpb => Math.Abs(Ppb) + BoundPpb;

    public double Ppm => Ppb / 1e3;
}
