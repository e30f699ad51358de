namespace Guestclock.Discipline;

/// <summary>What <see cref="Recovery"/> wants done next.</summary>
public abstract record RecoveryAction
{
    private RecoveryAction()
    {
    }

    /// <summary>Synchronise the conversation and read the guest's clock.</summary>
    /// <param name="Brackets">At most this many readings; the narrowest counts.</param>
    /// <param name="EnoughAfterNs">One reading is enough when this much time has gone by: a clock that is wrong is not left so for the sake of a better bound.</param>
    public sealed record Measure(int Brackets, long EnoughAfterNs) : RecoveryAction;

    /// <summary>Set the guest's clock to the host's plus this.</summary>
    public sealed record SetClock(long AheadNs) : RecoveryAction;

    /// <summary>It is over.</summary>
    public sealed record Finished(RecoveryResult Result) : RecoveryAction;
}
