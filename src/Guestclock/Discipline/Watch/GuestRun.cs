namespace Guestclock.Discipline.Watch;

/// <summary>What is going on with one guest at this moment.</summary>
/// <param name="Reason">Null for a measurement.</param>
/// <param name="IsRetry">It tries again a guest that did not answer.</param>
internal sealed record GuestRun(long Ticket, RecoveryReason? Reason, bool IsRetry)
{
    public bool IsRecovery => Reason is not null;

    /// <summary>Its result counts for nothing any more.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>What it serves; null for a measurement. A guest that owes another one meanwhile is not done with this run.</summary>
    public RecoveryDebt? Debt { get; init; }

    /// <summary>The agent came up while the run was on its way.</summary>
    public bool HasAgentCome { get; set; }
}
