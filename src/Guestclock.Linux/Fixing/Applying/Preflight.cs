using System.Text;
using Guestclock.Fixes;
using Guestclock.Fixes.Steps;
using Guestclock.Linux.Fixing.Calls;
using Guestclock.Linux.Fixing.Files;
using Guestclock.Linux.Fixing.Journals;
using Guestclock.Linux.Fixing.Programs;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Fixing.Applying;

/// <summary>Looks at all that a plan will change, before anything is written: what is not as the plan saw it, or cannot be changed, ends it here.</summary>
internal sealed class Preflight(FixRoot root, ValueFiles values, IDomainDefinitions domains)
{
    /// <exception cref="FixEngineException">It cannot be performed; nothing was changed.</exception>
    public Preparation Check(Plan plan)
    {
        var (preparation, room, keys) = (new Preparation(), new Room(), new HashSet<string>(StringComparer.Ordinal));
        var files = new FilePreflight(root, preparation, room);
        if (plan.Steps.Count > Journal.MostSteps)
            throw new FixEngineException($"the plan has {plan.Steps.Count} steps, and a run takes {Journal.MostSteps}: choose with --only");
        foreach (var step in plan.Steps)
        {
            if (!keys.Add(step.Key))
                throw new FixEngineException($"the plan holds '{step.Key}' twice");
            if (step.NeedsRunningMachine && !root.IsLive)
                throw new FixEngineException($"{StepText.Of(step)}: only a running machine can do that");
            var prepared = new JournalStep { Text = StepText.Of(step) };
            Check(step, prepared, preparation, files);
            preparation.Add(prepared);
        }

        using (var journals = JournalFolder.Nearest(root))
        {
            FilePreflight.CheckWritable(journals);
            room.Add(journals, preparation.ContentBytes + preparation.Contents.Count * 4096L, preparation.Contents.Count);
        }

        room.Check();
        return preparation;
    }

    private void Check(FixStep step, JournalStep prepared, Preparation preparation, FilePreflight files)
    {
        switch (step)
        {
            case FileStep file:
                prepared.Entries.Add(files.Check(file));
                break;
            case LinkStep link:
                prepared.Entries.Add(files.Check(link));
                break;
            case ValueStep value:
                if (values.Read(value.Path) is var now && now != value.Before)
                    throw new FixEngineException($"{value.Path} is '{now}', and was '{value.Before}' when the plan was made: plan again");
                prepared.Action = new ValueAction(value.Path, value.Before, value.After);
                break;
            case ModuleStep module:
                Modules.Check(module.Name);
                Need(Modules.Program);
                prepared.Action = new ModuleAction(module.Name, Modules.IsLoaded(root, module.Name));
                break;
            case ProgramStep program:
                Need(program.Program);
                prepared.Action = new ProgramAction(program.Program, program.Undo, program.LimitS, files.Check(program, prepared.Entries));
                break;
            case DomainStep domain:
                var present = domains.Read(domain.Uri, domain.Name);
                if (present != domain.Before)
                    throw new FixEngineException($"the definition of domain {domain.Name} has changed since the plan was made: plan again");
                var bytes = Encoding.UTF8.GetBytes(present);
                prepared.Action = new DomainAction(domain.Uri, domain.Name, preparation.Keep(bytes), Sha256.Of(bytes), null);
                break;
            default:
                throw new FixEngineException($"{step.Key}: there is no way to perform it");
        }
    }

    private void Need(string program)
    {
        if (program != Modules.Program && !KnownPrograms.Contains(program))
            throw new FixEngineException($"{program} is not among the programs that may run");
        if (RunningPrograms.Find(root, program) is null)
            throw new FixEngineException($"{program} is not installed");
        if (LibC.EffectiveUser() != 0)
            throw Problem.Of(Errno.NotPermitted, "run", program);
    }
}
