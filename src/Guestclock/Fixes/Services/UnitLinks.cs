using System.Text;

namespace Guestclock.Fixes.Services;

/// <summary>The links that <c>systemctl enable</c> makes of [Install] sections, and that <c>systemctl disable</c> takes away (systemctl(1)).</summary>
internal static class UnitLinks
{
    private const int MostUnits = 32;

    private static readonly string[] VendorFolders = ["/usr/lib/systemd/system", "/lib/systemd/system"];

    /// <exception cref="FixRefusedException">The unit is masked, or has no [Install] section.</exception>
    public static void Enable(FixContext context, InstallSection unit, string why)
    {
        if (unit.IsMasked)
            throw new FixRefusedException($"{unit.Name} is masked: somebody wanted that it never starts; if that no longer holds: systemctl unmask {unit.Name}");
        if (unit.IsEmpty)
            throw new FixRefusedException($"{unit.Name} has no [Install] section: something else starts it, and it cannot be enabled");
        foreach (var one in WithAlso(context.Files, unit))
        {
            foreach (var (path, target) in Links(one))
            {
                // In a target's folder the name counts, wherever a link leads; an alias that is taken is another unit's (systemctl refuses it).
                if (context.Files.Link(path) is null)
                    context.Link(path, target, why);
            }
        }
    }

    /// <summary>Every link below the administrator's folder that leads to the unit or has its name, its aliases' and those of its Also= units.</summary>
    public static void Disable(FixContext context, InstallSection unit, string why)
    {
        var files = context.Files;
        var all = WithAlso(files, unit).ToList();
        var names = all.Select(u => u.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var path in Below(files))
        {
            var target = files.Link(path);
            if (target is null or "/dev/null" || !(names.Contains(Last(path)) || names.Contains(Last(target))))
                continue;
            // A unit file that is itself a link stays: it is defined by it.
            if (Last(path) == Last(target) && !path[InstallSection.Own.Length..].TrimStart('/').Contains('/', StringComparison.Ordinal))
                continue;
            context.Link(path, null, why);
        }

        foreach (var one in all.Where(u => IsWantedByVendor(files, u.Name)))
            context.Link($"{InstallSection.Own}/{one.Name}", "/dev/null", why);
    }

    private static IEnumerable<InstallSection> WithAlso(Draft files, InstallSection unit)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        var ahead = new Queue<InstallSection>([unit]);
        while (ahead.TryDequeue(out var one) && done.Count < MostUnits)
        {
            if (!done.Add(one.Name) || one.IsMasked)
                continue;
            yield return one;
            foreach (var name in one.Also.Select(a => Expand(a, one.Name)))
            {
                if (InstallSection.IsName(name) && InstallSection.Find(files, name) is { } other)
                    ahead.Enqueue(other);
            }
        }
    }

    private static IEnumerable<(string Path, string Target)> Links(InstallSection unit)
    {
        var name = unit.Name;
        if (InstallSection.InstanceOf(name) is { Length: 0 } && unit.DefaultInstance is { Length: > 0 } instance)
            name = name.Replace("@.", $"@{instance}.", StringComparison.Ordinal);
        foreach (var (list, suffix) in new[] { (unit.WantedBy, "wants"), (unit.RequiredBy, "requires"), (unit.UpheldBy, "upholds") })
        {
            foreach (var by in list.Select(b => Expand(b, name)).Distinct(StringComparer.Ordinal))
            {
                if (!InstallSection.IsName(by))
                    throw new FixRefusedException($"{unit.File} is wanted by '{by}', which is no name of a unit");
                if (InstallSection.InstanceOf(name) is { Length: 0 } && InstallSection.InstanceOf(by) is not { Length: 0 })
                    throw new FixRefusedException($"{unit.Name} is a template: name the instance that is to start");
                yield return ($"{InstallSection.Own}/{by}.{suffix}/{name}", unit.File);
            }
        }

        foreach (var alias in unit.Alias.Select(a => Expand(a, name)).Where(a => InstallSection.IsName(a) && a != unit.Name))
            yield return ($"{InstallSection.Own}/{alias}", unit.File);
    }

    /// <summary>The specifiers that [Install] sections use: %n %N %p %i %j %% (systemd.unit(5)).</summary>
    private static string Expand(string text, string name)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
            return text;
        var stem = name[..name.LastIndexOf('.')];
        var at = stem.IndexOf('@', StringComparison.Ordinal);
        var expanded = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%' || i + 1 == text.Length)
            {
                expanded.Append(text[i]);
                continue;
            }

            expanded.Append(text[++i] switch
            {
                'n' => name,
                'N' => stem,
                'p' => at < 0 ? stem : stem[..at],
                'i' => at < 0 ? "" : stem[(at + 1)..],
                'j' => stem[..(at < 0 ? stem.Length : at)] is var prefix ? prefix[(prefix.LastIndexOf('-') + 1)..] : "",
                '%' => "%",
                var other => throw new FixRefusedException($"the [Install] section of {name} holds %{other}, which is not followed here"),
            });
        }

        return expanded.ToString();
    }

    private static bool IsWantedByVendor(Draft files, string name) =>
        VendorFolders.Any(root => files.List(root)
            .Where(IsDependencyFolder).Any(folder => files.Exists($"{root}/{folder}/{name}")));

    private static IEnumerable<string> Below(Draft files)
    {
        foreach (var name in files.List(InstallSection.Own))
        {
            var path = $"{InstallSection.Own}/{name}";
            if (files.Link(path) is not null)
                yield return path;
            else if (IsDependencyFolder(name))
            {
                foreach (var link in files.List(path))
                    yield return $"{path}/{link}";
            }
        }
    }

    private static bool IsDependencyFolder(string name) =>
        name.EndsWith(".wants", StringComparison.Ordinal) || name.EndsWith(".requires", StringComparison.Ordinal) || name.EndsWith(".upholds", StringComparison.Ordinal);

    private static string Last(string path) => path[(path.LastIndexOf('/') + 1)..];
}
