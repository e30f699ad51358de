namespace Guestclock.Discipline;

/// <summary>One run of sense, decide, set and prove, with its proof.</summary>
/// <param name="WithinNs">The limit: right means |offset| + bound ≤ this.</param>
public sealed record RecoveryResult(string Guest, RecoveryOutcome Outcome, long WithinNs)
{
    /// <summary>The offset before anything was done; null when it could not be measured.</summary>
    public ClockOffset? Before { get; init; }

    /// <summary>The offset seen after the last change (or at the only measurement where nothing was changed); null when none was seen.</summary>
    public ClockOffset? After { get; init; }

    /// <summary>Each time that was sent, in order.</summary>
    public IReadOnlyList<ClockSet> Sets { get; init; } = [];

    /// <summary>From the start of the run to its end.</summary>
    public long TookNs { get; init; }

    /// <summary>From the start of the run to the first measurement after a change that was right within the limit; null without one.</summary>
    public long? ProofNs { get; init; }

    /// <summary>Why it could not be measured, set or proved.</summary>
    public AgentFailure? Failure { get; init; }

    /// <summary>What was seen, in words: the agent's own error, or why the policy left the clock alone. May be empty.</summary>
    public string Detail { get; init; } = "";
}

/// <summary>One <c>guest-set-time</c>.</summary>
/// <param name="SentAfterNs">When it was sent, since the start of the run.</param>
/// <param name="AheadNs">How far ahead of the host's clock its value was, to make up for the way.</param>
/// <param name="Complaint">The agent's error, if it replied with one; the clock may be set all the same.</param>
public sealed record ClockSet(long SentAfterNs, long AheadNs, string? Complaint = null);
