using Guestclock.Fixes.Steps;
using Guestclock.Linux.Fixing.Calls;
using Guestclock.Linux.Fixing.Files;
using Guestclock.Linux.Fixing.Journals;
using Guestclock.Linux.Fixing.Programs;

namespace Guestclock.Linux.Fixing.Applying;

/// <summary>Performs one step.</summary>
internal sealed class StepPerformer(Workshop workshop, Journal journal)
{
    private const uint FolderMode = 0x1ED;
    private readonly EntryWriter _writer = new(workshop.Calls, journal.Tag);

    /// <summary>The last step may have changed something, whether it ended well or not.</summary>
    public bool HasChanged { get; private set; }

    /// <exception cref="FixEngineException">It failed.</exception>
    public void Perform(FixStep step, int index)
    {
        HasChanged = false;
        var prepared = journal.Steps[index];
        switch (step)
        {
            case FileStep file:
                Put(prepared.Entries[0], file.After, file.Like);
                break;
            case LinkStep:
                Put(prepared.Entries[0], null);
                break;
            case ValueStep value:
                if (workshop.Values.Read(value.Path) is var now && now != value.Before)
                    throw new FixEngineException($"it is '{now}' now, and was '{value.Before}' when the plan was made");
                HasChanged = true;
                workshop.Values.Write(value.Path, value.After);
                break;
            case ModuleStep module:
                HasChanged = true;
                workshop.Programs.Run(journal, index, Modules.Program, [module.Name], Modules.LimitS);
                break;
            case ProgramStep program:
                HasChanged = true;
                workshop.Programs.Run(journal, index, program.Program, program.Arguments, program.LimitS);
                LookAtWritten(prepared, (ProgramAction)prepared.Action!);
                break;
            case DomainStep domain:
                Define(domain, prepared);
                break;
        }
    }

    /// <param name="like">The file whose details a new one gets.</param>
    private void Put(JournalEntry entry, byte[]? content, string? like = null)
    {
        var details = entry.Before.Details ?? (like is null ? null : Look(like).Details);
        var wanted = entry.After! with { Details = entry.After!.Kind is null ? null : details };
        var path = StepPath.Of(entry.Path);
        if (wanted.Kind is not null && !IsThere(path))
            HasChanged = true;
        using var folder = wanted.Kind is null ? Found(path) : workshop.Root.Make(path, workshop.Calls, FolderMode);
        if (Entry.Look(folder, path.Name).Obstacle is { } obstacle)
            throw new FixEngineException(obstacle);
        _writer.Put(folder, path.Name, wanted, content, entry.Before, withTimes: false, () => HasChanged = true);
    }

    private bool IsThere(StepPath path)
    {
        using var folder = workshop.Root.Find(path);
        return folder is not null;
    }

    private Folder Found(StepPath path) => workshop.Root.Find(path) ?? throw new FixEngineException($"{path.Folder} is gone since the plan was made");

    /// <summary>As the program has left its files, so that a rollback sees whether somebody else changes them later.</summary>
    private void LookAtWritten(JournalStep prepared, ProgramAction action)
    {
        var entries = prepared.Entries;
        for (var i = 0; i < entries.Count; i++)
            entries[i] = entries[i] with { After = Look(entries[i].Path) };
        var known = entries.Select(e => e.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var folder in action.Folders)
        {
            foreach (var path in FilePreflight.Names(workshop.Root, folder).Select(n => $"{folder}/{n}").Where(known.Add))
                entries.Add(new(path, EntryState.Absent, null, Look(path)));
        }
    }

    private EntryState Look(string path)
    {
        var parts = StepPath.Of(path);
        using var folder = workshop.Root.Find(parts);
        return folder is null ? EntryState.Absent : Entry.Look(folder, parts.Name).State;
    }

    private void Define(DomainStep domain, JournalStep prepared)
    {
        var action = (DomainAction)prepared.Action!;
        if (DomainChanger.Hash(workshop.Domains.Read(domain.Uri, domain.Name)) != action.BeforeSha256)
            throw new FixEngineException("its definition has changed since the plan was made");
        HasChanged = true;
        prepared.Action = action with { AfterSha256 = workshop.Domains.Replace(domain.Uri, domain.Name, domain.Before, domain.After) };
    }
}
