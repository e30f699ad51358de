using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Formats.Boot;
using Guestclock.Machines;

namespace Guestclock.Probes;

/// <summary>Boot Loader Specification entries, read by GRUB 2 (Fedora, RHEL 8 on) or by systemd-boot.</summary>
internal static class BlsEntries
{
    private const int MostFiles = 200;

    private static readonly string[] Folders = ["/boot/loader", "/efi/loader", "/boot/efi/loader"];

    private sealed record Found(string Path, string Id, BlsEntry Entry);

    public static IReadOnlyList<BootEntry> Gather(BootFiles files, Grub2Menu grub)
    {
        var found = new List<Found>();
        string? pattern = null;
        var systemdBoot = false;
        foreach (var folder in Folders)
        {
            if (files.Read($"{folder}/loader.conf") is { } conf)
            {
                systemdBoot = true;
                pattern ??= Setting(conf, "default");
            }

            foreach (var name in files.List($"{folder}/entries").Where(n => n.EndsWith(".conf", StringComparison.Ordinal)).Take(MostFiles))
            {
                var path = $"{folder}/entries/{name}";
                var text = files.Machine.ReadText(path);
                if (text.TryGet(out var content) && found.All(f => f.Id != name[..^5]))
                    found.Add(new(path, name[..^5], BlsEntry.Parse(content)));
            }
        }

        var byGrub = grub.ReadsBls || (grub.HasConfig && !systemdBoot);
        var sorted = Sorted(found.Where(f => LoaderLines.IsLinux(f.Entry.Linux)), byGrub);
        var chosen = byGrub ? OfGrub(sorted, grub) : OfSystemdBoot(sorted, pattern);
        var used = grub.ReadsBls || systemdBoot || !grub.HasConfig || grub.Entries.Count == 0;
        var entries = new List<BootEntry>();
        foreach (var f in sorted)
        {
            files.Use(f.Path);
            var arguments = BootVariables.Expand(f.Entry.Options, grub.Variables);
            entries.Add(new(BootLoader.Bls, f.Path, f.Entry.Title.Length > 0 ? f.Entry.Title : f.Id, f.Entry.Linux,
                KernelArguments.Parse(arguments),
                used && ReferenceEquals(f, chosen), RescueEntry.Is(f.Entry.Title, f.Entry.Linux, f.Id, arguments))
            { IsLeftOver = !used });
        }

        return entries;
    }

    // GRUB: by file name, newest first (blscfg.c). systemd-boot: entries with a sort key first, by key, then newest version first.
    private static List<Found> Sorted(IEnumerable<Found> found, bool byGrub)
    {
        if (byGrub)
            return [.. found.OrderByDescending(f => f.Id, VersionOrder.Instance)];
        return [.. found.OrderBy(f => f.Entry.SortKey.Length == 0).ThenBy(f => f.Entry.SortKey, StringComparer.Ordinal)
            .ThenByDescending(f => f.Entry.Version, VersionOrder.Instance).ThenByDescending(f => f.Id, VersionOrder.Instance)];
    }

    private static Found? OfGrub(List<Found> sorted, Grub2Menu grub)
    {
        var name = grub.Default ?? grub.Variables.GetValueOrDefault("saved_entry", "");
        if (int.TryParse(name, out var index) && index >= 0 && index < sorted.Count)
            return sorted[index];
        return sorted.Find(f => f.Id == name || f.Id + ".conf" == name || f.Entry.Title == name) ?? sorted.FirstOrDefault();
    }

    private static Found? OfSystemdBoot(List<Found> sorted, string? pattern) =>
        (pattern is null ? null : sorted.Find(f => GlobPattern.Matches(pattern, f.Id) || GlobPattern.Matches(pattern, f.Id + ".conf")))
            ?? sorted.FirstOrDefault();

    private static string? Setting(string conf, string name)
    {
        foreach (var (_, line) in LoaderLines.Of(conf, joins: false))
        {
            var (key, value) = LoaderLines.Split(line);
            if (key == name && value.Length > 0)
                return value;
        }

        return null;
    }
}
