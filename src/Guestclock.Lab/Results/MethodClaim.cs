namespace Guestclock.Lab.Results;

/// <summary>What a method itself says it has reached; null where it says nothing.</summary>
/// <param name="ResidualNs">Guest − host, as the method measured it last.</param>
/// <param name="BoundNs">How far off that may be.</param>
/// <param name="ProofNs">Since the break: when it first had it in hand that the clock is right.</param>
public sealed record MethodClaim(long? ResidualNs, long? BoundNs, long? ProofNs)
{
    public static MethodClaim Nothing { get; } = new(null, null, null);

    /// <summary>Since the break: when the measurement behind the residual was in hand; null where only the proof's is known.</summary>
    public long? MeasuredNs { get; init; }

    /// <summary>What it said in words; may be empty.</summary>
    public string Detail { get; init; } = "";
}
