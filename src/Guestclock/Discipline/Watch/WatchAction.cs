namespace Guestclock.Discipline.Watch;

/// <summary>What the watch wants done. The order matters.</summary>
public abstract record WatchAction;

/// <summary>Sense, decide, set and prove. Answered by exactly one <see cref="RecoveryFinished"/> with the same ticket, also when it is cancelled.</summary>
public sealed record StartRecovery(string Guest, long Ticket, RecoveryReason Reason) : WatchAction;

/// <summary>Measure and change nothing. Answered by exactly one <see cref="MeasurementFinished"/> with the same ticket, also when it is cancelled.</summary>
public sealed record StartMeasurement(string Guest, long Ticket) : WatchAction;

/// <summary>End that run soon; it is still to be answered.</summary>
public sealed record CancelRun(string Guest, long Ticket) : WatchAction;

/// <summary>Say it: a line in the journal.</summary>
public sealed record Tell(WatchRecord Record) : WatchAction;
