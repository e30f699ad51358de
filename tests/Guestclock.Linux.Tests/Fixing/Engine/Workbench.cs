using System.Text;
using Guestclock.Fixes;
using Guestclock.Fixes.Runs;
using Guestclock.Fixes.Steps;
using Guestclock.Linux.Fixing;
using Guestclock.Linux.Fixing.Calls;
using Guestclock.Linux.Fixing.Files;
using Guestclock.Linux.Fixing.Programs;

namespace Guestclock.Linux.Tests.Fixing.Engine;

/// <summary>A tree to be changed, in memory where there is such a place, and what it is like, all but journals.</summary>
public sealed class Workbench : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 13, 32, 5, TimeSpan.Zero);

    public Workbench() => Tree = Directory.Exists("/dev/shm") ? new("/dev/shm") : new();

    public TempTree Tree { get; }

    /// <summary>The directory counts as the running machine.</summary>
    public bool IsLive { get; init; }

    internal IDomainDefinitions Definitions { get; init; } = new DomainDefinitions();

    public static Plan Plan(params FixStep[] steps) => new(steps, [], []);

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    public static FileStep Replace(string path, string before, string after) => new(path, Bytes(before), Bytes(after));

    public static FileStep Create(string path, string after) => new(path, null, Bytes(after));

    public FixEngine Engine(Faults? faults = null) =>
        FixEngine.Open(Tree.Root, new FixEngineOptions { IsLive = IsLive, Definitions = Definitions, Calls = faults?.ToCalls() ?? new ChangeCalls() });

    public RunRecord Apply(Plan plan, Faults? faults = null)
    {
        using var engine = Engine(faults);
        return engine.Apply(plan, "0.1.0", Now, null, CancellationToken.None);
    }

    public RunRecord RollBack(string? id = null, bool force = false, Faults? faults = null)
    {
        using var engine = Engine(faults);
        return engine.RollBack(id, force, null, CancellationToken.None);
    }

    public RunRecord? Recover(Faults? faults = null)
    {
        using var engine = Engine(faults);
        return engine.Recover();
    }

    public IReadOnlyList<RunRecord> Runs()
    {
        using var engine = Engine();
        return engine.Runs();
    }

    public string Text(string path) => Encoding.Latin1.GetString(File.ReadAllBytes(Tree.At(path)));

    /// <summary>Every name below the root but those of /var, each with all that a rollback puts back; of folders only that they are there.</summary>
    internal SortedDictionary<string, EntryState> States()
    {
        var states = new SortedDictionary<string, EntryState>(StringComparer.Ordinal);
        using var root = FixRoot.Open(Tree.Root, isLive: false);
        foreach (var path in Directory.EnumerateFileSystemEntries(Tree.Root, "*", SearchOption.AllDirectories))
        {
            var name = path[Tree.Root.Length..];
            if (name.StartsWith("/var", StringComparison.Ordinal))
                continue;
            var isFolder = new FileInfo(path) is { LinkTarget: null } info && info.Attributes.HasFlag(FileAttributes.Directory);
            using var folder = root.Find(StepPath.Of(name));
            states[name] = isFolder ? EntryState.Absent : Entry.Look(folder!, StepPath.Of(name).Name).State;
        }

        return states;
    }

    /// <summary>Names that only a run which was cut short leaves.</summary>
    public IEnumerable<string> Leftovers() => Directory.EnumerateFileSystemEntries(Tree.Root, "*", SearchOption.AllDirectories)
        .Where(p => Path.GetFileName(p) is var n && (n.Contains(".guestclock-", StringComparison.Ordinal) || n.StartsWith(".new-", StringComparison.Ordinal) || n.EndsWith(".new", StringComparison.Ordinal)));

    /// <summary>Without a program: there are thousands of benches.</summary>
    public void Dispose() => Directory.Delete(Tree.Root, recursive: true);
}
