using Guestclock.Checks.Domain;

namespace Guestclock.Fixes.Domains;

/// <summary>domain-agent-channel: a guest gets a channel for its agent.</summary>
public sealed class DomainAgentChannelFix() : DomainFix(new DomainAgentChannel())
{
    public override string Name => "domain-agent-channel";

    public override string Title => "Gives virtual machines a channel for their guest agent";
}
