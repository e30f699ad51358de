using System.Text;
using Guestclock.Facts;
using Guestclock.Machines;

namespace Guestclock.Testing;

/// <summary>A machine in memory. What was not set is missing, as on a running machine, or not recorded when <see cref="Absent"/> says so.</summary>
public sealed class MemoryMachine : IMachine
{
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EntryKind> _special = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Fact<byte[]>> _answers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (FactState State, string Why)> _states = new(StringComparer.Ordinal);

    public bool IsLive { get; init; } = true;

    /// <summary>The state of what was not set.</summary>
    public FactState Absent { get; init; } = FactState.Missing;

    public MemoryMachine File(string path, string text) => File(path, Encoding.UTF8.GetBytes(text));

    public MemoryMachine File(string path, byte[] bytes)
    {
        _files[path] = bytes;
        return this;
    }

    public MemoryMachine Link(string path, string target)
    {
        _links[path] = target;
        return this;
    }

    /// <summary>A device, FIFO, socket or empty directory.</summary>
    public MemoryMachine Special(string path, EntryKind kind)
    {
        _special[path] = kind;
        return this;
    }

    public MemoryMachine State(string path, FactState state, string why)
    {
        _states[path] = (state, why);
        return this;
    }

    public MemoryMachine Answer(string name, string text) => Answer(name, Encoding.UTF8.GetBytes(text));

    public MemoryMachine Answer(string name, byte[] bytes)
    {
        _answers[name] = Fact.Known(bytes, name);
        return this;
    }

    public MemoryMachine NoAnswer(string name, FactState state, string why)
    {
        _answers[name] = Fact.Unknown<byte[]>(state, name, why);
        return this;
    }

    public Fact<byte[]> Read(string path, int limitBytes = MachineLimits.FileBytes)
    {
        if (Resolve(path) is not { } at)
            return No<byte[]>(path);
        if (_states.TryGetValue(at, out var s))
            return Fact.Unknown<byte[]>(s.State, path, s.Why);
        if (!_files.TryGetValue(at, out var bytes))
            return No<byte[]>(path);
        return bytes.Length > limitBytes
            ? Fact.Unknown<byte[]>(FactState.Malformed, path, $"larger than {limitBytes} bytes")
            : Fact.Known(bytes, path);
    }

    public Fact<IReadOnlyList<string>> List(string path)
    {
        var at = (Resolve(path) ?? path).TrimEnd('/') + "/";
        if (_states.TryGetValue(at.TrimEnd('/'), out var s))
            return Fact.Unknown<IReadOnlyList<string>>(s.State, path, s.Why);
        var names = _files.Keys.Concat(_links.Keys).Concat(_special.Keys).Where(p => p.StartsWith(at, StringComparison.Ordinal))
            .Select(p => p[at.Length..].Split('/')[0]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return names.Count > 0 || _special.GetValueOrDefault(at.TrimEnd('/'), EntryKind.File) == EntryKind.Directory
            ? Fact.Known<IReadOnlyList<string>>(names, path) : No<IReadOnlyList<string>>(path);
    }

    public Fact<EntryKind> Find(string path, bool followLinks = true)
    {
        if (!followLinks && _links.ContainsKey(path))
            return Fact.Known(EntryKind.Link, path);
        var at = Resolve(path);
        if (at is null)
            return No<EntryKind>(path);
        if (_files.ContainsKey(at) || _states.ContainsKey(at))
            return Fact.Known(EntryKind.File, path);
        if (_special.TryGetValue(at, out var kind))
            return Fact.Known(kind, path);
        return List(at).IsKnown ? Fact.Known(EntryKind.Directory, path) : No<EntryKind>(path);
    }

    public Fact<string> ReadLink(string path) => _links.TryGetValue(path, out var target) ? Fact.Known(target, path) : No<string>(path);

    public Fact<byte[]> Ask(Question question) => _answers.TryGetValue(question.Name, out var answer) ? answer : No<byte[]>(question.Name);

    private Fact<T> No<T>(string path) =>
        Fact.Unknown<T>(Absent, path, Absent == FactState.NotRecorded ? "not recorded" : "no such file or directory");

    private string? Resolve(string path)
    {
        for (var i = 0; i <= MachineLimits.Links; i++)
        {
            var link = _links.Keys.FirstOrDefault(l => path == l || path.StartsWith(l + "/", StringComparison.Ordinal));
            if (link is null)
                return path;
            var target = _links[link];
            var full = target.StartsWith('/') ? target : link[..link.LastIndexOf('/')] + "/" + target;
            path = Normalise(full + path[link.Length..]);
        }

        return null;
    }

    private static string Normalise(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("." or ".."))
                parts.Add(part);
        }

        return "/" + string.Join('/', parts);
    }
}
