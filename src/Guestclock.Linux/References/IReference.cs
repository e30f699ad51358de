using Guestclock.Measuring;

namespace Guestclock.Linux.References;

/// <summary>One way to measure a clock. Opening throws <see cref="ReferenceException"/>; reading never does.</summary>
public interface IReference : IDisposable
{
    /// <summary>What is measured against what; may become more exact with the first readings.</summary>
    MeasuredPair Pair { get; }

    /// <summary>The shortest interval that neither wears nor abuses the reference (an RTC has one edge a second, a public server is asked seldom).</summary>
    TimeSpan LeastInterval { get; }

    /// <summary>One reading; takes a few seconds at most, whatever the other side does.</summary>
    Task<OffsetReading> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>The reference cannot be used at all; the message is a sentence that says what to do.</summary>
public sealed class ReferenceException(string message) : Exception(message);
