
using System.Text.Json.Serialization;

namespace Guestclock.Formats.Domains;

/// <summary>
/// The parts of a virtual machine's definition that decide about its clock, from a libvirt domain's XML (libvirt's formatdomain) or from
/// the command line of a QEMU process that libvirt does not manage.
/// </summary>
/// <param name="Type">kvm, qemu (emulated), xen …</param>
/// <param name="OsHint">What the metadata or the features tell of the guest's system: <c>linux</c>, <c>windows</c> or null.</param>
/// <param name="ClockOffset">clock/@offset: utc, localtime, timezone, variable, absolute; utc where the element is missing.</param>
/// <param name="ClockBasis">clock/@basis of offset variable; null where not given.</param>
/// <param name="AgentChannel">A channel with target name org.qemu.guest_agent.0.</param>
/// <param name="CpuMode">cpu/@mode or null.</param>
/// <param name="RequiresInvariantTsc">The guest's CPU has the invtsc feature.</param>
/// <param name="Migratable">False when cpu/@migratable is off: with host-passthrough that exposes invtsc too.</param>
public sealed record DomainXml(string Name, string Type, string? OsHint, string ClockOffset, string? ClockBasis,
    IReadOnlyList<DomainTimer> Timers,
    bool AgentChannel, string? CpuMode, bool RequiresInvariantTsc, bool Migratable)
{
    /// <summary>os/type/@arch, null where not given.</summary>
    public string? Architecture { get; init; }

    /// <summary>clock/@adjustment in seconds: RTC - basis; null where not given or <c>reset</c>.</summary>
    public long? AdjustmentSeconds { get; init; }

    /// <summary>clock/@timezone of offset timezone; clock/@start of offset absolute; QEMU's date.</summary>
    public string? ClockValue { get; init; }

    /// <summary>The KVM signature is hidden from the guest, and with it kvm-clock.</summary>
    public bool KvmHidden { get; init; }

    /// <summary>Hyper-V enlightenments that are on, without prefix: relaxed, vapic, synic, stimer …</summary>
    public IReadOnlyList<string> HyperVFeatures { get; init; } = [];

    /// <summary>Whether an agent in the guest holds its end of the channel open; null where the definition cannot tell.</summary>
    public bool? AgentConnected { get; init; }

    /// <summary>
    /// The unix socket, on the host, of a second agent's channel: target name org.qemu.guest_agent.1 or another number. Null where there is none, or where
    /// nobody in the running guest has opened it.
    /// </summary>
    [JsonIgnore]
    public string? SecondAgentSocket { get; init; }

    /// <summary>
    /// Who writes this definition, so that a change belongs there: nova, ovirt, kubevirt, proxmox; null for libvirt itself.
    /// </summary>
    public string? Manager { get; init; }

    /// <summary>The manager's number for the machine (Proxmox).</summary>
    public string? ManagerId { get; init; }

    /// <summary>domstatus/@state of a status file (/run/libvirt/qemu); null for a definition.</summary>
    public string? State { get; init; }

    /// <summary>x86, the only architecture with a TSC, a PIT, an HPET and kvm-clock.</summary>
    public bool IsX86 => Architecture is null or "x86_64" or "i686";

    /// <summary>The guest sees an invariant TSC.</summary>
    public bool ExposesInvariantTsc => RequiresInvariantTsc || (!Migratable && (CpuMode is "host-passthrough" or "maximum"));

    public DomainTimer? Timer(string name)
    {
        foreach (var timer in Timers)
        {
            if (timer.Name == name)
                return timer;
        }

        return null;
    }
}

/// <summary>One clock/timer element; null for an attribute that is not given.</summary>
/// <param name="FrequencyHz">tsc timer: fixed frequency in Hz.</param>
public sealed record DomainTimer(string Name, bool? Present, string? TickPolicy, string? Track, long? FrequencyHz, string? Mode);
