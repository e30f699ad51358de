namespace Guestclock.Formats;

/// <summary>The parts of a libvirt domain's XML that decide about its clock (libvirt's formatdomain).</summary>
/// <param name="Type">kvm, qemu, xen …</param>
/// <param name="OsHint">What the metadata or the features tell of the guest's system: <c>linux</c>, <c>windows</c> or null.</param>
/// <param name="ClockOffset">clock/@offset: utc, localtime, timezone, variable, absolute; utc where the element is missing.</param>
/// <param name="ClockBasis">clock/@basis of offset variable; null where not given.</param>
/// <param name="AgentChannel">A channel with target name org.qemu.guest_agent.0.</param>
/// <param name="CpuMode">cpu/@mode or null.</param>
public sealed record DomainXml(string Name, string Type, string? OsHint, string ClockOffset, string? ClockBasis, IReadOnlyList<DomainTimer> Timers,
    bool AgentChannel, string? CpuMode, bool RequiresInvariantTsc, bool Migratable)
{
    public DomainTimer? Timer(string name) => Timers.FirstOrDefault(t => t.Name == name);
}

/// <summary>One clock/timer element; null for an attribute that is not given.</summary>
/// <param name="FrequencyHz">tsc timer: fixed frequency in Hz.</param>
public sealed record DomainTimer(string Name, bool? Present, string? TickPolicy, string? Track, long? FrequencyHz, string? Mode);
