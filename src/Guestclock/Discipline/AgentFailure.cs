using System.Text.Json.Serialization;
using Guestclock.Json;

namespace Guestclock.Discipline;

/// <summary>Why a guest's clock could not be asked or set; each calls for another deed of the user. Names in JSON are frozen.</summary>
[JsonConverter(typeof(KebabEnumConverter<AgentFailure>))]
public enum AgentFailure
{
    /// <summary>There is no such guest (domain, socket).</summary>
    NoGuest,

    /// <summary>The guest is shut off or its QEMU has ended.</summary>
    NotRunning,

    /// <summary>The guest is paused (or suspended): nobody in it can answer.</summary>
    Paused,

    /// <summary>The virtual machine has no agent channel.</summary>
    NoChannel,

    /// <summary>We may not use the channel (permissions, polkit, read-only connection).</summary>
    Denied,

    /// <summary>The channel is there; nobody in the guest listens at its other end.</summary>
    AgentNotRunning,

    /// <summary>Somebody else uses the channel, or the agent has answered before and does not answer now.</summary>
    Busy,

    /// <summary>File systems are frozen; the agent refuses all but a few commands.</summary>
    Frozen,

    /// <summary>The guest's configuration blocks the command.</summary>
    Blocked,

    /// <summary>The agent does not know the command (too old, or no hwclock in the guest).</summary>
    Unsupported,

    /// <summary>What the agent answered is no answer: not JSON, too long, of another request.</summary>
    Malformed,

    /// <summary>The channel was closed amid the conversation.</summary>
    HungUp,

    /// <summary>The agent refused for a reason of its own; the detail says which.</summary>
    Refused,

    /// <summary>Whatever carries the conversation failed (libvirtd gone, and the like).</summary>
    Transport,
}
