namespace Guestclock.Discipline.Watch;

/// <summary>When an owed recovery is tried again after a run that did not settle it.</summary>
internal static class RetryRule
{
    /// <summary>True when nothing is owed any more after a run that ended so.</summary>
    public static bool IsSettled(RecoveryOutcome outcome) =>
        outcome is RecoveryOutcome.InTime or RecoveryOutcome.Recovered or RecoveryOutcome.Left or RecoveryOutcome.WouldSet;

    /// <summary>Only a change of configuration can help.</summary>
    public static bool IsHopeless(AgentFailure failure) =>
        failure is AgentFailure.Blocked or AgentFailure.Unsupported or AgentFailure.Denied or AgentFailure.NoChannel;

    /// <summary>Counts the run's outcome and returns how long to wait, before jitter.</summary>
    public static long Wait(RecoveryDebt debt, RecoveryResult result, WatchPolicy policy)
    {
        debt.LastOutcome = result.Outcome;
        debt.LastFailure = result.Failure;
        debt.IsSilent = false;
        if (result.Failure is { } failure && IsHopeless(failure))
            return policy.HopelessRetryNs;
        switch (result.Outcome)
        {
            case RecoveryOutcome.NotProved when result.Failure is null:
                return ++debt.NotProved > policy.NotProvedRetries ? policy.HopelessRetryNs : Doubled(1_000_000_000, debt.NotProved, policy.HopelessRetryNs);
            case RecoveryOutcome.HostNotSynchronized or RecoveryOutcome.Cancelled:
                return Math.Min(10_000_000_000, policy.SlowRetryNs);
            default:
                debt.IsSilent = true;
                return Doubled(policy.FirstRetryNs, ++debt.FailuresInARow, policy.SlowRetryNs);
        }
    }

    /// <summary><paramref name="first"/> after the first failure, twice that after the second, up to <paramref name="most"/>.</summary>
    public static long Doubled(long first, int failures, long most)
    {
        var wait = Math.Max(1, first);
        for (var n = 1; n < failures && wait < most; n++)
            wait *= 2;
        return Math.Min(wait, Math.Max(1, most));
    }
}
