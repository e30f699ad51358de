using Guestclock.Discipline;
using Guestclock.Formats;
using Guestclock.Formats.Domains;
using Guestclock.Linux.Agents;
using Guestclock.Protocols.GuestAgent;

namespace Guestclock.Linux.Libvirt;

/// <summary>One command to an agent through libvirt, on the thread that it blocks.</summary>
/// <param name="request">The request at the moment of sending, from the host's realtime clock (ns since 1970).</param>
/// <param name="name">The command's name.</param>
/// <param name="seconds">How long libvirt waits for the agent.</param>
internal sealed class AgentCall(string name, Func<long, string> request, int seconds, IHostClock clock)
{
    /// <summary>An agent's answer to what is asked here is some 100 bytes; libvirt itself stops at 10 MiB.</summary>
    private const int LongestAnswer = 64 << 10;

    private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completed when the request is on its way.</summary>
    public Task Sent => _sent.Task;

    /// <exception cref="AgentException">No answer, or a refusal.</exception>
    public AgentAnswer Run(DomainHandle domain)
    {
        var (before, sent) = (clock.RealtimeNs, clock.MonotonicNs);
        _sent.TrySetResult();
        var answer = LibvirtCalls.AgentCommand(domain, request(before), seconds, LongestAnswer);
        var (received, after) = (clock.MonotonicNs, clock.RealtimeNs);
        if (answer is null)
            throw Explained(LibvirtError.Last(), domain, received - sent);
        if (answer.Length == 0)
            throw new AgentException(AgentFailure.Malformed, $"the agent's answer is longer than {LongestAnswer} bytes");
        try
        {
            return new(AgentReply.Parse(answer), before, after, received - sent);
        }
        catch (MalformedInputException e)
        {
            throw new AgentException(AgentFailure.Malformed, e.Message, e);
        }
    }

    /// <summary>libvirt has one number for a guest that is paused and one that is off, and one for an agent that is absent and one that is silent.</summary>
    private AgentException Explained(LibvirtError error, DomainHandle domain, long tookNs)
    {
        var exception = LibvirtFailure.ToException(error, name);
        return error.Code switch
        {
            LibvirtErrorCode.OperationInvalid => LibvirtCalls.StateOf(domain) switch
            {
                DomainState.Paused or DomainState.Suspended => new(AgentFailure.Paused, "the guest is paused"),
                DomainState.ShutOff or DomainState.Crashed => new(AgentFailure.NotRunning, "the guest does not run"),
                _ => exception,
            },
            LibvirtErrorCode.AgentUnresponsive when IsConnected(domain) => tookNs >= seconds * 900_000_000L
                ? new(AgentFailure.Busy, $"no answer within {tookNs / 1e9:0.#} s")
                : new(AgentFailure.Malformed, exception.Message),
            _ => exception,
        };
    }

    private static bool IsConnected(DomainHandle domain)
    {
        try
        {
            return DomainXmlReader.Parse(LibvirtConnection.XmlOf(domain)).AgentConnected == true;
        }
        catch (Exception e) when (e is AgentException or MalformedInputException)
        {
            return false;
        }
    }
}

/// <summary>An agent's answer and the host's clocks around it, in nanoseconds.</summary>
internal sealed record AgentAnswer(AgentReply Reply, long BeforeNs, long AfterNs, long RoundTripNs);
