using System.Text;
using Guestclock.Facts;
using Guestclock.Fixes.Steps;
using Guestclock.Machines;

namespace Guestclock.Fixes;

/// <summary>
/// The files of a machine as they will be after the steps so far: a later repair of the same file sees the earlier one. Text is Latin-1, a byte
/// a character, so that what is not understood is kept byte for byte.
/// </summary>
public sealed class Draft
{
    private readonly IMachine _machine;
    private readonly Dictionary<string, byte[]> _files;
    private readonly Dictionary<string, string?> _links;
    private readonly Dictionary<string, string> _domains;

    public Draft(IMachine machine)
        : this(machine, new(StringComparer.Ordinal), new(StringComparer.Ordinal), new(StringComparer.Ordinal))
    {
    }

    private Draft(IMachine machine, Dictionary<string, byte[]> files, Dictionary<string, string?> links, Dictionary<string, string> domains) =>
        (_machine, _files, _links, _domains) = (machine, files, links, domains);

    /// <summary>One that goes on from here without changing this one.</summary>
    public Draft Copy() =>
        new(_machine, new(_files, StringComparer.Ordinal), new(_links, StringComparer.Ordinal), new(_domains, StringComparer.Ordinal));

    /// <summary>The content of a file; null where there is none.</summary>
    /// <exception cref="FixRefusedException">It is there but cannot be read, or is no regular file.</exception>
    public byte[]? Read(string path)
    {
        var resolved = Resolve(path);
        if (_files.TryGetValue(resolved, out var drafted))
            return drafted;
        var fact = _machine.Read(resolved);
        return fact.IsKnown ? fact.Value
            : fact.State is FactState.Missing or FactState.NotRecorded ? null
            : throw new FixRefusedException($"{path} cannot be read: {fact.Why}");
    }

    /// <summary>The content as text of Latin-1; null where there is no file.</summary>
    /// <exception cref="FixRefusedException">As <see cref="Read"/>.</exception>
    public string? Text(string path) => Read(path) is { } bytes ? Encoding.Latin1.GetString(bytes) : null;

    /// <summary>The persistent definition of a domain of the running libvirt (<c>qemu:///system</c>), secrets included.</summary>
    /// <exception cref="FixRefusedException">libvirt does not give it, or it is no text.</exception>
    public string Domain(string name)
    {
        if (_domains.TryGetValue(name, out var drafted))
            return drafted;
        var fact = _machine.Ask(new(Questions.LibvirtDefinitionPrefix + name));
        if (!fact.TryGet(out var bytes))
            throw new FixRefusedException($"libvirt does not give the definition of {name}: {fact.Why}");
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (ArgumentException e)
        {
            throw new FixRefusedException($"the definition of {name} is not UTF-8", e);
        }
    }

    /// <summary>The text of a symbolic link; null where none stands there.</summary>
    public string? Link(string path)
    {
        var place = Place(path);
        return _links.TryGetValue(place, out var drafted) ? drafted : _machine.ReadLink(place).Or(null!);
    }

    /// <summary>Whether a file, link or directory stands there (a link itself is not followed).</summary>
    public bool Exists(string path)
    {
        var place = Place(path);
        return _links.TryGetValue(place, out var link) ? link is not null : _files.ContainsKey(place) || _machine.Find(place, followLinks: false).IsKnown;
    }

    /// <summary>Whether one of the steps so far writes this file.</summary>
    public bool IsChanged(string path) => _files.ContainsKey(Resolve(path));

    public bool IsDirectory(string path) => _machine.Find(path).Is(k => k == EntryKind.Directory);

    /// <summary>The names in a directory, sorted; empty where there is none.</summary>
    public IReadOnlyList<string> List(string folder)
    {
        var resolved = Resolve(folder).TrimEnd('/');
        var names = new SortedSet<string>(_machine.List(resolved).Or([]), StringComparer.Ordinal);
        names.UnionWith(Below(_files.Keys, resolved));
        names.UnionWith(Below(_links.Where(l => l.Value is not null).Select(l => l.Key), resolved));
        names.ExceptWith(_links.Where(l => l.Value is null && l.Key.StartsWith(resolved + "/", StringComparison.Ordinal)).Select(l => l.Key[(resolved.Length + 1)..]));
        return [.. names];
    }

    /// <summary>The path with every symbolic link followed, inside the root; what does not exist stays as it is written.</summary>
    /// <exception cref="FixRefusedException">Links lead in a circle.</exception>
    public string Resolve(string path) => Walk(path, followLast: true);

    /// <summary>The path with the links of its folders followed, but not the last name.</summary>
    /// <exception cref="FixRefusedException">Links lead in a circle.</exception>
    public string Place(string path) => Walk(path, followLast: false);

    /// <summary>Whether a step so far changed what stands at a path, or below it, or a link on the way to it.</summary>
    public bool Touches(string path)
    {
        if (_files.Count + _links.Count == 0)
            return false;
        var (place, resolved) = (Place(path), Resolve(path));
        return _files.Keys.Concat(_links.Keys).Any(p => IsAtOrBelow(p, place) || IsAtOrBelow(p, resolved) || IsAtOrBelow(path, p));
    }

    private static bool IsAtOrBelow(string path, string folder) =>
        folder is "/" || (path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/'));

    internal void Put(FixStep step)
    {
        if (step is FileStep file)
            _files[file.Path] = file.After;
        else if (step is LinkStep link)
            _links[link.Path] = link.After;
        else if (step is DomainStep domain)
            _domains[domain.Name] = domain.After;
    }

    /// <summary>The names in a folder on the way to paths, folders that do not exist yet among them.</summary>
    private static IEnumerable<string> Below(IEnumerable<string> paths, string folder) =>
        paths.Where(p => p.StartsWith(folder + "/", StringComparison.Ordinal)).Select(p => p[(folder.Length + 1)..].Split('/')[0]);

    private string Walk(string path, bool followLast)
    {
        var ahead = new Stack<string>(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        var done = new List<string>();
        var links = 0;
        while (ahead.TryPop(out var name))
        {
            if (name == ".")
                continue;
            if (name == "..")
            {
                if (done.Count > 0)
                    done.RemoveAt(done.Count - 1);
                continue;
            }

            var here = "/" + string.Join('/', [.. done, name]);
            var target = ahead.Count > 0 || followLast ? _links.TryGetValue(here, out var drafted) ? drafted : _machine.ReadLink(here).Or(null!) : null;
            if (target is null)
            {
                done.Add(name);
                continue;
            }

            if (++links > MachineLimits.Links)
                throw new FixRefusedException($"{path} leads through too many symbolic links");
            if (target.StartsWith('/'))
                done.Clear();
            foreach (var part in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
                ahead.Push(part);
        }

        return "/" + string.Join('/', done);
    }
}
