using Guestclock.Discipline;
using Guestclock.Linux.Libvirt;

namespace Guestclock.Linux.Tests.Libvirt;

/// <summary>Errors as libvirt 9.0 gave them for a guest with QEMU 7.2's agent, by number, domain, errno and words.</summary>
public class LibvirtFailureTests
{
    [Theory]
    [InlineData(42, 10, 0, "Domain not found: no domain with matching name 'nope'", AgentFailure.NoGuest)]
    [InlineData(55, 10, 0, "Requested operation is not valid: domain is not running", AgentFailure.NotRunning)]
    [InlineData(74, 10, 0, "argument unsupported: QEMU guest agent is not configured", AgentFailure.NoChannel)]
    [InlineData(3, 12, 0, "this function is not supported by the connection driver: virDomainQemuAgentCommand", AgentFailure.NoChannel)]
    [InlineData(86, 10, 0, "Guest agent is not responding: QEMU guest agent is not connected", AgentFailure.AgentNotRunning)]
    [InlineData(68, 10, 0, "Timed out during operation: cannot acquire state change lock", AgentFailure.Busy)]
    [InlineData(97, 10, 0, "guest agent replied with wrong id to guest-sync command", AgentFailure.Malformed)]
    [InlineData(29, 6, 0, "operation forbidden: read only access prevents virDomainQemuAgentCommand", AgentFailure.Denied)]
    [InlineData(38, 7, 13, "Failed to connect socket to '/run/libvirt/libvirt-sock': Permission denied", AgentFailure.Denied)]
    [InlineData(38, 7, 2, "Failed to connect socket to '/run/libvirt/libvirt-sock': No such file or directory", AgentFailure.Transport)]
    [InlineData(38, 7, 111, "Failed to connect socket to '/run/libvirt/libvirt-sock': Connection refused", AgentFailure.Transport)]
    [InlineData(38, 10, 104, "Unable to read from agent: Connection reset by peer", AgentFailure.HungUp)]
    [InlineData(1, 7, 0, "internal error: client socket is closed", AgentFailure.Transport)]
    [InlineData(1, 10, 0, "internal error: Unknown JSON reply '{}'", AgentFailure.Malformed)]
    [InlineData(1, 10, 0, "internal error: unable to execute QEMU agent command 'guest-set-time': Command guest-set-time has been disabled", AgentFailure.Blocked)]
    [InlineData(1, 10, 0, "internal error: unable to execute QEMU agent command 'guest-set-time': The command guest-set-time has not been found", AgentFailure.Unsupported)]
    [InlineData(1, 10, 0, "internal error: unable to execute QEMU agent command 'guest-set-time': Failed to set time to guest: Invalid argument", AgentFailure.Refused)]
    [InlineData(0, 0, 0, "no error given", AgentFailure.Transport)]
    public void An_error_is_classed_by_its_number(int code, int domain, int errno, string message, AgentFailure expected) =>
        Assert.Equal(expected, LibvirtFailure.Of(new((LibvirtErrorCode)code, domain, message, errno), "guest-set-time"));
}
