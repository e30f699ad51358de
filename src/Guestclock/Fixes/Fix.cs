using Guestclock.Judging;

namespace Guestclock.Fixes;

/// <summary>One repair: reads what a check found and the machine's files, and says which steps put it right. Pure; one file, one table test, one page.</summary>
public abstract class Fix
{
    /// <summary>Frozen: its page is docs/fixes/NAME.md.</summary>
    public abstract string Name { get; }

    /// <summary>What it changes, as a short sentence without a full stop.</summary>
    public abstract string Title { get; }

    /// <summary>The checks whose findings it takes.</summary>
    public abstract IReadOnlyList<string> Checks { get; }

    /// <summary>It changes what the boot loader reads: these files can be written aside.</summary>
    public virtual bool EditsBootFiles => false;

    /// <summary>Whether it takes this finding; by default every one of its checks that has a remedy.</summary>
    public virtual bool Takes(JudgedCheck judged) => Checks.Contains(judged.Check.Id, StringComparer.Ordinal) && judged.Finding.Remedy is not null;

    /// <summary>
    /// Adds the steps to the context. Where it cannot repair (a file of a form that it does not know, a package that is missing) it says so
    /// by <see cref="FixContext.LeaveToUser"/>, or throws: then nothing of this repair is planned, and the sentence is shown.
    /// </summary>
    /// <exception cref="FixRefusedException">Nothing of this repair can be done; the message says why and what to do.</exception>
    public abstract void Plan(FixContext context);
}
