namespace Guestclock.Discipline.Watch.Host;

/// <summary>What befell the host's clocks between two readings.</summary>
/// <param name="SleptNs">How long the host slept; 0 when it did not.</param>
/// <param name="SteppedNs">By how much CLOCK_REALTIME was stepped; positive: forward; 0 when it was not.</param>
public readonly record struct HostDisruption(long SleptNs, long SteppedNs)
{
    /// <summary>What is smaller is no disruption: no guest has to be told, and a leap second that is smeared or a slew is none.</summary>
    public const long LeastNs = 1_000_000;

    public bool IsNone => SleptNs == 0 && SteppedNs == 0;

    public static HostDisruption Between(HostClockReading before, HostClockReading after)
    {
        var noiseNs = before.BoundNs + after.BoundNs;
        var sleptNs = after.AsleepNs - before.AsleepNs;
        var steppedNs = after.StartedAtNs - before.StartedAtNs;
        return new(sleptNs - noiseNs >= LeastNs ? sleptNs : 0, Math.Abs(steppedNs) - noiseNs >= LeastNs ? steppedNs : 0);
    }
}
