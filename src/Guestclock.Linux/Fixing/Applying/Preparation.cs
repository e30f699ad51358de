using Guestclock.Linux.Fixing.Files;
using Guestclock.Linux.Fixing.Journals;

namespace Guestclock.Linux.Fixing.Applying;

/// <summary>What a journal holds before its run begins.</summary>
internal sealed class Preparation
{
    /// <summary>All that a run keeps.</summary>
    private const long MostBytes = 512 << 20;

    private readonly Dictionary<string, byte[]> _contents = new(StringComparer.Ordinal);
    private readonly List<string> _folders = [];
    private readonly List<JournalStep> _steps = [];

    public IReadOnlyDictionary<string, byte[]> Contents => _contents;

    public IReadOnlyList<string> Folders => _folders;

    public IReadOnlyList<JournalStep> Steps => _steps;

    public long ContentBytes { get; private set; }

    public void Add(JournalStep step) => _steps.Add(step);

    /// <summary>Folders that the run will make; returns how many were not among them yet.</summary>
    public int Make(IEnumerable<string> folders)
    {
        var known = _folders.Count;
        _folders.AddRange(folders.Where(f => !_folders.Contains(f, StringComparer.Ordinal)));
        return _folders.Count - known;
    }

    public JournalEntry Entry(string path, Entry before, EntryState? after) =>
        new(path, before.State, before.Content is null ? null : Keep(before.Content), after);

    /// <summary>Keeps bytes, and returns the name of the file that holds them.</summary>
    /// <exception cref="FixEngineException">It would be too much.</exception>
    public string Keep(byte[] content)
    {
        ContentBytes += content.Length;
        if (ContentBytes > MostBytes)
            throw new FixEngineException($"more than {MostBytes >> 20} MiB would have to be kept for a rollback");
        var name = $"old-{_contents.Count}";
        _contents[name] = content;
        return name;
    }
}
