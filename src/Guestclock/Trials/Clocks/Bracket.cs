using Guestclock.Trials.Clocks.Evidence;

namespace Guestclock.Trials.Clocks;

/// <summary>One reading of a clock between two of a reference: it was taken somewhere between them.</summary>
public readonly record struct Bracket(long BeforeNs, long Clock, long AfterNs)
{
    public long WidthNs => AfterNs - BeforeNs;

    /// <summary>
    /// Units of the clock for each nanosecond of the reference between two brackets. What passed of the reference lies within half the
    /// widths of both brackets of the time between their middles; so the ratio is certain to lie within ± the bound.
    /// </summary>
    /// <param name="quantumNs">The smallest step of the reference: a reading may stand for an instant later by this.</param>
    /// <returns>Null where no more time passed than the brackets are wide.</returns>
    public static (double Ratio, double Bound)? Ratio(Bracket start, Bracket end, long quantumNs)
    {
        var passed = ((double)(end.BeforeNs - start.BeforeNs) + (end.AfterNs - start.AfterNs)) / 2;
        var half = ((double)start.WidthNs + end.WidthNs) / 2 + quantumNs;
        if (passed <= half)
            return null;
        var units = (double)(end.Clock - start.Clock);
        // The clock's own readings are whole units, each up to one too small.
        return (units / passed, (Math.Abs(units) * half / passed + 1) / (passed - half));
    }

    /// <summary>The rate of a clock that counts nanoseconds.</summary>
    /// <param name="clockQuantumNs">The smallest step of the clock.</param>
    public static RateReading? Rate(Bracket start, Bracket end, long quantumNs, long clockQuantumNs) =>
        Ratio(start, end, quantumNs + clockQuantumNs) is var (ratio, bound)
            ? new((end.BeforeNs - start.BeforeNs + end.AfterNs - start.AfterNs) / 2, (ratio - 1) * 1e6, bound * 1e6) : null;
}
