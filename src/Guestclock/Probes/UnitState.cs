using Guestclock.Facts;
using Guestclock.Machines;

namespace Guestclock.Probes;

/// <summary>Whether a service is there and starts at boot, read from files alone: systemd units and links, SysV run levels, OpenRC.</summary>
public static class UnitState
{
    private static readonly string[] UnitFolders = ["/etc/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system", "/run/systemd/system"];

    /// <summary>The file that defines the service under one of these names (without <c>.service</c>); missing where none is there.</summary>
    public static Fact<string> Find(IMachine machine, params IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            foreach (var folder in UnitFolders)
            {
                var path = $"{folder}/{name}.service";
                if (machine.Exists(path))
                    return Fact.Known(path, path);
            }
        }

        foreach (var name in names)
        {
            foreach (var path in new[] { $"/etc/init.d/{name}", $"/etc/rc.d/init.d/{name}" })
            {
                if (machine.Find(path).Is(k => k == EntryKind.File))
                    return Fact.Known(path, path);
            }
        }

        return Fact.Missing<string>(UnitFolders[1], $"no unit or init script named {string.Join(" or ", names)}");
    }

    /// <summary>Whether it starts at boot; the source is the link or run level that says so. Missing where the service is not there.</summary>
    public static Fact<bool> Enabled(IMachine machine, params IReadOnlyList<string> names)
    {
        var unit = Find(machine, names);
        if (!unit.TryGet(out var path))
            return Fact.Unknown<bool>(unit.State, unit.Source, unit.Why!);
        if (path.EndsWith(".service", StringComparison.Ordinal))
            return EnabledUnit(machine, path, names);
        foreach (var link in RunLevelLinks(machine, names))
            return Fact.Known(true, link);
        return Fact.Known(false, path);
    }

    private static Fact<bool> EnabledUnit(IMachine machine, string unit, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            var own = $"/etc/systemd/system/{name}.service";
            if (machine.ReadLink(own).Is(t => t == "/dev/null"))
                return Fact.Known(false, own);
        }

        foreach (var folder in new[] { "/etc/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system", "/run/systemd/generator", "/run/systemd/generator.late" })
        {
            foreach (var wants in machine.List(folder).Or([]).Where(IsDependencyFolder))
            {
                foreach (var name in names)
                {
                    var link = $"{folder}/{wants}/{name}.service";
                    if (machine.Find(link, followLinks: false).IsKnown)
                        return Fact.Known(true, link);
                }
            }
        }

        return Fact.Known(false, unit);
    }

    private static bool IsDependencyFolder(string name) =>
        name.EndsWith(".wants", StringComparison.Ordinal) || name.EndsWith(".requires", StringComparison.Ordinal) || name.EndsWith(".upholds", StringComparison.Ordinal);

    private static IEnumerable<string> RunLevelLinks(IMachine machine, IReadOnlyList<string> names)
    {
        foreach (var folder in new[] { "/etc/rc.d/rc3.d", "/etc/rc.d/rc5.d", "/etc/rc.d/rc2.d", "/etc/rc3.d", "/etc/rc5.d", "/etc/rc2.d", "/etc/init.d/rc3.d", "/etc/init.d/rc5.d" })
        {
            foreach (var link in machine.List(folder).Or([]))
            {
                if (link.Length > 3 && link[0] == 'S' && char.IsAsciiDigit(link[1]) && char.IsAsciiDigit(link[2]) && names.Contains(link[3..], StringComparer.Ordinal))
                    yield return $"{folder}/{link}";
            }
        }

        foreach (var level in new[] { "default", "boot", "sysinit" })
        {
            foreach (var name in names)
            {
                var link = $"/etc/runlevels/{level}/{name}";
                if (machine.Find(link, followLinks: false).IsKnown)
                    yield return link;
            }
        }
    }
}
