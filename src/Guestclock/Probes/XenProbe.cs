using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Machines;

namespace Guestclock.Probes;

/// <summary>Xen: what this machine is to it, the guests that it configures, and the wall clock setting of old guest kernels.</summary>
public static class XenProbe
{
    private const int MostGuests = 500;
    private const int ConfigBytes = 64 * 1024;

    // /etc/xen holds guests and the tools' own files side by side.
    private static readonly string[] Folders = ["/etc/xen", "/etc/xen/auto", "/etc/xen/vm"];
    private static readonly string[] NoGuests = ["xl.conf", "xend-config.sxp", "xend-pci-permissive.sxp", "xend-pci-quirks.sxp",
        "oxenstored.conf", "cpupool", "README"];
    private static readonly string[] GuestKeys = ["kernel", "bootloader", "builder", "type", "disk", "memory", "firmware", "ramdisk"];

    private static readonly string[] SettingFolders = ["/usr/lib/sysctl.d", "/run/sysctl.d", "/etc/sysctl.d"];
    private static readonly string[] SettingFiles = ["/etc/sysctl.conf", "/etc/init.d/boot.local", "/etc/rc.local", "/etc/rc.d/rc.local"];

    public static XenFacts Gather(IMachine machine) => new()
    {
        Capabilities = machine.ReadValue("/proc/xen/capabilities"),
        Guests = Guests(machine),
        HasXend = machine.List(Folders[0]).Then(names => names.Contains("xend-config.sxp", StringComparer.Ordinal)),
        IndependentWallclock = machine.ReadValue("/proc/sys/xen/independent_wallclock"),
        IndependentWallclockSettings = Settings(machine),
    };

    private static Fact<IReadOnlyList<XenGuestConfig>> Guests(IMachine machine)
    {
        var top = machine.List(Folders[0]);
        if (!top.IsKnown)
            return top.Then<IReadOnlyList<XenGuestConfig>>(_ => []);
        var guests = new List<XenGuestConfig>();
        foreach (var folder in Folders)
        {
            foreach (var name in machine.List(folder).Or([]))
            {
                var path = $"{folder}/{name}";
                if (guests.Count >= MostGuests)
                    break;
                if (NoGuests.Contains(name, StringComparer.Ordinal) || name.StartsWith("xmexample", StringComparison.Ordinal)
                    || name.StartsWith("xlexample", StringComparison.Ordinal) || !machine.Find(path).Is(k => k == EntryKind.File))
                    continue;
                if (machine.ReadText(path, ConfigBytes).TryGet(out var text) && Guest(path, XlConfig.Parse(text)) is { } guest
                    && guests.All(g => g.Name != guest.Name))
                    guests.Add(guest);
            }
        }

        return Fact.Known<IReadOnlyList<XenGuestConfig>>(guests, Folders[0]);
    }

    private static XenGuestConfig? Guest(string path, IReadOnlyDictionary<string, string> settings)
    {
        if (!settings.TryGetValue("name", out var name) || !GuestKeys.Any(settings.ContainsKey))
            return null;
        return new(path, name, settings.GetValueOrDefault("tsc_mode"), settings.TryGetValue("nomigrate", out var value) ? value != "0"
            : null);
    }

    private static Fact<IReadOnlyList<string>> Settings(IMachine machine)
    {
        var lines = new List<string>();
        Fact<string>? refused = null;
        var files = SettingFolders.SelectMany(f => machine.List(f).Or([]).Where(n => n.EndsWith(".conf", StringComparison.Ordinal))
            .Select(n => $"{f}/{n}"));
        foreach (var path in files.Concat(SettingFiles))
        {
            var text = machine.ReadText(path, ConfigBytes);
            if (!text.TryGet(out var content))
            {
                refused ??= text.State is FactState.Missing ? null : text;
                continue;
            }

            if (!content.Contains("independent_wallclock", StringComparison.Ordinal))
                continue;
            var number = 0;
            foreach (var line in content.Split('\n'))
            {
                number++;
                if (line.Contains("independent_wallclock", StringComparison.Ordinal) && line.TrimStart() is [not ('#' or ';'), ..])
                    lines.Add($"{path}:{number}");
            }
        }

        return lines.Count == 0 && refused is not null
            ? refused.Then<IReadOnlyList<string>>(_ => [])
            : Fact.Known<IReadOnlyList<string>>(lines, "/etc/sysctl.conf /etc/sysctl.d");
    }
}
