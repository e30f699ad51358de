using Guestclock.Facts;
using Guestclock.Formats.Domains;

namespace Guestclock.Checks.Domain;

/// <summary>domain-agent-channel: the host can reach a guest agent, to read and set the guest's clock.</summary>
public sealed class DomainAgentChannel : Check, IDomainRules
{
    private const string Xml = "in <devices>: <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>";
    private const string Qemu = "-device virtio-serial -chardev socket,id=qga0,path=…,server=on,wait=off "
        + "-device virtserialport,chardev=qga0,name=org.qemu.guest_agent.0";

    public override string Id => "domain-agent-channel";

    public override string Title => "Every virtual machine has a guest agent channel";

    public override CheckGroup Group => CheckGroup.Domain;

    public override Finding Judge(MachineFacts facts, Policy policy) =>
        DomainJudge.All(facts, this, "virtual machine of QEMU", "the host can reach a guest agent");

    bool IDomainRules.Concerns(JudgedDomain domain) => domain.Definition.Type is "kvm" or "qemu";

    IReadOnlyList<DomainFault> IDomainRules.Faults(JudgedDomain domain, MachineFacts facts)
    {
        if (!domain.Definition.AgentChannel)
            return [new(CheckStatus.Info, "no guest agent channel: the host can neither read nor set its clock after a pause", Xml, Qemu,
                "--agent enabled=1") { Change = new AgentChannelChange() }];
        return domain.IsActive && domain.Definition.AgentConnected == false
            ? [new(CheckStatus.Info, "it has a guest agent channel, but no agent answers on it",
                "install and start qemu-guest-agent in the guest", "install qemu-guest-agent in the guest")]
            : [];
    }
}
