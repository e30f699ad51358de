using Guestclock.Linux.Fixing.Calls;
using Guestclock.Linux.Fixing.Files;
using Guestclock.Linux.Fixing.Journals;

namespace Guestclock.Linux.Fixing.Undoing;

/// <summary>Puts one file or link back, where it is still as the run left it.</summary>
internal sealed class EntryUndo(FixRoot root, ChangeCalls calls, JournalStore store, Journal journal)
{
    private const uint FolderMode = 0x1ED;
    private readonly EntryWriter _writer = new(calls, journal.Tag);

    /// <summary>Null: it is back, or can be put back; else why it is left, a sentence.</summary>
    public string? WhyLeft(JournalStep step, JournalEntry entry)
    {
        var decision = Decide(step, entry);
        return decision.WhyLeft;
    }

    /// <summary>As <see cref="WhyLeft"/>, and does it.</summary>
    /// <exception cref="FixEngineException">It could not be written.</exception>
    public string? PutBack(JournalStep step, JournalEntry entry)
    {
        var (whyLeft, isDue, now) = Decide(step, entry);
        if (whyLeft is not null || !isDue)
            return whyLeft;
        var path = StepPath.Of(entry.Path);
        using var folder = entry.Before.Kind is null ? root.Find(path) : root.Make(path, calls, FolderMode);
        var content = entry.Content is null ? null : store.Content(journal, entry.Content, entry.Before.Sha256!);
        if (folder is not null)
            _writer.Put(folder, path.Name, entry.Before, content, now, withTimes: true);
        return null;
    }

    /// <summary>Removes what was being written beside it.</summary>
    public void RemoveBeside(JournalEntry entry)
    {
        var path = StepPath.Of(entry.Path);
        using var folder = root.FindQuietly(path);
        if (folder is not null)
            _writer.RemoveBeside(folder, path.Name);
    }

    private (string? WhyLeft, bool IsDue, EntryState Now) Decide(JournalStep step, JournalEntry entry)
    {
        // A program has not touched it.
        if (entry.Before.Equals(entry.After))
            return (null, false, entry.Before);
        Entry seen;
        try
        {
            seen = Look(entry.Path);
        }
        catch (FixEngineException e)
        {
            return (e.Message, false, EntryState.Absent);
        }

        // A program may write the same content with another mode; nothing else leaves the old content behind and changes the rest.
        var now = seen.State;
        if (step.Action is ProgramAction ? now.Equals(entry.Before) : now.HasContentOf(entry.Before))
            return (null, false, now);
        var isAsLeft = entry.After is null || now.HasContentOf(entry.After);
        return !isAsLeft && !journal.IsForced ? ($"{entry.Path} {Change(now, entry)} since the run", false, now)
            : seen.Obstacle is { } obstacle && !journal.IsForced ? (obstacle, false, now)
            : (null, true, now);
    }

    private static string Change(EntryState now, JournalEntry entry) =>
        now.Kind is null ? "was removed" : entry.After?.Kind is null ? "was made" : "was changed";

    private Entry Look(string path)
    {
        var parts = StepPath.Of(path);
        using var folder = root.Find(parts);
        return folder is null ? new(EntryState.Absent, null, null) : Entry.Look(folder, parts.Name);
    }
}
