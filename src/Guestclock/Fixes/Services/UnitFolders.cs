namespace Guestclock.Fixes.Services;

/// <summary>Where systemd looks for units and their drop-ins, the most important folder first (systemd.unit(5)).</summary>
internal static class UnitFolders
{
    private static readonly string[] Usual =
    [
        InstallSection.Own, "/run/systemd/system", "/usr/local/lib/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system",
    ];

    private static readonly string[] Split =
    [
        InstallSection.Own, "/run/systemd/system", "/usr/local/lib/systemd/system", "/lib/systemd/system", "/usr/lib/systemd/system",
    ];

    /// <summary>
    /// Debian up to 12 and Ubuntu up to 23.10 build systemd for /lib, and its links point there; everywhere else /usr/lib goes before. The links
    /// that are there tell which.
    /// </summary>
    public static IReadOnlyList<string> Of(Draft files)
    {
        var (lib, usr) = (0, 0);
        foreach (var target in new[] { "sysinit", "getty", "multi-user", "timers", "sockets" })
        {
            var folder = $"{InstallSection.Own}/{target}.target.wants";
            foreach (var link in files.List(folder).Take(50).Select(n => files.Link($"{folder}/{n}")).OfType<string>())
            {
                lib += link.StartsWith("/lib/", StringComparison.Ordinal) ? 1 : 0;
                usr += link.StartsWith("/usr/lib/", StringComparison.Ordinal) ? 1 : 0;
            }
        }

        return lib > usr || (lib == usr && IsSplit(files)) ? Split : Usual;
    }

    /// <summary>The drop-ins of a unit and of its template, in the order in which they are read; systemctl enables without those of all services.</summary>
    public static IReadOnlyList<string> DropIns(Draft files, string name)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var of in new[] { name, InstallSection.TemplateOf(name) }.OfType<string>().Distinct())
        {
            foreach (var folder in Usual.Select(f => $"{f}/{of}.d"))
            {
                foreach (var file in files.List(folder).Where(f => f.EndsWith(".conf", StringComparison.Ordinal)))
                    found.TryAdd(file, $"{folder}/{file}");
            }
        }

        return [.. found.Values.Where(f => files.Resolve(f) != "/dev/null")];
    }

    /// <summary>No link tells: /lib is a folder of its own where systemd itself lives.</summary>
    private static bool IsSplit(Draft files) => files.Link("/lib") is null && files.Exists("/lib/systemd/systemd");
}
