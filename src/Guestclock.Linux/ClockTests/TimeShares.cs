using System.Diagnostics;

namespace Guestclock.Linux.ClockTests;

/// <summary>Divides the time that is left among what is still to be done; what one part does not use, the others get.</summary>
internal sealed class TimeShares(TimeSpan duration, double weights)
{
    /// <summary>Threads on a busy machine take their time to begin: every part gets this much, even if the whole then takes longer.</summary>
    private readonly TimeSpan _least = TimeSpan.FromMilliseconds(Math.Clamp(duration.TotalMilliseconds / 100, 10, 100));

    private readonly long _start = Stopwatch.GetTimestamp();
    private double _left = weights;

    /// <summary>Kept for the end.</summary>
    public TimeSpan Reserved { get; set; }

    public TimeSpan Remaining => duration - Reserved - Stopwatch.GetElapsedTime(_start) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    public TimeSpan Take(double weight)
    {
        var share = _left <= weight ? Remaining : Remaining * (weight / _left);
        _left -= weight;
        return share > _least ? share : _least;
    }
}
