using Guestclock.Formats.Domains;

namespace Guestclock.Checks.Domain;

/// <summary>One virtual machine whose definition is known: a libvirt domain or a QEMU process of its own.</summary>
/// <param name="Source">Where the definition was read.</param>
/// <param name="State">running, paused, shut off …; null where not known.</param>
/// <param name="NextStart">The definition of its next start where that is another one.</param>
/// <param name="IsLibvirt">False for a QEMU process that libvirt does not manage.</param>
internal sealed record JudgedDomain(string Name, DomainXml Definition, string Source, string? State, DomainXml? NextStart, bool IsLibvirt)
{
    public bool IsActive => State is "running" or "blocked" or "paused" or "pmsuspended";
}

/// <summary>What is not right in one definition.</summary>
/// <param name="Says">What is so, without the machine's name and without a full stop.</param>
/// <param name="Xml">The line of libvirt's XML that mends it.</param>
/// <param name="Qemu">The option of QEMU's command line that mends it.</param>
/// <param name="Proxmox">The arguments of <c>qm set ID</c> that mend it; null where there are none.</param>
internal sealed record DomainFault(CheckStatus Status, string Says, string Xml, string Qemu, string? Proxmox = null)
{
    /// <summary>It is mended in the definition of the next start.</summary>
    public bool IsMended { get; init; }
}
