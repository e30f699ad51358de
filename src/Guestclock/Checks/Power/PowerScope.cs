using Guestclock.Checks.Tsc;
using Guestclock.Facts;

namespace Guestclock.Checks.Power;

/// <summary>Where power management matters to the clock: on hardware whose TSC is not constant.</summary>
public static class PowerScope
{
    /// <summary>A finding where there is nothing to judge, or null.</summary>
    public static Finding? NotJudged(MachineFacts facts)
    {
        if (TscQuality.NoTsc(facts) is { } none)
            return none;
        if (facts.IsGuest)
            return Finding.NotApplicable("the host manages the power of a guest's CPUs");
        return TscQuality.IsConstant(facts) switch
        {
            true => Finding.NotApplicable("every CPU has a constant TSC, which power management does not change",
                TscQuality.CountOf(facts, "constant_tsc")),
            null => TscQuality.NoCpus(facts),
            false => null,
        };
    }
}
