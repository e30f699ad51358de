using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Formats.Boot;

namespace Guestclock.Probes;

/// <summary>Entries of extlinux and syslinux.</summary>
internal static class SyslinuxEntries
{
    private static readonly string[] Paths =
    [
        "/boot/extlinux/extlinux.conf", "/boot/extlinux.conf", "/extlinux/extlinux.conf", "/extlinux.conf",
        "/boot/syslinux/syslinux.cfg", "/syslinux/syslinux.cfg", "/syslinux.cfg",
    ];

    public static IEnumerable<BootEntry> Gather(BootFiles files)
    {
        var entries = new List<BootEntry>();
        foreach (var path in Paths)
        {
            var read = files.ReadAll(path, SyslinuxConf.Parse, (from, name) => name.StartsWith('/') ? [name, "/boot" + name]
                : [$"{BootFiles.Folder(from)}/{name}"]);
            var pick = MenuChoice.Pick(read.SelectMany(r => r.File.Entries).ToList(), read.Select(r => r.File.Default)
                .FirstOrDefault(d => d is not null));
            foreach (var (at, file) in read)
            {
                entries.AddRange(file.Entries.Select(e => new BootEntry(BootLoader.Syslinux, $"{at}:{e.Line}", e.Title, e.Kernel,
                    KernelArguments.Parse(e.Arguments), ReferenceEquals(e, pick),
                        RescueEntry.Is(e.Title, e.Kernel, e.Path[^1].Id, e.Arguments))));
            }
        }

        return entries;
    }
}
