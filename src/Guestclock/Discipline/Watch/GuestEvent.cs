namespace Guestclock.Discipline.Watch;

/// <summary>One event of one guest.</summary>
/// <param name="Guest">Its name, unique within the daemon: a domain's name, or what the QMP socket's path says.</param>
/// <param name="AtNs">When we learned of it, CLOCK_MONOTONIC of the host.</param>
/// <param name="Detail">What the source said, for people; empty when there is nothing to add.</param>
public sealed record GuestEvent(string Guest, GuestEventKind Kind, long AtNs, string Detail = "");
