using System.Globalization;
using Guestclock.Formats;
using Guestclock.Linux.Fixing.Calls;
using Guestclock.Linux.Fixing.Files;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Fixing.Journals;

/// <summary>The journals of a root, one folder each. One that is being written is <c>.new-ID</c> until all of it is on disk.</summary>
internal sealed class JournalStore(Folder folder, ChangeCalls calls) : IDisposable
{
    private const string FileName = "journal.json";
    private const string NewFileName = "journal.json.new";
    private const string Unfinished = ".new-";
    private const int MostBytes = 16 << 20;
    private const uint PrivateFolder = 0x1C0;
    private const uint PrivateFile = 0x180;

    public Folder Folder => folder;

    /// <summary>All that can be read, the newest first; and a sentence for each that cannot.</summary>
    public (List<Journal> Journals, List<string> Damaged) Read()
    {
        var (journals, damaged) = (new List<Journal>(), new List<string>());
        foreach (var id in Names().Where(IsId))
        {
            try
            {
                journals.Add(Read(id));
            }
            catch (MalformedInputException e)
            {
                damaged.Add($"the journal of run {id} is damaged ({e.Message}); nothing of it was touched: docs/fixing.md says how to undo it by hand, "
                    + $"then move {folder.At(id)} away");
            }
        }

        journals.Sort((a, b) => b.Sequence.CompareTo(a.Sequence));
        return (journals, damaged);
    }

    /// <summary>An id that no run has: of the instant, in UTC, with a number behind where it is taken.</summary>
    public string FreeId(DateTimeOffset now)
    {
        var names = Names().ToHashSet(StringComparer.Ordinal);
        var first = now.ToUniversalTime().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return Enumerable.Range(1, names.Count + 1).Select(n => n == 1 ? first : $"{first}-{n}").First(id => !names.Contains(id));
    }

    /// <summary>Puts a new journal on disk with all that it keeps: there afterwards, or not at all.</summary>
    /// <param name="contents">By their names.</param>
    public void Begin(Journal journal, IReadOnlyDictionary<string, byte[]> contents)
    {
        var name = Unfinished + journal.Id;
        using (var made = FixRoot.Make(folder, name, calls, PrivateFolder))
        {
            foreach (var (file, bytes) in contents)
                Write(made, file, bytes);
            Write(made, FileName, JournalWriter.Write(journal));
            calls.Sync(made);
        }

        calls.Rename(folder, name, journal.Id);
        calls.Sync(folder);
    }

    /// <summary>Writes down how a run stands.</summary>
    public void Save(Journal journal)
    {
        using var own = Open(journal.Id);
        if (FileStatus.Get(own.Descriptor, NewFileName, followLinks: false, out _) != Errno.NoEntry)
            calls.Remove(own, NewFileName);
        Write(own, NewFileName, JournalWriter.Write(journal));
        calls.Rename(own, NewFileName, FileName);
        calls.Sync(own);
    }

    /// <summary>What a run keeps.</summary>
    /// <exception cref="FixEngineException">It is not what was kept.</exception>
    public byte[] Content(Journal journal, string name, string sha256)
    {
        using var own = Open(journal.Id);
        var fact = RegularFile.Read(own.Descriptor, name, Entry.MostBytes, own.At(name), followLinks: false);
        if (!fact.TryGet(out var bytes))
            throw new FixEngineException($"the old content, {own.At(name)}, cannot be read: {fact.Why}");
        return Sha256.Of(bytes) == sha256 ? bytes : throw new FixEngineException($"the old content, {own.At(name)}, is damaged");
    }

    /// <summary>A file of a run that a program holds locked while it runs.</summary>
    public int OpenProgramLock(Journal journal, int step)
    {
        using var own = Open(journal.Id);
        return RunLock.Open(own, $"program-{step}", calls);
    }

    /// <summary>As the other, where it is there already; negative where it is not.</summary>
    public int FindProgramLock(Journal journal, int step)
    {
        using var own = Open(journal.Id);
        return LibC.OpenAt(own.Descriptor, $"program-{step}", OpenFlags.Read | OpenFlags.NoFollow);
    }

    public bool HasUnfinished() => Names().Any(IsUnfinished);

    /// <summary>Removes journals that were never whole: nothing was changed by their runs.</summary>
    public void RemoveUnfinished()
    {
        foreach (var name in Names().Where(IsUnfinished))
        {
            using (var own = FixRoot.Open(folder, name))
            {
                if (own is null)
                    continue;
                foreach (var file in Names(own))
                    calls.Remove(own, file);
            }

            calls.RemoveFolder(folder, name);
            calls.Sync(folder);
        }
    }

    public void Dispose() => folder.Dispose();

    private static bool IsId(string name) => name.Length >= 15 && name.All(c => char.IsAsciiDigit(c) || c == '-');

    private static bool IsUnfinished(string name) => name.StartsWith(Unfinished, StringComparison.Ordinal);

    private Journal Read(string id)
    {
        using var own = Open(id);
        var fact = RegularFile.Read(own.Descriptor, FileName, MostBytes, own.At(FileName), followLinks: false);
        var journal = JournalReader.Read(fact.TryGet(out var bytes) ? bytes : throw new MalformedInputException($"{FileName}: {fact.Why}"));
        return journal.Id == id ? journal : throw new MalformedInputException($"it is that of run {journal.Id}");
    }

    private Folder Open(string id) => FixRoot.Open(folder, id) ?? throw new FixEngineException($"there is no run {id}");

    private void Write(Folder own, string name, byte[] bytes)
    {
        var descriptor = calls.Create(own, name, PrivateFile);
        try
        {
            calls.Write(descriptor, bytes, own.At(name));
            calls.Sync(descriptor, own.At(name));
        }
        finally
        {
            _ = LibC.Close(descriptor);
        }
    }

    private IReadOnlyList<string> Names() => Names(folder);

    private static IReadOnlyList<string> Names(Folder of)
    {
        var fact = DirectoryNames.List(of.Descriptor, ".", of.Path);
        return fact.TryGet(out var names) ? names : throw new FixEngineException($"{of.Path} cannot be listed: {fact.Why}");
    }
}
