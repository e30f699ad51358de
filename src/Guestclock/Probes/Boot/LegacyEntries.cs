using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Formats.Boot;

namespace Guestclock.Probes;

/// <summary>Entries of GRUB legacy: grub.conf and menu.lst, also on the EFI system partition (RHEL 6).</summary>
internal static class LegacyEntries
{
    private static readonly string[] Paths = ["/boot/grub/grub.conf", "/boot/grub/menu.lst", "/etc/grub.conf", "/boot/grub.conf"];

    public static IEnumerable<BootEntry> Gather(BootFiles files)
    {
        var entries = new List<BootEntry>();
        var efi = files.List("/boot/efi/EFI").Take(20).Select(n => $"/boot/efi/EFI/{n}/grub.conf");
        foreach (var path in Paths.Concat(efi))
        {
            var read = files.ReadAll(path, GrubLegacyConf.Parse, Resolve);
            if (read.Count == 0)
                continue;
            var all = read.SelectMany(r => r.File.Entries.Select(e => (r.Path, Entry: e))).ToList();
            var own = read[0].File;
            var chosen = LoaderLines.Is(own.Default ?? "", "saved") ? Saved(files) : own.Default;
            var pick = MenuChoice.Pick(own.Entries, chosen);
            foreach (var (at, entry) in all)
            {
                entries.Add(new(BootLoader.GrubLegacy, $"{at}:{entry.Line}", entry.Title, entry.Kernel,
                    KernelArguments.Parse(entry.Arguments),
                    ReferenceEquals(entry, pick), RescueEntry.Is(entry.Title, entry.Kernel, "", entry.Arguments)));
            }
        }

        return entries;
    }

    // The file that grub-set-default writes: the number, then lines of '#' as padding.
    private static string? Saved(BootFiles files) => files.Read("/boot/grub/default")?.Split('\n')[0].Trim();

    // configfile (hd0,0)/grub/other.lst: the device is left out, and /boot may be a file system of its own.
    private static IEnumerable<string> Resolve(string from, string include)
    {
        var at = include.IndexOf(')');
        var path = (at < 0 ? include : include[(at + 1)..]).Trim();
        return path.StartsWith('/') ? [path, "/boot" + path] : [];
    }
}
