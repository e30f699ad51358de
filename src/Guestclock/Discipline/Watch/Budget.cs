namespace Guestclock.Discipline.Watch;

/// <summary>So many at once, and then one each so often (the generic cell rate algorithm, ITU-T I.371).</summary>
internal sealed class Budget(int burst, long everyNs)
{
    private long _emptyUntilNs = long.MinValue;

    /// <summary>When one can be taken; long ago when there is no telling.</summary>
    public long EarliestNs => _emptyUntilNs == long.MinValue ? _emptyUntilNs : _emptyUntilNs - ((burst - 1) * everyNs);

    /// <summary>At least half of it is there.</summary>
    public bool IsRested(long nowNs) => _emptyUntilNs <= nowNs + (burst / 2 * everyNs);

    /// <summary>Takes one; false: it is used up.</summary>
    public bool TryTake(long nowNs)
    {
        if (EarliestNs > nowNs)
            return false;
        _emptyUntilNs = Math.Max(_emptyUntilNs, nowNs) + everyNs;
        return true;
    }
}
