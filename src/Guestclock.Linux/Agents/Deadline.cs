using System.Diagnostics;

namespace Guestclock.Linux.Agents;

/// <summary>The end of what may take only so long, however many steps it is made of.</summary>
internal readonly struct Deadline(TimeSpan limit)
{
    private readonly long _started = Stopwatch.GetTimestamp();

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    public TimeSpan Left => limit - Elapsed;

    public string Sentence => limit.TotalSeconds >= 0.05 ? $"no answer within {limit.TotalSeconds:0.#} s" : "no answer in the time that was left";

    /// <summary>What is left, or <paramref name="other"/> where that is shorter; never negative.</summary>
    public TimeSpan Shorter(TimeSpan other) => TimeSpan.FromTicks(Math.Max(0, Math.Min(Left.Ticks, other.Ticks)));
}
