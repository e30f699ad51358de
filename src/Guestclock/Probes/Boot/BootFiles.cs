using Guestclock.Facts;
using Guestclock.Formats.Boot;
using Guestclock.Machines;

namespace Guestclock.Probes;

/// <summary>
/// Reads boot loader files once each, follows what they include, and keeps account of what was read and what could not be.
/// </summary>
internal sealed class BootFiles(IMachine machine)
{
    private const int MostFiles = 64;
    private const int MostNested = 4;

    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly List<string> _used = [];
    private readonly List<string> _unread = [];
    private readonly List<string> _remarks = [];
    private (FactState State, string Source, string Why)? _problem;

    public IMachine Machine => machine;

    /// <summary>Files that gave entries.</summary>
    public IReadOnlyList<string> Used => _used;

    public IReadOnlyList<string> Unread => _unread;

    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>The text of a file that is there and was not read under another name (links) before; null otherwise.</summary>
    public string? Read(string path)
    {
        if (_visited.Count >= MostFiles || !_visited.Add(path))
            return null;
        var fact = machine.ReadText(path);
        if (!fact.TryGet(out var text))
        {
            Failed(fact);
            return null;
        }

        return _texts.Add(text) ? text : null;
    }

    /// <summary>The names in a folder; what cannot be listed is remembered.</summary>
    public IReadOnlyList<string> List(string path)
    {
        var fact = machine.List(path);
        if (!fact.IsKnown)
            Failed(fact);
        return fact.Or([]);
    }

    public void Use(string path) => _used.Add(path);

    /// <summary>A loader's file with all that it includes, entries in order; null where the file is not there.</summary>
    /// <param name="resolve">The paths that an included name may mean, most likely first.</param>
    public IReadOnlyList<(string Path, LoaderFile File)> ReadAll(string path, Func<string, LoaderFile> parse, Func<string, string,
        IEnumerable<string>> resolve)
    {
        var all = new List<(string, LoaderFile)>();
        Add(path, 0);
        return all;

        void Add(string at, int depth)
        {
            if (depth > MostNested || Read(at) is not { } text)
                return;
            var parsed = Fact.Known(text, at).Then(parse);
            if (!parsed.TryGet(out var file))
            {
                Failed(parsed);
                return;
            }

            all.Add((at, file));
            if (file.Entries.Count > 0)
                Use(at);
            foreach (var remark in file.Remarks)
                _remarks.Add($"{at}: {remark}");
            foreach (var include in file.Includes)
            {
                foreach (var candidate in resolve(at, include))
                    Add(candidate, depth + 1);
            }
        }
    }

    /// <summary>Why there are no entries: a file that could not be read, else that there is none.</summary>
    public Fact<IReadOnlyList<BootEntry>> WhyNone(string missing)
    {
        if (_problem is { } problem)
            return Fact.Unknown<IReadOnlyList<BootEntry>>(problem.State, problem.Source, problem.Why);
        var boot = machine.List("/boot");
        return boot.State == FactState.NotRecorded
            ? Fact.Unknown<IReadOnlyList<BootEntry>>(FactState.NotRecorded, "/boot", boot.Why!)
            : Fact.Missing<IReadOnlyList<BootEntry>>("/boot", missing);
    }

    public static string Folder(string path) => path[..Math.Max(1, path.LastIndexOf('/'))];

    private void Failed(IFact fact)
    {
        if (fact.State is FactState.Missing or FactState.NotRecorded)
            return;
        _unread.Add($"{fact.Source}: {fact.Why}");
        _problem ??= (fact.State, fact.Source, fact.Why!);
    }
}
