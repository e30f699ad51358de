namespace Guestclock.Discipline.Watch;

/// <summary>A recovery that a guest is owed since a disruption, until one has ended well.</summary>
internal sealed class RecoveryDebt(WatchTrigger trigger, long sinceNs, string detail)
{
    public WatchTrigger Trigger => trigger;

    public long SinceNs => sinceNs;

    public string Detail => detail;

    /// <summary>Runs begun for it.</summary>
    public int Attempts { get; set; }

    /// <summary>Runs since the agent last said that it is there; the back-off follows this.</summary>
    public int FailuresInARow { get; set; }

    public int NotProved { get; set; }

    /// <summary>Not before.</summary>
    public long DueNs { get; set; }

    /// <summary>Its place in the queue: the smallest comes first.</summary>
    public long RankNs { get; set; }

    /// <summary>The last run found nobody to answer.</summary>
    public bool IsSilent { get; set; }

    public AgentFailure? LastFailure { get; set; }

    public RecoveryOutcome? LastOutcome { get; set; }

    /// <summary>There is news that promises an answer: no waiting.</summary>
    public void Hasten(long nowNs)
    {
        DueNs = RankNs = nowNs;
        FailuresInARow = 0;
        IsSilent = false;
    }

    public RecoveryReason Reason => new(trigger, sinceNs, Attempts, detail);
}
