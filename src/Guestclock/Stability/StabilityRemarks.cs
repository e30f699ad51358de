using System.Globalization;
using Guestclock.Stability.Family;

namespace Guestclock.Stability;

/// <summary>Sentences that belong under a table of statistics.</summary>
internal static class StabilityRemarks
{
    public static IEnumerable<string> Of(Samples samples, IReadOnlyList<StabilityPoint> points)
    {
        if (samples.Missing > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{samples.Missing} of {samples.X.Length} samples are missing; terms that need one are left out, and n counts what is left.");
            if (points.Any(p => p.Statistic == Statistic.Totdev))
            {
                yield return string.Create(CultureInfo.InvariantCulture,
                    $"totdev cannot bear gaps: it uses the longest run without one, {samples.Longest.Length} of {samples.X.Length} samples.");
            }

            if (points.Any(p => p.Statistic == Statistic.Mtie))
                yield return "mtie does not see what the clock did in a gap: it may be too small.";
            if (!samples.OneScale)
                yield return "The frequency at a gap is not known, so no term spans one, and the noise is told from the longest run.";
        }

        if (points.Any(p => !double.IsFinite(p.Value)))
            yield return "Some values were too large to be summed and are left out.";
    }
}
