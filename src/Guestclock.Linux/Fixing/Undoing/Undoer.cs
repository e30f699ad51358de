using Guestclock.Fixes.Runs;
using Guestclock.Linux.Fixing.Files;
using Guestclock.Linux.Fixing.Journals;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Fixing.Undoing;

/// <summary>
/// Undoes a run: first all files, the last one first; then the folders that it made; then the programs, in their order, read the old files;
/// then values, modules and definitions. It can be cut short anywhere and begun again: what is back already is passed over.
/// </summary>
internal sealed class Undoer
{
    private readonly Workshop _workshop;
    private readonly Journal _journal;
    private readonly EntryUndo _entries;
    private readonly ActionUndo _actions;

    public Undoer(Workshop workshop, Journal journal)
    {
        (_workshop, _journal) = (workshop, journal);
        _entries = new(workshop.Root, workshop.Calls, workshop.Store, journal);
        _actions = new(workshop, journal);
    }

    /// <exception cref="FixEngineException">Something could not be put back now; the journal says so, and the next start goes on.</exception>
    public void Run()
    {
        _workshop.Store.Save(_journal);
        WaitForPrograms();
        if (!_journal.FilesAreBack)
        {
            foreach (var entry in _journal.Steps.SelectMany(s => s.Entries))
                Try(() => _entries.RemoveBeside(entry));
            for (var i = _journal.Steps.Count - 1; i >= 0; i--)
                PutBack(_journal.Steps[i]);
            foreach (var folder in _journal.Folders.Reverse())
                Try(() => RemoveFolder(folder));
            _journal.FilesAreBack = true;
            _workshop.Store.Save(_journal);
        }

        for (var i = 0; i < _journal.Steps.Count; i++)
            Undo(i, isProgram: true);
        for (var i = _journal.Steps.Count - 1; i >= 0; i--)
            Undo(i, isProgram: false);
        _journal.State = _journal.Steps.Any(s => s.State == StepState.Left) ? RunState.PartlyRolledBack : RunState.RolledBack;
        _workshop.Store.Save(_journal);
    }

    /// <summary>What <see cref="Run"/> would do.</summary>
    public IReadOnlyList<StepRecord> Preview() =>
        [.. _journal.Steps.Select((step, i) =>
        {
            if (!IsDue(step))
                return new StepRecord(step.Text, step.State, step.Why);
            var why = step.Entries.Select(e => _entries.WhyLeft(step, e)).FirstOrDefault(w => w is not null)
                ?? (step.Action is null ? null : _actions.Run(step.Action, i, isPreview: true));
            return new StepRecord(step.Text, why is null ? StepState.Undone : StepState.Left, why);
        })];

    private static bool IsDue(JournalStep step) => step.IsStarted && step.State != StepState.Undone;

    private void WaitForPrograms()
    {
        for (var i = 0; i < _journal.Steps.Count; i++)
        {
            if (_journal.Steps[i] is { IsStarted: true, State: not StepState.Undone, Action: ProgramAction or ModuleAction } step)
                _workshop.Programs.WaitFor(_journal, i, step.Action is ProgramAction program ? program.LimitS : Programs.Modules.LimitS);
        }
    }

    private void PutBack(JournalStep step)
    {
        if (!IsDue(step) || step.Entries.Count == 0)
            return;
        _workshop.Progress?.Invoke($"undo {step.Text}");
        string? left = null;
        foreach (var entry in step.Entries.AsEnumerable().Reverse())
            Try(() => left = _entries.PutBack(step, entry) ?? left, why => left = why);
        left = NewFile(step) ?? left;
        if (left is not null)
            (step.State, step.Why) = (StepState.Left, left);
        else if (step.Action is null && step.State != StepState.Failed)
            (step.State, step.Why) = (StepState.Undone, null);
        _workshop.Store.Save(_journal);
    }

    /// <summary>A program was cut short in a folder: whose a file is that was not there before, nobody knows any more.</summary>
    private string? NewFile(JournalStep step)
    {
        if (step.Action is not ProgramAction program || !step.WasCutShort)
            return null;
        var known = step.Entries.Select(e => e.Path).ToHashSet(StringComparer.Ordinal);
        return program.Folders.SelectMany(f => Applying.FilePreflight.Names(_workshop.Root, f).Select(n => $"{f}/{n}")).FirstOrDefault(p => !known.Contains(p)) is { } path
            ? $"{path} is new since {step.Text} was cut short: look whether it is wanted" : null;
    }

    private void Undo(int index, bool isProgram)
    {
        var step = _journal.Steps[index];
        if (!IsDue(step) || step.Action is not { } action || action is ProgramAction != isProgram)
            return;
        var why = _actions.Run(action, index, isPreview: false);
        var isMadeAnew = action is ProgramAction { Undo: not null };
        if (why is not null)
            (step.State, step.Why) = (StepState.Left, why);
        else if (step.State != StepState.Left || isMadeAnew)
            (step.State, step.Why) = (step.State == StepState.Failed ? StepState.Failed : StepState.Undone, step.Why);
        _workshop.Store.Save(_journal);
    }

    private void RemoveFolder(string path)
    {
        var parts = StepPath.Of(path);
        using var folder = _workshop.Root.FindQuietly(parts);
        if (folder is null || FileStatus.Get(folder.Descriptor, parts.Name, false, out _) != 0)
            return;
        if (_workshop.Calls.RemoveFolder(folder, parts.Name))
            _workshop.Calls.Sync(folder);
    }

    /// <summary>What cannot be done ends the undoing, to be gone on with later; where it is forced, it is passed over.</summary>
    private void Try(Action action, Action<string>? whenPassedOver = null)
    {
        try
        {
            action();
        }
        catch (FixEngineException e) when (_journal.IsForced)
        {
            whenPassedOver?.Invoke(e.Message);
        }
    }
}
