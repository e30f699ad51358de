namespace Guestclock.Formats.Domains;

/// <summary>
/// One change of a libvirt domain's definition, as data. The set of kinds is closed: <see cref="ClockChange"/>, <see cref="TimerChange"/>,
/// <see cref="AgentChannelChange"/>. Nothing else in a definition is ever changed.
/// </summary>
public abstract record DomainChange
{
    /// <summary>Whether a definition is so already.</summary>
    public abstract bool IsMadeIn(DomainXml definition);
}

/// <summary><c>clock/@offset</c> gets this value, and what belongs to another offset goes: adjustment, basis, timezone, start.</summary>
/// <param name="Offset"><c>utc</c> or <c>localtime</c>.</param>
public sealed record ClockChange(string Offset) : DomainChange
{
    public override bool IsMadeIn(DomainXml definition) =>
        definition is { ClockBasis: null, AdjustmentSeconds: null, ClockValue: null } && definition.ClockOffset == Offset;
}

/// <summary>An attribute of <c>clock/timer</c> gets a value; the element is made where there is none.</summary>
/// <param name="Attribute">present, tickpolicy, track or frequency.</param>
/// <param name="Value">Null: the attribute goes.</param>
public sealed record TimerChange(string Timer, string Attribute, string? Value) : DomainChange
{
    public override bool IsMadeIn(DomainXml definition) =>
        definition.Timer(Timer) is { } timer ? Written(timer) == Value : Value is null;

    private string? Written(DomainTimer timer) => Attribute switch
    {
        "present" => timer.Present switch { true => "yes", false => "no", null => null },
        "tickpolicy" => timer.TickPolicy,
        "track" => timer.Track,
        "frequency" => timer.FrequencyHz is { } hz ? $"{hz}" : null,
        _ => throw new ArgumentException($"'{Attribute}' is no attribute of a timer that is changed", nameof(timer)),
    };
}

/// <summary>A channel for the guest agent: type unix, target virtio, name org.qemu.guest_agent.0.</summary>
public sealed record AgentChannelChange : DomainChange
{
    public override bool IsMadeIn(DomainXml definition) => definition.AgentChannel;
}
