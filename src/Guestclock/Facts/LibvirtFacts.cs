using Guestclock.Formats.Domains;

namespace Guestclock.Facts;

/// <summary>The virtual machines that this host defines or runs.</summary>
public sealed record LibvirtFacts
{
    /// <summary>Domains of libvirt, from its library where it answers, else from the XML files.</summary>
    public Fact<IReadOnlyList<LibvirtDomain>> Domains { get; init; } = Fact<IReadOnlyList<LibvirtDomain>>.None;

    /// <summary>Running QEMU processes that no libvirt domain explains.</summary>
    public Fact<IReadOnlyList<QemuProcess>> QemuProcesses { get; init; } = Fact<IReadOnlyList<QemuProcess>>.None;

    /// <summary>Names of domains that wait in a managed save image below /var/lib/libvirt/qemu/save.</summary>
    public Fact<IReadOnlyList<string>> SavedDomains { get; init; } = Fact<IReadOnlyList<string>>.None;

    /// <summary>/etc/sysconfig/libvirt-guests or /etc/default/libvirt-guests: its shell variables.</summary>
    public Fact<IReadOnlyDictionary<string, string>> GuestsConf { get; init; } = Fact<IReadOnlyDictionary<string, string>>.None;

    /// <summary>Whether libvirt-guests starts at boot.</summary>
    public Fact<bool> GuestsEnabled { get; init; } = Fact<bool>.None;

    /// <summary>The host's time zone as tzdata names it, which offset <c>localtime</c> follows.</summary>
    public Fact<string> TimeZone { get; init; } = Fact<string>.None;
}

/// <summary>One domain.</summary>
/// <param name="State">running, paused, shut off …, or null where only the file is known.</param>
/// <param name="Xml">The definition that holds now: of a running domain the one it was started with; or why it could not be read.</param>
/// <param name="NextStart">Of a running domain the definition of its next start; null where there is none or it is the same.</param>
public sealed record LibvirtDomain(string Name, string? State, Fact<DomainXml> Xml, Fact<DomainXml>? NextStart = null);

/// <summary>One running QEMU that libvirt does not manage, and what its command line says of the guest's clock.</summary>
public sealed record QemuProcess(int Pid, string Name, DomainXml Definition);
