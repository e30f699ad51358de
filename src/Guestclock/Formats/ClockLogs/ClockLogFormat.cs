namespace Guestclock.Formats.ClockLogs;

/// <summary>What a line is to a format.</summary>
internal enum LineMeaning
{
    Sample,

    /// <summary>A heading, a comment, or a line that says that there is no sample.</summary>
    Nothing,

    /// <summary>Not of this format.</summary>
    Garbage,
}

/// <summary>One format of clock logs, read line by line; an object reads one file.</summary>
internal abstract class ClockLogFormat
{
    /// <summary>As <c>--input</c> names it; frozen.</summary>
    public abstract string Id { get; }

    /// <summary>As sentences name it.</summary>
    public abstract string Title { get; }

    /// <summary>Whether the user must say what the values are; else they are phase.</summary>
    public virtual bool HasBareNumbers => false;

    /// <param name="line">Without its end and without blanks around it; not empty.</param>
    public abstract LineMeaning Read(ReadOnlySpan<byte> line, SampleCollector into);

    /// <summary>What is to be said once all lines are read; sentences without a full stop.</summary>
    public virtual IEnumerable<string> Remarks() => [];
}
