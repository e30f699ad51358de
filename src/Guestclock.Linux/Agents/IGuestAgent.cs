using Guestclock.Discipline;

namespace Guestclock.Linux.Agents;

/// <summary>
/// A conversation with one guest's agent. One call at a time; after a call has failed, <see cref="SynchronizeAsync"/> comes before the next.
/// Every call ends within its limit, throws <see cref="AgentException"/> when it has no answer, and trusts nothing that the guest says.
/// </summary>
public interface IGuestAgent : IAsyncDisposable
{
    /// <summary>Makes sure that the next answer belongs to the next question (<c>guest-sync-delimited</c>), and that somebody answers.</summary>
    Task SynchronizeAsync(TimeSpan limit, CancellationToken cancellationToken);

    /// <summary>One bracketed <c>guest-get-time</c>.</summary>
    Task<ClockBracket> ReadTimeAsync(TimeSpan limit, CancellationToken cancellationToken);

    /// <summary>
    /// Sends <c>guest-set-time</c> with the host's realtime clock, read at the moment of sending, plus <paramref name="aheadNs"/>; returns
    /// once it is on its way. The reply may take seconds: <see cref="FinishSetTimeAsync"/> waits for it.
    /// </summary>
    Task BeginSetTimeAsync(long aheadNs, CancellationToken cancellationToken);

    /// <summary>Waits for the reply to the last <see cref="BeginSetTimeAsync"/>. An error says nothing about the clock: measure.</summary>
    Task FinishSetTimeAsync(TimeSpan limit, CancellationToken cancellationToken);
}
