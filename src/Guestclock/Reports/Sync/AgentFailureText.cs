using Guestclock.Discipline;

namespace Guestclock.Reports.Sync;

/// <summary>What an <see cref="AgentFailure"/> means, and what to do about it; one sentence each.</summary>
public static class AgentFailureText
{
    public static string Sentence(AgentFailure failure) => failure switch
    {
        AgentFailure.NoGuest => "there is no such guest",
        AgentFailure.NotRunning => "the guest is not running",
        AgentFailure.Paused => "the guest is paused",
        AgentFailure.NoChannel => "the virtual machine has no guest agent channel",
        AgentFailure.Denied => "permission denied",
        AgentFailure.AgentNotRunning => "no guest agent answers",
        AgentFailure.Busy => "the guest agent is busy",
        AgentFailure.Frozen => "the guest's file systems are frozen",
        AgentFailure.Blocked => "the guest's configuration blocks the command",
        AgentFailure.Unsupported => "the guest agent does not support the command",
        AgentFailure.Malformed => "the answer is not a guest agent's",
        AgentFailure.HungUp => "the channel was closed",
        AgentFailure.Refused => "the guest agent refused",
        _ => "the guest agent cannot be asked",
    };

    public static string Hint(AgentFailure failure) => failure switch
    {
        AgentFailure.NoGuest => "Look at 'virsh list', or at the path of the socket.",
        AgentFailure.NotRunning => "Start the guest first.",
        AgentFailure.Paused => "Resume the guest first.",
        AgentFailure.NoChannel => "Add a channel of the name org.qemu.guest_agent.0; 'guestclock explain domain-agent-channel' shows how.",
        AgentFailure.Denied => "Run as root, or as a user who may use libvirt and its sockets.",
        AgentFailure.AgentNotRunning => "Start qemu-guest-agent in the guest, resume the guest if it is paused, and see whether another program (guestclock watch?) holds the channel.",
        AgentFailure.Busy => "Try again when the agent has finished what it does, or end the program that holds the channel.",
        AgentFailure.Frozen => "Thaw the file systems (virsh domfsthaw), then try again.",
        AgentFailure.Blocked => "Allow guest-get-time and guest-set-time in the guest; 'guestclock explain guest-agent-time-allowed' shows how.",
        AgentFailure.Unsupported => "Update qemu-guest-agent, and install hwclock in the guest (package util-linux-extra or util-linux); then restart the agent, which looks for it only once.",
        AgentFailure.Malformed => "Give the socket of the port org.qemu.guest_agent.0.",
        AgentFailure.HungUp => "See whether QEMU still runs, then try again.",
        AgentFailure.Refused => "See the journal of qemu-guest-agent in the guest.",
        _ => "See whether libvirtd runs, then try again.",
    };
}
