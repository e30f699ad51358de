namespace Guestclock.Facts;

/// <summary>The QEMU guest agent inside a guest.</summary>
public sealed record AgentFacts
{
    /// <summary>The path of the program, where it is installed.</summary>
    public Fact<string> Installed { get; init; } = Fact<string>.None;

    public Fact<bool> Enabled { get; init; } = Fact<bool>.None;

    public Fact<bool> Running { get; init; } = Fact<bool>.None;

    /// <summary>The unit's name on this machine: <c>qemu-guest-agent.service</c>, <c>qemu-ga.service</c>.</summary>
    /// <remarks>A SysV or OpenRC script is named by its path; SLES has the template <c>qemu-ga@.service</c>.</remarks>
    public string Unit { get; init; } = "qemu-guest-agent.service";

    /// <summary>The channel: <c>/dev/virtio-ports/org.qemu.guest_agent.0</c> or another device that the configuration names.</summary>
    public Fact<string> Channel { get; init; } = Fact<string>.None;

    /// <summary>Which commands it refuses.</summary>
    public Fact<AgentRules> Rules { get; init; } = Fact<AgentRules>.None;

    /// <summary>The path of hwclock, which guest-set-time runs.</summary>
    public Fact<string> HwClock { get; init; } = Fact<string>.None;
}

/// <summary>The agent's lists of commands, from qemu-ga.conf, its unit's environment and its command line.</summary>
/// <param name="Allowed">Empty: all that are not blocked.</param>
/// <param name="Sources">Where they were read.</param>
public sealed record AgentRules(IReadOnlyList<string> Blocked, IReadOnlyList<string> Allowed, IReadOnlyList<string> Sources)
{
    public bool Allows(string command) =>
        !Blocked.Contains(command, StringComparer.Ordinal) && (Allowed.Count == 0 || Allowed.Contains(command, StringComparer.Ordinal));
}
