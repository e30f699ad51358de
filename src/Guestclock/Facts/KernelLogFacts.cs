namespace Guestclock.Facts;

/// <summary>The kernel's own messages.</summary>
public sealed record KernelLogFacts
{
    public Fact<KernelLog> Log { get; init; } = Fact<KernelLog>.None;
}

/// <summary>The messages in the order in which they were written.</summary>
/// <param name="Complete">True when the first message of this boot is still there, so that an absent line means that it was not printed.</param>
public sealed record KernelLog(bool Complete, IReadOnlyList<KernelLogLine> Lines);

/// <summary>One message.</summary>
/// <param name="AtUs">Microseconds since boot; null where the text carries no time.</param>
public sealed record KernelLogLine(long? AtUs, string Text);
