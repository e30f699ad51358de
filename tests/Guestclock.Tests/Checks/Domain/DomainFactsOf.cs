using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Formats.Domains;
using Guestclock.Testing;
using Guestclock.Tests.Checks.Kvm;
using Guestclock.Tests.Formats;

namespace Guestclock.Tests.Checks.Domain;

/// <summary>Hosts with virtual machines for the tables of the domain checks.</summary>
internal static class DomainFactsOf
{
    public static LibvirtFacts Libvirt(params IReadOnlyList<string> xml) => Libvirt([.. xml.Select(x => Domain(x))]);

    public static LibvirtFacts Libvirt(IReadOnlyList<LibvirtDomain> domains) => new()
    {
        Domains = Some.Known(domains),
        QemuProcesses = Some.List<QemuProcess>(),
        SavedDomains = Some.List<string>(),
        GuestsConf = Some.Missing<IReadOnlyDictionary<string, string>>(),
        GuestsEnabled = Some.Known(false),
        TimeZone = Some.Known("Europe/Vienna"),
    };

    public static MachineFacts Host(params IReadOnlyList<string> xml) => Host(Libvirt(xml));

    public static MachineFacts Host(LibvirtFacts libvirt) => Some.KvmHost() with { Libvirt = libvirt, Kvm = KvmFactsOf.Sound };

    /// <summary>A host that runs QEMU without libvirt.</summary>
    public static MachineFacts Processes(params IReadOnlyList<string> lines) => Host(Libvirt() with
    {
        Domains = Some.Missing<IReadOnlyList<LibvirtDomain>>(),
        QemuProcesses = Some.Known<IReadOnlyList<QemuProcess>>([.. lines.Select((l, i) => Process(50 + i, l))]),
    });

    public static LibvirtDomain Domain(string xml, string state = "running", string? next = null)
    {
        var parsed = Some.Known(xml).Then(DomainXmlReader.Parse);
        return new(parsed.Value?.Name ?? "broken", state, parsed, next is null ? null : Some.Known(next).Then(DomainXmlReader.Parse));
    }

    /// <summary>A sound Linux domain in which one text is replaced.</summary>
    public static string Linux(string old, string by) => Replace(DomainSamples.Linux, old, by);

    /// <summary>A sound Windows domain in which one text is replaced.</summary>
    public static string Windows(string old, string by) => Replace(DomainSamples.Windows, old, by);

    /// <summary>The rows that every check of domains has.</summary>
    public static IEnumerable<(string Name, MachineFacts Facts, CheckStatus Status, string Says)> Common(string sound)
    {
        yield return ("no domains", Host(Libvirt()), CheckStatus.NotApplicable, "no virtual machine");
        yield return ("no libvirt", Host(Libvirt() with { Domains = Some.Missing<IReadOnlyList<LibvirtDomain>>() }),
            CheckStatus.NotApplicable, "no virtual machine");
        yield return ("a guest", Some.KvmGuest(), CheckStatus.NotApplicable, "not a KVM host");
        yield return ("definitions may not be read",
            Host(Libvirt() with { Domains = Some.Not<IReadOnlyList<LibvirtDomain>>(FactState.Denied, "permission denied") }),
            CheckStatus.Unknown, "permission denied");
        yield return ("the only definition is broken", Host("<domain"), CheckStatus.Unknown, "line 1");
        yield return ("one of two is broken", Host(sound, "<domain"), CheckStatus.Unknown, "1 of 2");
        var processes = Processes(DomainSamples.ProxmoxWindows);
        yield return ("processes known, domains denied",
            processes with
            {
                Libvirt = processes.Libvirt with
                {
                    Domains = Some.Not<IReadOnlyList<LibvirtDomain>>(FactState.Denied,
                "permission denied")
                }
            },
            CheckStatus.Unknown, "permission denied");
    }

    private static QemuProcess Process(int pid, string line)
    {
        var definition = QemuCommandLine.Parse(pid, line.Split('\t'));
        return new(pid, definition.Name, definition);
    }

    private static string Replace(string text, string old, string by)
    {
        Assert.Contains(old, text, StringComparison.Ordinal);
        return text.Replace(old, by, StringComparison.Ordinal);
    }
}
