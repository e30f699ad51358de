using Guestclock.Fixes.Runs;

namespace Guestclock.Linux.Fixing.Journals;

/// <summary>What is known of a run: enough to undo it, whenever it is cut short.</summary>
internal sealed class Journal
{
    public const string Schema = "guestclock.fix-journal/1";

    /// <summary>Each step writes the journal anew: one that somebody made up must not keep a machine busy for hours.</summary>
    public const int MostSteps = 500;

    public const long MostSequence = 1L << 53;

    public required string Id { get; init; }

    /// <summary>The runs of a machine are numbered: its clock may have been wrong, and says nothing of their order.</summary>
    public required long Sequence { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required string Version { get; init; }

    /// <summary>Of the names beside, see <see cref="Files.EntryWriter"/>.</summary>
    public required string Tag { get; init; }

    public RunState State { get; set; } = RunState.Applying;

    public string? Why { get; set; }

    /// <summary>A rollback takes back also what was changed since.</summary>
    public bool IsForced { get; set; }

    /// <summary>Undoing has put the files back; what runs afterwards may write them anew.</summary>
    public bool FilesAreBack { get; set; }

    /// <summary>Folders that the run makes, outermost first.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    public required IReadOnlyList<JournalStep> Steps { get; init; }

    public bool IsUnfinished => State is RunState.Applying or RunState.Undoing;

    /// <summary>What was left once is looked at again.</summary>
    public void BeginAgain()
    {
        FilesAreBack = false;
        foreach (var step in Steps.Where(s => s.State == StepState.Left))
            (step.State, step.Why) = (StepState.Done, null);
    }

    public RunRecord ToRecord() => new(Id, StartedAt, Version, State, [.. Steps.Select(s => new StepRecord(s.Text, s.State, s.Why))], Why);
}
