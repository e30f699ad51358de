using Guestclock.Facts;

namespace Guestclock.Checks.Domain;

/// <summary>The virtual machines of this host whose definitions can be judged, and those whose cannot.</summary>
internal sealed record DomainSet(IReadOnlyList<JudgedDomain> Known, IReadOnlyList<LibvirtDomain> Unread)
{
    public static DomainSet Of(MachineFacts facts)
    {
        var known = new List<JudgedDomain>();
        var unread = new List<LibvirtDomain>();
        foreach (var domain in facts.Libvirt.Domains.Or([]))
        {
            if (domain.Xml.TryGet(out var xml))
                known.Add(new(domain.Name, xml, domain.Xml.Source, domain.State, domain.NextStart?.Value, true));
            else
                unread.Add(domain);
        }

        foreach (var process in facts.Libvirt.QemuProcesses.Or([]))
            known.Add(new(process.Name, process.Definition, $"command line of process {process.Pid}", "running", null, false));
        return new(known, unread);
    }

    /// <summary>Why there is nothing to judge, or null.</summary>
    public Finding? Excludes(MachineFacts facts)
    {
        if (Known.Count > 0)
            return null;
        if (Unread.Count > 0)
            return Finding.Unknown($"the definition of {Unread[0].Name}", Unread[0].Xml);
        var domains = facts.Libvirt.Domains;
        if (domains.State is FactState.Known or FactState.Missing)
            return Finding.NotApplicable("no virtual machine is defined or running here",
                EvidenceItem.Of("libvirt domains", domains, "none"));
        return facts.Identity.Roles.IsKnown && !facts.Has(Role.KvmHost)
            ? Finding.NotApplicable("the machine is not a KVM host")
            : Finding.Unknown("libvirt's domains", domains);
    }
}
