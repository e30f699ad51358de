using Guestclock.Discipline;
using Guestclock.Units;

namespace Guestclock.Measuring;

/// <summary>A clock that did not count as CLOCK_MONOTONIC_RAW, which nobody steers, between two readings.</summary>
internal static class ClockJump
{
    /// <summary>A clock that is steered runs wrong by less than a hundredth.</summary>
    private const int RateDivisor = 100;

    private const long SlackNs = 10_000;

    /// <param name="countedNs">What the clock counted since the reading before.</param>
    /// <param name="passedNs">What CLOCK_MONOTONIC_RAW counted.</param>
    /// <param name="boundNs">What both readings may be off by.</param>
    /// <returns>A remark on the sample; null where the two belong together.</returns>
    public static string? Remark(string name, long countedNs, long passedNs, long boundNs)
    {
        // A clock may show any time; the difference of two differences need not fit.
        var apartNs = (long)Int128.Clamp((Int128)countedNs - passedNs, -ClockOffset.MaxNs, ClockOffset.MaxNs);
        return Math.Abs(apartNs) <= (Int128)boundNs + (Math.Abs(passedNs) / RateDivisor) + SlackNs ? null
            : $"the {name} moved {new Nanoseconds(Math.Abs(apartNs))} {(apartNs > 0 ? "more" : "less")} than CLOCK_MONOTONIC_RAW since the reading before: "
                + "it was set, or this machine stood still";
    }
}
