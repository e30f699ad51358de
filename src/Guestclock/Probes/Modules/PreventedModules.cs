using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Formats.Modules;
using Guestclock.Machines;

namespace Guestclock.Probes.Modules;

/// <summary>Modules that are blacklisted or replaced by nothing, each with the file (or the command line) that says so.</summary>
public static class PreventedModules
{
    /// <summary>modprobe.d(5), highest precedence first.</summary>
    private static readonly string[] Folders =
        ["/etc/modprobe.d", "/run/modprobe.d", "/usr/local/lib/modprobe.d", "/usr/lib/modprobe.d", "/lib/modprobe.d"];

    public static Fact<IReadOnlyDictionary<string, string>> Gather(IMachine machine)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in machine.ReadText("/proc/cmdline").Then(OfCommandLine).Or([]))
            found.TryAdd(name, "/proc/cmdline");
        foreach (var file in DropInFiles.Find(machine, Folders, ".conf"))
            Add(machine, file, found);

        // module-init-tools of RHEL 5 and SLES 10 read one file, and files without the suffix.
        Add(machine, "/etc/modprobe.conf", found);
        foreach (var name in machine.List(Folders[0]).Or([]))
        {
            if (!name.Contains('.'))
                Add(machine, $"{Folders[0]}/{name}", found);
        }

        var etc = machine.List("/etc");
        return found.Count == 0 && !etc.IsKnown
            ? Fact.Unknown<IReadOnlyDictionary<string, string>>(etc.State, Folders[0], etc.Why!)
            : Fact.Known<IReadOnlyDictionary<string, string>>(found, Folders[0]);
    }

    private static void Add(IMachine machine, string file, Dictionary<string, string> found)
    {
        foreach (var name in machine.ReadText(file).Then(ModprobeConf.Prevented).Or([]))
            found.TryAdd(name, file);
    }

    /// <summary>
    /// kmod's <c>modprobe.blacklist=</c> and the kernel's own <c>module_blacklist=</c>; both are lists separated by commas.
    /// </summary>
    private static List<string> OfCommandLine(string text) =>
        [.. KernelArguments.Parse(text).All.Where(a => a.Is("modprobe.blacklist") || a.Is("module_blacklist"))
            .SelectMany(a => (a.Value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)).Select(n => ModuleName.Normalise(n))];
}
