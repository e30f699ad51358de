using Guestclock.Units;

namespace Guestclock.Discipline;

/// <summary>What to do about an offset.</summary>
public enum StepChoice
{
    /// <summary>It is right: nothing is to be done.</summary>
    InTime,

    /// <summary>Set the clock.</summary>
    Set,

    /// <summary>It is not right, and is left alone.</summary>
    Leave,
}

/// <param name="Reason">Why it is left alone, in words; else empty.</param>
public readonly record struct StepDecision(StepChoice Choice, string Reason = "");

/// <summary>
/// Steps forward at once, backward only above a limit; leaves small offsets to the guest's own time service, and those of which the sign
/// is not known.
/// </summary>
public static class StepPolicy
{
    public static StepDecision Decide(ClockOffset offset, RecoveryPolicy policy)
    {
        var threshold = policy.EffectiveThresholdNs;
        var isRight = offset.WorstNs <= policy.WithinNs;
        if (isRight && Math.Abs(offset.OffsetNs) <= threshold)
            return new(StepChoice.InTime);
        var decision = offset.LeastNs == 0 ? new(StepChoice.Leave, $"{offset.Bound} of uncertainty do not tell whether it is ahead or behind")
            : Math.Abs(offset.OffsetNs) <= threshold && threshold > policy.WithinNs
                ? new(StepChoice.Leave, $"up to {new Nanoseconds(threshold)} are left to the guest's own time service")
            : offset.OffsetNs < 0 ? new(StepChoice.Set)
            : policy.ForwardOnly ? new(StepChoice.Leave, "the guest is ahead, and only steps forward are allowed")
            : offset.OffsetNs < policy.BackwardLimitNs
                ? new(StepChoice.Leave, $"the guest is ahead by less than {new Nanoseconds(policy.BackwardLimitNs)}, which is left to its own time service")
            : new StepDecision(StepChoice.Set);
        return decision.Choice == StepChoice.Leave && isRight ? new(StepChoice.InTime) : decision;
    }
}
