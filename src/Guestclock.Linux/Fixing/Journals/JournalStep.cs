using Guestclock.Fixes.Runs;
using Guestclock.Linux.Fixing.Files;

namespace Guestclock.Linux.Fixing.Journals;

/// <summary>One step of a run, and what it takes to undo it.</summary>
internal sealed class JournalStep
{
    public required string Text { get; init; }

    /// <summary>What is undone besides files; null: it is about files only.</summary>
    public JournalAction? Action { get; set; }

    /// <summary>The files and links that it changes.</summary>
    public List<JournalEntry> Entries { get; init; } = [];

    public StepState State { get; set; }

    public string? Why { get; set; }

    /// <summary>It has begun; whether it is done, <see cref="State"/> tells.</summary>
    public bool IsStarted { get; set; }

    /// <summary>It was begun, and nobody wrote down its end.</summary>
    public bool WasCutShort => IsStarted && State is StepState.Planned or StepState.Failed;
}

/// <summary>A file or link that a step changes.</summary>
/// <param name="Content">The name of the file that keeps its old content; null where there is none.</param>
/// <param name="After">As the step leaves it (kind, content, text); null: a program writes it and has not ended.</param>
internal sealed record JournalEntry(string Path, EntryState Before, string? Content, EntryState? After);

/// <summary>What a step does besides files.</summary>
internal abstract record JournalAction;

internal sealed record ValueAction(string Path, string Before, string After) : JournalAction;

/// <param name="WasLoaded">Then it stays.</param>
internal sealed record ModuleAction(string Name, bool WasLoaded) : JournalAction;

/// <param name="Undo">Arguments; null: nothing.</param>
/// <param name="Folders">All of whose files it may write.</param>
internal sealed record ProgramAction(string Program, IReadOnlyList<string>? Undo, int LimitS, IReadOnlyList<string> Folders) : JournalAction;

/// <param name="Content">The name of the file that keeps the old definition.</param>
/// <param name="BeforeSha256">Of the old definition, as libvirt writes it.</param>
/// <param name="AfterSha256">Of the new one, as libvirt writes it; null: it was not there yet.</param>
internal sealed record DomainAction(string Uri, string Name, string Content, string BeforeSha256, string? AfterSha256) : JournalAction;
