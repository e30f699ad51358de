namespace Guestclock.Linux.Services;

/// <summary>Where a daemon's lines go.</summary>
public interface ILineSink
{
    /// <summary>Takes a line, without its end; never waits and never fails.</summary>
    void Write(ReadOnlySpan<byte> line);
}
