using Guestclock.Formats;

namespace Guestclock.Protocols.Ptp;

/// <summary>What was read of one PHC.</summary>
/// <param name="Caps">Null where the clock did not give them.</param>
/// <param name="Method"><c>precise</c>, <c>extended</c> or <c>plain</c>.</param>
public sealed record PtpMeasurement(PtpCaps? Caps, string Method, IReadOnlyList<PtpSample> Samples)
{
    /// <summary>The most samples that one measurement may hold.</summary>
    public const int MaxSamples = 64;

    /// <summary>The sample with the shortest interval; the others only tell how long the reader was interrupted.</summary>
    public PtpSample Narrowest()
    {
        PtpSample? best = null;
        foreach (var sample in Samples)
        {
            if (sample.IsOrdered && (best is not { } b || sample.PostNs - sample.PreNs < b.PostNs - b.PreNs))
                best = sample;
        }

        return best ?? throw new MalformedInputException("samples",
            "one whose second reading of the system clock is not before the first", "none");
    }
}
