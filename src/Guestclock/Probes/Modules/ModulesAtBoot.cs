using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Formats.Modules;
using Guestclock.Machines;

namespace Guestclock.Probes.Modules;

/// <summary>Modules that something loads at boot by name, each with the file (or the command line) that says so.</summary>
public static class ModulesAtBoot
{
    /// <summary>modules-load.d(5), highest precedence first; /lib differs from /usr/lib only on systems that are not merged.</summary>
    private static readonly string[] Folders =
        ["/etc/modules-load.d", "/run/modules-load.d", "/usr/local/lib/modules-load.d", "/usr/lib/modules-load.d", "/lib/modules-load.d"];

    public static Fact<IReadOnlyDictionary<string, string>> Gather(IMachine machine)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in DropInFiles.Find(machine, Folders, ".conf"))
            Add(machine, file, ModulesLoad.Parse, found);
        Add(machine, "/etc/modules", ModulesLoad.Parse, found);
        Add(machine, "/etc/sysconfig/kernel", SuseList, found);
        foreach (var script in Scripts(machine))
            Add(machine, script, ModuleScript.Parse, found);
        Add(machine, "/proc/cmdline", OfCommandLine, found);
        var etc = machine.List("/etc");
        return found.Count == 0 && !etc.IsKnown
            ? Fact.Unknown<IReadOnlyDictionary<string, string>>(etc.State, Folders[0], etc.Why!)
            : Fact.Known<IReadOnlyDictionary<string, string>>(found, Folders[0]);
    }

    private static void Add(IMachine machine, string file, Func<string, IReadOnlyList<string>> parse, Dictionary<string, string> found)
    {
        foreach (var name in machine.ReadText(file).Then(parse).Or([]))
            found.TryAdd(name, file);
    }

    /// <summary>RHEL up to 6: rc.sysinit runs these.</summary>
    private static IEnumerable<string> Scripts(IMachine machine)
    {
        yield return "/etc/rc.modules";
        yield return "/etc/rc.d/rc.modules";
        foreach (var file in DropInFiles.Find(machine, ["/etc/sysconfig/modules"], ".modules"))
            yield return file;
    }

    /// <summary>SLES up to 11: MODULES_LOADED_ON_BOOT of /etc/sysconfig/kernel.</summary>
    private static List<string> SuseList(string text) =>
        [.. ShellVariables.Parse(text).GetValueOrDefault("MODULES_LOADED_ON_BOOT", "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(n => ModuleName.Normalise(n))];

    /// <summary>
    /// systemd-modules-load.service(8): <c>modules_load=</c> and, in the initrd, <c>rd.modules_load=</c>, separated by commas; they add
    /// up.
    /// </summary>
    private static List<string> OfCommandLine(string text) =>
        [.. KernelArguments.Parse(text).All.Where(a => a.Is("modules_load") || a.Is("rd.modules_load"))
            .SelectMany(a => (a.Value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)).Select(n => ModuleName.Normalise(n))];
}
