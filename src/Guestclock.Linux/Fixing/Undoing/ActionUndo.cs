using System.Text;
using Guestclock.Linux.Fixing.Journals;
using Guestclock.Linux.Fixing.Programs;

namespace Guestclock.Linux.Fixing.Undoing;

/// <summary>Undoes what a step did besides files.</summary>
internal sealed class ActionUndo(Workshop workshop, Journal journal)
{
    /// <summary>Null: it is undone, or can be; else why it is left.</summary>
    /// <param name="isPreview">Nothing is changed.</param>
    public string? Run(JournalAction action, int step, bool isPreview)
    {
        try
        {
            return action switch
            {
                ProgramAction program => Run(program, step, isPreview),
                _ when !workshop.Root.IsLive && action is not DomainAction => null,
                ValueAction value => Run(value, isPreview),
                ModuleAction module => Run(module, step, isPreview),
                DomainAction domain => Run(domain, isPreview),
                _ => null,
            };
        }
        catch (FixEngineException e)
        {
            return e.Message;
        }
    }

    private string? Run(ProgramAction program, int step, bool isPreview)
    {
        // On an image the program cannot run, and need not: the machine starts with the old files.
        if (program.Undo is { } undo && workshop.Root.IsLive && !isPreview)
        {
            workshop.Progress?.Invoke($"run {string.Join(' ', [program.Program, .. undo])}");
            workshop.Programs.Run(journal, step, program.Program, undo, program.LimitS);
        }

        return null;
    }

    private string? Run(ValueAction value, bool isPreview)
    {
        var now = workshop.Values.Read(value.Path);
        if (now is null || now == value.Before)
            return null;
        if (now != value.After && !journal.IsForced)
            return $"{value.Path} is '{now}' now, and not '{value.After}' as the run left it";
        if (!isPreview)
            workshop.Values.Write(value.Path, value.Before);
        return null;
    }

    private string? Run(ModuleAction module, int step, bool isPreview)
    {
        if (!module.WasLoaded && !isPreview && Modules.IsLoaded(workshop.Root, module.Name))
            workshop.Programs.Run(journal, step, Modules.Program, ["-r", module.Name], Modules.LimitS);
        return null;
    }

    private string? Run(DomainAction domain, bool isPreview)
    {
        if (!workshop.Root.IsLive)
            return $"only libvirt can put the definition of domain {domain.Name} back: roll back on the running machine";
        var now = workshop.Domains.Read(domain.Uri, domain.Name);
        var hash = DomainChanger.Hash(now);
        if (hash == domain.BeforeSha256)
            return null;
        if (domain.AfterSha256 is { } left && hash != left && !journal.IsForced)
            return $"the definition of domain {domain.Name} was changed since the run";
        if (isPreview)
            return null;
        var old = workshop.Store.Content(journal, domain.Content, domain.BeforeSha256);
        return workshop.Domains.Replace(domain.Uri, domain.Name, now, Encoding.UTF8.GetString(old)) == domain.BeforeSha256 ? null
            : $"libvirt keeps the old definition of domain {domain.Name} in other words than before";
    }
}
