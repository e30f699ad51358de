using Guestclock.Facts;
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

    /// <summary>The change of the definition that mends it; null where none does or where only the user can tell.</summary>
    public DomainChange? Change { get; init; }

    /// <summary>The change rests on what the guest's system usually reads from its RTC; a guest that is set up otherwise would start hours off.</summary>
    public bool MaySetClockWrong { get; init; }
}

/// <summary>What a check holds against a virtual machine; the repair asks it again of the definition that it changes.</summary>
internal interface IDomainRules
{
    /// <summary>Whether the check is about this machine.</summary>
    bool Concerns(JudgedDomain domain);

    /// <summary>What is not right in its definition; empty: all right.</summary>
    IReadOnlyList<DomainFault> Faults(JudgedDomain domain, MachineFacts facts);
}
