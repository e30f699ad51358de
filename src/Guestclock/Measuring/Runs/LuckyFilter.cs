namespace Guestclock.Measuring.Runs;

/// <summary>
/// Chooses samples that were taken quickly: what waited in a queue or for a processor is late by an unknown part of the wait. As the clock filter of
/// RFC 5905 section 10, it looks at the last eight samples; it chooses from them, and makes none up.
/// </summary>
/// <remarks>
/// A sample is lucky if its delay is among the lowest quarter of the last eight, itself included, or at most a quarter longer than the shortest of them:
/// where all delays are alike, all are lucky.
/// </remarks>
public sealed class LuckyFilter
{
    /// <summary>NSTAGE of RFC 5905.</summary>
    public const int Window = 8;

    private const int Luckiest = Window / 4;
    private readonly Queue<long> _delays = new(Window);

    /// <summary>Whether the next sample, with this delay, is lucky.</summary>
    public bool Takes(long delayNs)
    {
        if (_delays.Count == Window)
            _delays.Dequeue();
        _delays.Enqueue(delayNs);
        return _delays.Count(d => d < delayNs) < (_delays.Count == Window ? Luckiest : 1) || delayNs - _delays.Min() <= _delays.Min() / 4;
    }
}
