namespace Guestclock.Protocols.GuestAgent;

/// <summary>What an agent refused with: QEMU's error class (qapi/error.json) and its sentence, both from the guest.</summary>
public sealed record AgentError(string Class, string Description)
{
    /// <summary>
    /// What kind of refusal it is, by the sentences of qga/main.c and qga/commands-*.c from QEMU 2.x to 10. They are no interface, so
    /// an unknown one is only a refusal.
    /// </summary>
    public AgentErrorKind Kind =>
        Has("frozen") ? AgentErrorKind.Frozen
        : Has("has been disabled") || Has("is not allowed") ? AgentErrorKind.Disabled
        : Class == "CommandNotFound" || Has("has not been found") || Has("not supported") || Has("unsupported") || Has("not currently supported")
            ? AgentErrorKind.Unsupported
        : AgentErrorKind.Other;

    private bool Has(string words) => Description.Contains(words, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Kinds of <see cref="AgentError"/>.</summary>
public enum AgentErrorKind
{
    Other,

    /// <summary>The guest's administrator blocks the command; older agents say so of a frozen guest, too.</summary>
    Disabled,

    /// <summary>File systems are frozen.</summary>
    Frozen,

    /// <summary>This agent cannot do it.</summary>
    Unsupported,
}
