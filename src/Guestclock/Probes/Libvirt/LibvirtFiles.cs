using Guestclock.Facts;
using Guestclock.Formats.Domains;
using Guestclock.Machines;

namespace Guestclock.Probes.Libvirt;

/// <summary>libvirt's QEMU domains from its files: definitions below /etc/libvirt/qemu, the running ones below /run/libvirt/qemu.</summary>
internal static class LibvirtFiles
{
    private const string Definitions = "/etc/libvirt/qemu";
    private const string Running = "/run/libvirt/qemu";
    private const string Saves = "/var/lib/libvirt/qemu/save";
    private const int MaxDomains = 1000;

    public static Fact<IReadOnlyList<LibvirtDomain>> Domains(IMachine machine)
    {
        var defined = machine.List(Definitions);
        var running = machine.List(Running);
        if (!defined.IsKnown && !running.IsKnown)
            return Fact.Unknown<IReadOnlyList<LibvirtDomain>>(defined.State, Definitions, defined.Why!);
        var domains = new List<LibvirtDomain>();
        foreach (var name in Names(running.Or([]), ".xml"))
        {
            var live = Read(machine, $"{Running}/{name}.xml");
            var next = Read(machine, $"{Definitions}/{name}.xml");
            domains.Add(new(name, live.IsKnown ? live.Value!.State ?? "running" : null, live,
                next.State == FactState.Missing ? null : next));
        }

        var isShutOff = running.IsKnown || (machine.IsLive && running.State == FactState.Missing);
        foreach (var name in Names(defined.Or([]), ".xml"))
        {
            if (!domains.Exists(d => d.Name == name))
                domains.Add(new(name, isShutOff ? "shut off" : null, Read(machine, $"{Definitions}/{name}.xml")));
        }

        return Fact.Known<IReadOnlyList<LibvirtDomain>>(domains, defined.IsKnown ? Definitions : Running);
    }

    public static Fact<IReadOnlyList<string>> Saved(IMachine machine)
    {
        var files = machine.List(Saves);
        if (!files.TryGet(out var names))
            return Fact.Unknown<IReadOnlyList<string>>(files.State, Saves, files.Why!);
        return Fact.Known<IReadOnlyList<string>>([.. Names(names, ".save")], Saves);
    }

    private static Fact<DomainXml> Read(IMachine machine, string path) => machine.ReadText(path).Then(DomainXmlReader.Parse);

    private static IEnumerable<string> Names(IReadOnlyList<string> files, string ending) =>
        files.Where(f => f.EndsWith(ending, StringComparison.Ordinal)).Take(MaxDomains).Select(f => f[..^ending.Length]);
}
