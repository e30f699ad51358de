namespace Guestclock.Discipline.Watch.Tracking;

/// <summary>Goes on when a value is surely above its limit, and off when it is surely below half of it; between, it stays as it was.</summary>
public sealed class Alarm
{
    public bool IsOn { get; private set; }

    /// <summary>True when it went on or off just now.</summary>
    /// <param name="least">The least that the value may be, without sign.</param>
    /// <param name="worst">The most that it may be.</param>
    public bool Weigh(long least, long worst, long limit)
    {
        var was = IsOn;
        if (least > limit)
            IsOn = true;
        else if (worst < limit / 2)
            IsOn = false;
        return IsOn != was;
    }
}
