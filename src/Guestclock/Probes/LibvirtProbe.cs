using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Formats.Domains;
using Guestclock.Machines;
using Guestclock.Probes.Libvirt;

namespace Guestclock.Probes;

/// <summary>The virtual machines of this host and what is set up to put their clocks right.</summary>
public static class LibvirtProbe
{
    public static LibvirtFacts Gather(IMachine machine)
    {
        var domains = Domains(machine);
        return new()
        {
            Domains = domains,
            QemuProcesses = Processes(machine, domains.Or([])),
            SavedDomains = LibvirtFiles.Saved(machine),
            GuestsConf = GuestsConf(machine),
            GuestsEnabled = UnitState.Enabled(machine, "libvirt-guests"),
            TimeZone = TimeZone(machine),
        };
    }

    private static Fact<IReadOnlyList<LibvirtDomain>> Domains(IMachine machine)
    {
        var answer = machine.Ask(new Question(Questions.LibvirtDomains)).Then(LibvirtAnswer.Parse);
        if (answer.IsKnown)
            return answer;
        var files = LibvirtFiles.Domains(machine);
        return files.State == FactState.Missing && answer.State is FactState.Denied or FactState.TimedOut or FactState.Malformed ? answer
            : files;
    }

    private static Fact<IReadOnlyList<QemuProcess>> Processes(IMachine machine, IReadOnlyList<LibvirtDomain> domains) =>
        ProcessList.Read(machine).Then<IReadOnlyList<QemuProcess>>(processes =>
        {
            var found = new List<QemuProcess>();
            foreach (var process in processes)
            {
                if (!IsQemu(process) || IsOfLibvirt(process))
                    continue;
                var definition = QemuCommandLine.Parse(process.Pid, process.Arguments);
                if (!domains.Any(d => d.Name == definition.Name))
                    found.Add(new(process.Pid, definition.Name, definition));
            }

            return found;
        });

    private static bool IsQemu(ProcessEntry process)
    {
        if (process.Arguments.Count < 2)
            return false;
        var program = process.Arguments[0];
        var name = program[(program.LastIndexOf('/') + 1)..];
        return name.StartsWith("qemu-system-", StringComparison.Ordinal) || name is "kvm" or "qemu-kvm";
    }

    /// <summary>libvirt hands every QEMU a key file and a monitor below its own folder.</summary>
    private static bool IsOfLibvirt(ProcessEntry process) =>
        process.Arguments.Any(a => a.Contains("/libvirt/qemu/", StringComparison.Ordinal));

    private static Fact<IReadOnlyDictionary<string, string>> GuestsConf(IMachine machine)
    {
        var sysconfig = machine.ReadText("/etc/sysconfig/libvirt-guests");
        var file = sysconfig.State == FactState.Missing ? machine.ReadText("/etc/default/libvirt-guests") : sysconfig;
        return file.Then(text => ShellVariables.Parse(text));
    }

    private static Fact<string> TimeZone(IMachine machine)
    {
        const string link = "/etc/localtime";
        var target = machine.ReadLink(link);
        if (target.TryGet(out var path) && path.IndexOf("zoneinfo/", StringComparison.Ordinal) is >= 0 and var at)
            return Fact.Known(path[(at + 9)..], link);
        var written = machine.ReadValue("/etc/timezone");
        if (written.Is(t => t.Length > 0))
            return written;
        return machine.Find(link) is { State: FactState.Missing } ? Fact.Known("UTC", link)
            : Fact.Unknown<string>(FactState.Unsupported, link, "the zone's name is not written anywhere");
    }
}
