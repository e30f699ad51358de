using Guestclock.Facts;
using Guestclock.Formats.Modules;
using Guestclock.Machines;
using Guestclock.Probes.Modules;

namespace Guestclock.Probes;

/// <summary>Kernel modules: loaded, built in, available, loaded at boot, kept from loading.</summary>
public static class ModuleProbe
{
    /// <summary>modules.dep of a distribution's kernel has some 5,000 lines, about 1 MB.</summary>
    private const int DepBytes = 16 << 20;

    public static ModuleFacts Gather(IMachine machine)
    {
        var release = KernelFolder.Release(machine);
        var builtIn = Names(machine, release, "modules.builtin");
        return new()
        {
            Loaded = Loaded(machine),
            BuiltIn = builtIn,
            Available = Names(machine, release, "modules.dep"),
            LoadedAtBoot = ModulesAtBoot.Gather(machine),
            Blacklisted = PreventedModules.Gather(machine),
            Configured = builtIn.IsKnown
                ? Fact.Missing<IReadOnlyDictionary<string, string>>(builtIn.Source, "not read: the lists of modules say the same")
                : KernelOptions.Gather(machine, release),
        };
    }

    private static Fact<IReadOnlySet<string>> Loaded(IMachine machine) =>
        machine.ReadText("/proc/modules").Then<IReadOnlySet<string>>(text =>
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var line in text.AsSpan().EnumerateLines())
            {
                var end = line.IndexOf(' ');
                if (end > 0)
                    names.Add(line[..end].ToString());
            }

            return names;
        });

    private static Fact<IReadOnlySet<string>> Names(IMachine machine, Fact<string> release, string file) =>
        release.TryGet(out var name)
            ? machine.ReadText($"{KernelFolder.Path(name)}/{file}", DepBytes).Then(ModulesDep.Names)
            : Fact.Unknown<IReadOnlySet<string>>(release.State, release.Source, release.Why!);
}
