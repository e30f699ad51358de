namespace Guestclock.Discipline;

/// <summary>What is right, what is done about what is not, and how long it may take. All durations are positive nanoseconds.</summary>
public sealed record RecoveryPolicy
{
    public static RecoveryPolicy Default { get; } = new();

    /// <summary>Right means |offset| + bound ≤ this, seen after the last change.</summary>
    public long WithinNs { get; init; } = 10_000_000;

    /// <summary>An |offset| up to this is left to the guest's own time service; <see cref="WithinNs"/> where not told.</summary>
    public long? ThresholdNs { get; init; }

    /// <summary>After a first change, a residual error above this is corrected once more where that is a step forward.</summary>
    public long AimNs { get; init; } = 1_000_000;

    /// <summary>Never step a guest's clock backward: programs in it may not bear that.</summary>
    public bool ForwardOnly { get; init; }

    /// <summary>A guest that is ahead by less than this is left to its own time service.</summary>
    public long BackwardLimitNs { get; init; } = 1_000_000_000;

    /// <summary>Measure and decide, change nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>How often the clock may be set in one run.</summary>
    public int MostSets { get; init; } = 3;

    /// <summary>For one run, from the first question to the proof.</summary>
    public long TimeoutNs { get; init; } = 10_000_000_000;

    public long EffectiveThresholdNs => ThresholdNs ?? WithinNs;
}
