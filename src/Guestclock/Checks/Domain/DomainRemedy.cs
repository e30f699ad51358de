using Guestclock.Remedies;

namespace Guestclock.Checks.Domain;

/// <summary>How definitions are changed: by virsh, or by the manager that writes them.</summary>
internal static class DomainRemedy
{
    public static Remedy For(IReadOnlyList<DomainJudge.Verdict> verdicts)
    {
        var commands = new List<string>();
        foreach (var verdict in verdicts)
        {
            foreach (var fault in verdict.Faults)
            {
                var line = Line(verdict.Domain, fault);
                if (!commands.Contains(line))
                    commands.Add(line);
            }
        }

        return new(Summary(verdicts[0].Domain), commands);
    }

    internal static string Summary(JudgedDomain domain) => domain.Definition.Manager switch
    {
        "nova" => "Change the image's properties in OpenStack (os_type, hw_qemu_guest_agent, hw_time_hpet): nova writes the definition",
        "ovirt" => "Change the virtual machine in oVirt and start it anew: oVirt writes the definition",
        "kubevirt" => "Change the VirtualMachine object and restart it: KubeVirt writes the definition",
        "proxmox" => "Change the machine's configuration, then stop and start it: a reboot inside the guest does not do it",
        _ => domain.IsLibvirt
            ? "Change the definition, then shut the guest down and start it again: a reboot inside the guest does not do it"
            : "Change QEMU's command line and start the guest with it again",
    };

    /// <summary>What to type for one fault.</summary>
    internal static string Line(JudgedDomain domain, DomainFault fault)
    {
        if (fault.IsMended)
            return $"virsh shutdown {Quote(domain.Name)}   # and when it is off: virsh start {Quote(domain.Name)}";
        if (domain.Definition is { Manager: "proxmox", ManagerId: { } id })
            return fault.Proxmox is null ? $"qm config {Quote(id)}   # {fault.Qemu}" : $"qm set {Quote(id)} {fault.Proxmox}";
        if (!domain.IsLibvirt)
            return $"# {domain.Name}: {fault.Qemu}";
        return domain.Definition.Manager is null ? $"virsh edit {Quote(domain.Name)}   # {fault.Xml}" : $"# {domain.Name}: {fault.Xml}";
    }

    /// <summary>A word that a shell takes as it stands, or in single quotes.</summary>
    internal static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '/' or '@')
            ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
