using Guestclock.Discipline;
using Guestclock.Protocols.GuestAgent;

namespace Guestclock.Linux.Agents;

/// <summary>What an agent's error means for us.</summary>
internal static class AgentRefusal
{
    public static AgentFailure Of(AgentError error) => error.Kind switch
    {
        AgentErrorKind.Disabled => AgentFailure.Blocked,
        AgentErrorKind.Frozen => AgentFailure.Frozen,
        AgentErrorKind.Unsupported => AgentFailure.Unsupported,
        _ => AgentFailure.Refused,
    };
}
