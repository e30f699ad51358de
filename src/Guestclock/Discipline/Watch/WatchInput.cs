namespace Guestclock.Discipline.Watch;

/// <summary>What the watch is told.</summary>
public abstract record WatchInput;

/// <summary>Something happened to a guest.</summary>
public sealed record GuestHappened(GuestEvent Event) : WatchInput;

/// <summary>A run of <see cref="StartRecovery"/> has ended; nothing of it goes on.</summary>
public sealed record RecoveryFinished(string Guest, long Ticket, RecoveryResult Result) : WatchInput;

/// <summary>A run of <see cref="StartMeasurement"/> has ended: an offset, or the reason why there is none (neither when it was cancelled).</summary>
public sealed record MeasurementFinished(string Guest, long Ticket, ClockOffset? Offset, AgentFailure? Failure = null, string Detail = "") : WatchInput;

/// <summary>The host slept for that long (CLOCK_BOOTTIME went on, CLOCK_MONOTONIC did not).</summary>
public sealed record HostSlept(long DurationNs) : WatchInput;

/// <summary>The host's CLOCK_REALTIME was stepped; positive: forward.</summary>
public sealed record HostStepped(long ByNs) : WatchInput;

/// <summary>The host's own clock was judged; said as often as wanted, told when it changes.</summary>
public sealed record HostJudged(HostSanity Sanity) : WatchInput;

/// <summary>A source of guests has trouble, or none any more.</summary>
public sealed record SourceSaid(string Source, bool IsTrouble, string Detail) : WatchInput
{
    /// <summary>It is about the source as a whole, which is out of order until it says otherwise; else about one of its guests.</summary>
    public bool IsWhole { get; init; }
}

/// <summary>Other sources than before are watched now.</summary>
public sealed record SourcesReplaced : WatchInput;

/// <summary>Nothing but time: at <see cref="WatchState.NextWakeNs"/>.</summary>
public sealed record Tick : WatchInput;

/// <summary>The configuration was read again.</summary>
public sealed record PolicyChanged(WatchPolicy Policy) : WatchInput;

/// <summary>Begin nothing any more and cancel what runs; <see cref="WatchState.IsIdle"/> says when all has ended.</summary>
public sealed record StopWatching : WatchInput;
