using Guestclock.Discipline;
using Guestclock.Linux.Agents;
using Guestclock.Linux.Native;
using Guestclock.Protocols.GuestAgent;

namespace Guestclock.Linux.Libvirt;

/// <summary>What an error of libvirt means for us: by its number, and only where the agent itself refused by its words.</summary>
internal static class LibvirtFailure
{
    /// <param name="command">The agent's command that was under way; empty for others.</param>
    public static AgentFailure Of(LibvirtError error, string command = "") => error.Code switch
    {
        LibvirtErrorCode.NoDomain => AgentFailure.NoGuest,
        LibvirtErrorCode.OperationInvalid => AgentFailure.NotRunning,
        LibvirtErrorCode.ArgumentUnsupported or LibvirtErrorCode.ConfigUnsupported or LibvirtErrorCode.NoSupport => AgentFailure.NoChannel,
        LibvirtErrorCode.AgentUnresponsive => AgentFailure.AgentNotRunning,
        LibvirtErrorCode.AgentUnsynced => AgentFailure.Malformed,
        LibvirtErrorCode.OperationTimeout or LibvirtErrorCode.ResourceBusy => AgentFailure.Busy,
        LibvirtErrorCode.OperationDenied or LibvirtErrorCode.AccessDenied or LibvirtErrorCode.AuthenticationFailed
            or LibvirtErrorCode.AuthenticationCancelled or LibvirtErrorCode.AuthenticationUnavailable => AgentFailure.Denied,
        LibvirtErrorCode.SystemError when error.Number is Errno.AccessDenied or Errno.NotPermitted => AgentFailure.Denied,
        LibvirtErrorCode.SystemError when error.Domain == LibvirtError.FromQemu => AgentFailure.HungUp,
        LibvirtErrorCode.InternalError when error.Domain == LibvirtError.FromQemu => OfAgent(error.Message, command),
        _ => AgentFailure.Transport,
    };

    public static AgentException ToException(LibvirtError error, string command = "") => new(Of(error, command), $"libvirt: {error.Message}");

    /// <summary>
    /// qemuAgentCheckError of libvirt's qemu_agent.c words an agent's error as <c>unable to execute QEMU agent command 'NAME': DESCRIPTION</c>;
    /// its other internal errors are about what is no answer at all.
    /// </summary>
    private static AgentFailure OfAgent(string message, string command)
    {
        var name = $"'{command}'";
        var start = command.Length == 0 ? -1 : message.IndexOf(name, StringComparison.Ordinal);
        return start < 0 ? AgentFailure.Malformed : AgentRefusal.Of(new AgentError("", message[(start + name.Length)..]));
    }
}
