using Guestclock.Fixes.Runs;
using Guestclock.Fixes.Steps;
using Guestclock.Linux.Fixing.Journals;
using Guestclock.Linux.Fixing.Undoing;

namespace Guestclock.Linux.Fixing.Applying;

/// <summary>Performs the steps of a run whose journal is on disk.</summary>
internal sealed class Applier(Workshop workshop, Journal journal)
{
    private readonly StepPerformer _performer = new(workshop, journal);

    /// <exception cref="FixEngineException">A step failed, and the run could not be undone.</exception>
    public void Run(IReadOnlyList<FixStep> steps, CancellationToken cancellationToken)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            var step = journal.Steps[i];
            if (cancellationToken.IsCancellationRequested)
            {
                step.IsStarted = false;
                Undo("it was interrupted");
                return;
            }

            try
            {
                workshop.Progress?.Invoke(step.Text);
                _performer.Perform(steps[i], i);
                step.State = StepState.Done;
                if (i + 1 < steps.Count)
                    journal.Steps[i + 1].IsStarted = true;
                else
                    journal.State = RunState.Applied;
                workshop.Store.Save(journal);
            }
            catch (FixEngineException e)
            {
                GiveUp(i, e);
                return;
            }
        }
    }

    private void GiveUp(int failed, FixEngineException why)
    {
        var step = journal.Steps[failed];
        if (step.State != StepState.Done)
        {
            step.State = StepState.Failed;
            step.Why = why.Message;
        }
        else if (failed + 1 < journal.Steps.Count)
        {
            journal.Steps[failed + 1].IsStarted = false;
        }

        step.IsStarted = step.State == StepState.Done || _performer.HasChanged;
        Undo(why.Message.Contains(step.Text, StringComparison.Ordinal) ? why.Message : $"{step.Text}: {why.Message}");
    }

    private void Undo(string why)
    {
        (journal.State, journal.Why) = (RunState.Undoing, why);
        try
        {
            new Undoer(workshop, journal).Run();
        }
        catch (FixEngineException e)
        {
            throw new FixEngineException($"run {journal.Id} ended ({why}) and is not undone yet, as {e.Message}; the next start goes on with it", e);
        }
    }
}
