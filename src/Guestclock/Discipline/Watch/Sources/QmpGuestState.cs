using Guestclock.Protocols.Qmp;

namespace Guestclock.Discipline.Watch.Sources;

/// <summary>
/// What QEMU's states and events say of one guest, from one connection's first look to its end. A QEMU that waits for a migration or has
/// not started says so beforehand (<c>inmigrate</c>, <c>prelaunch</c>), so that its next RESUME is known for what it is.
/// </summary>
public sealed class QmpGuestState
{
    private GuestEventKind _nextResume = GuestEventKind.Resumed;

    /// <summary>It has been told of, and not been told gone since.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Its CPUs stand still, so that nobody in it can answer.</summary>
    public bool IsStopped { get; private set; } = true;

    /// <summary>Ids of the agent's port, whose opening is the agent's start. A port without id raises no event.</summary>
    public string? AgentPort { get; set; }

    /// <summary>The answer to <c>query-status</c> when the connection is new.</summary>
    public GuestEventKind? Look(string status, bool isRunning)
    {
        IsStopped = !isRunning;
        _nextResume = status switch
        {
            "prelaunch" or "shutdown" => GuestEventKind.Started,
            "inmigrate" => GuestEventKind.Migrated,
            "restore-vm" => GuestEventKind.Restored,
            _ => GuestEventKind.Resumed,
        };
        IsKnown = isRunning || (_nextResume == GuestEventKind.Resumed && status != "postmigrate");
        return !IsKnown ? null : isRunning ? GuestEventKind.Found : GuestEventKind.Paused;
    }

    /// <summary>
    /// The answer to <c>query-status</c> after <see cref="MayHaveMigrated"/>: only a migration to elsewhere ends in <c>postmigrate</c>.
    /// </summary>
    public GuestEventKind? LookAfterMigration(string status) => status == "postmigrate" ? Leave() : null;

    /// <summary>A job that loads a snapshot has begun (<c>snapshot-load</c>; the monitor's <c>loadvm</c> says nothing of that kind).</summary>
    public void LoadingSnapshot() => _nextResume = GuestEventKind.Restored;

    /// <summary>True for a migration's end on the side that stopped, which may also have been <c>savevm</c>'s.</summary>
    public bool MayHaveMigrated(QmpEvent told) => told.Name == "MIGRATION" && IsStopped && IsKnown && told.Data.Text("status") == "completed";

    public GuestEventKind? On(QmpEvent told) => told.Name switch
    {
        "RESUME" => Resume(),
        "WAKEUP" when IsKnown => Resume(),
        "STOP" or "SUSPEND" when IsKnown => Stop(),
        "RESET" when IsKnown => GuestEventKind.Reset,
        "SHUTDOWN" => ShutDown(),
        "RTC_CHANGE" when IsKnown => GuestEventKind.RtcChanged,
        "VSERPORT_CHANGE" when IsKnown && AgentPort is not null && told.Data.Text("id") == AgentPort && told.Data.IsTrue("open") => GuestEventKind.AgentConnected,
        _ => null,
    };

    /// <summary>The connection has ended, or the guest has left.</summary>
    public GuestEventKind? Leave()
    {
        var wasKnown = IsKnown;
        (IsKnown, IsStopped) = (false, true);
        return wasKnown ? GuestEventKind.Gone : null;
    }

    private GuestEventKind Resume()
    {
        var kind = _nextResume;
        (_nextResume, IsKnown, IsStopped) = (GuestEventKind.Resumed, true, false);
        return kind;
    }

    private GuestEventKind Stop()
    {
        IsStopped = true;
        return GuestEventKind.Paused;
    }

    /// <summary>With <c>-no-shutdown</c> QEMU stays, and may be reset and continued: that is a start.</summary>
    private GuestEventKind? ShutDown()
    {
        _nextResume = GuestEventKind.Started;
        return Leave();
    }
}
