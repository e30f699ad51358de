using Guestclock.Formats;

namespace Guestclock.Fixes.Services;

/// <summary>What a unit says of how it is enabled: its [Install] section with those of its drop-ins (systemd.unit(5)).</summary>
/// <param name="Name">With its suffix; of an instance that of the instance: <c>phc2sys@eth0.service</c>.</param>
/// <param name="File">The file that defines it, as links point to it; that of the template for an instance.</param>
internal sealed record InstallSection(string Name, string File)
{
    public const string Own = "/etc/systemd/system";

    private const int MostAliases = 8;

    public bool IsMasked { get; private init; }

    public IReadOnlyList<string> WantedBy { get; private init; } = [];

    public IReadOnlyList<string> RequiredBy { get; private init; } = [];

    public IReadOnlyList<string> UpheldBy { get; private init; } = [];

    public IReadOnlyList<string> Alias { get; private init; } = [];

    public IReadOnlyList<string> Also { get; private init; } = [];

    public string? DefaultInstance { get; private init; }

    public bool IsEmpty => WantedBy.Count + RequiredBy.Count + UpheldBy.Count + Alias.Count + Also.Count == 0;

    /// <summary>The unit of a name; that of the unit itself where the name is an alias. Null where there is none.</summary>
    /// <param name="name">With or without <c>.service</c>.</param>
    public static InstallSection? Find(Draft files, string name)
    {
        name = IsName(name) ? name : name + ".service";
        for (var i = 0; i < MostAliases; i++)
        {
            if (!IsName(name))
                throw new FixRefusedException($"'{name}' is no name of a unit");
            if (Place(files, name) is not { } found)
                return null;
            var (file, real) = (found, files.Resolve(found));
            if (real == "/dev/null" || files.Read(real) is { Length: 0 })
                return new(name, file) { IsMasked = true };
            var last = Last(real);
            if (last == name || last == TemplateOf(name))
                return Read(files, name, files.Link(file) is null ? file : real);
            name = TemplateOf(last) == last && InstanceOf(name) is { Length: > 0 } instance ? last.Replace("@.", $"@{instance}.", StringComparison.Ordinal) : last;
        }

        throw new FixRefusedException($"the unit {name} is an alias of an alias of an alias");
    }

    /// <summary>What stands between '@' and the suffix; empty for a template, null for a unit that is neither.</summary>
    public static string? InstanceOf(string name)
    {
        var at = name.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? null : name[(at + 1)..name.LastIndexOf('.')];
    }

    /// <summary>The template of an instance; null for a unit that is none.</summary>
    public static string? TemplateOf(string name) =>
        InstanceOf(name) is null ? null : name[..(name.IndexOf('@', StringComparison.Ordinal) + 1)] + name[name.LastIndexOf('.')..];

    /// <summary>A name without folders, of a type that systemd has: what a hostile image may not lead astray.</summary>
    public static bool IsName(string name) => name.Length is > 2 and < 256 && name[0] is not ('.' or '@')
        && name.All(c => char.IsAsciiLetterOrDigit(c) || ":-_.\\@".Contains(c, StringComparison.Ordinal))
        && name[(name.LastIndexOf('.') + 1)..] is "service" or "socket" or "timer" or "target" or "path" or "mount" or "device" or "slice" or "scope" or "automount" or "swap";

    private static string? Place(Draft files, string name)
    {
        foreach (var candidate in new[] { name, TemplateOf(name) }.OfType<string>().Distinct())
        {
            foreach (var folder in UnitFolders.Of(files))
            {
                if (files.Exists($"{folder}/{candidate}"))
                    return $"{folder}/{candidate}";
            }
        }

        return null;
    }

    private static InstallSection Read(Draft files, string name, string file)
    {
        var lists = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        string? instance = null;
        foreach (var part in UnitFolders.DropIns(files, name).Prepend(file))
        {
            foreach (var entry in IniFile.Parse(files.Text(part) ?? "").Where(e => e.Section == "Install"))
            {
                if (entry.Key == "DefaultInstance")
                    instance = entry.Value;
                var list = lists.TryGetValue(entry.Key, out var there) ? there : lists[entry.Key] = [];
                if (entry.Value.Length == 0)
                    list.Clear();
                list.AddRange(entry.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            }
        }

        IReadOnlyList<string> Of(string key) => lists.TryGetValue(key, out var list) ? list : [];
        return new(name, file)
        {
            WantedBy = Of("WantedBy"),
            RequiredBy = Of("RequiredBy"),
            UpheldBy = Of("UpheldBy"),
            Alias = Of("Alias"),
            Also = Of("Also"),
            DefaultInstance = instance,
        };
    }

    private static string Last(string path) => path[(path.LastIndexOf('/') + 1)..];
}
