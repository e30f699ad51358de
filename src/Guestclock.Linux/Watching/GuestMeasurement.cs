using Guestclock.Discipline;
using Guestclock.Linux.Agents;

namespace Guestclock.Linux.Watching;

/// <summary>Measures a guest's clock and changes nothing.</summary>
internal static class GuestMeasurement
{
    private const int Brackets = 5;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <returns>The narrowest reading.</returns>
    /// <exception cref="AgentException">There is none.</exception>
    public static async Task<ClockOffset> TakeAsync(IGuestAgent agent, SemaphoreSlim turns, CancellationToken cancellationToken)
    {
        await agent.SynchronizeAsync(Limit, cancellationToken);
        ClockBracket? best = null;
        using (await TalkTurn.TakeAsync(turns, cancellationToken))
        {
            for (var i = 0; i < Brackets; i++)
            {
                var bracket = await agent.ReadTimeAsync(Limit, cancellationToken);
                if (bracket.IsSound && !(bracket.RoundTripNs >= best?.RoundTripNs))
                    best = bracket;
            }
        }

        return best?.Offset ?? throw new AgentException(AgentFailure.Transport, "the host's own clock is being stepped");
    }
}
