using System.Globalization;
using Guestclock.Checks;
using Guestclock.Trials.Clocks.Evidence;

namespace Guestclock.Trials.Clocks;

/// <summary>Parts per million as people read them.</summary>
internal static class Ppm
{
    public static string Of(double ppm) => Number(ppm) + " ppm";

    public static string Of(RateReading rate) => Of(rate.ErrorPpm, rate.BoundPpm);

    public static string Of(double ppm, double boundPpm) => $"{Number(ppm)} ppm ± {boundPpm.ToString("0.###", CultureInfo.InvariantCulture)} ppm";

    /// <summary>
    /// A rate error that is certainly too large is a warning, one that is certainly small enough passes; where the bound is too wide for
    /// either, it is not known.
    /// </summary>
    public static TrialFinding Judge(string summary, double ppm, double boundPpm, Policy policy, Meaning means, params IReadOnlyList<Figure> figures)
    {
        if (Math.Abs(ppm) - boundPpm > policy.RateWarningPpm)
            return TrialFinding.Warning(summary, figures) with { Reason = $"more than {Of(policy.RateWarningPpm)}", Means = means };
        return Math.Abs(ppm) + boundPpm <= policy.RateWarningPpm ? TrialFinding.Pass(summary, figures)
            : new(CheckStatus.Unknown, summary, figures, $"whether that is more than {Of(policy.RateWarningPpm)} cannot be told: give a longer --duration");
    }

    private static string Number(double ppm) => (Math.Round(ppm, 3) + 0.0).ToString(Math.Abs(ppm) < 10 ? "0.###" : "0.#", CultureInfo.InvariantCulture);
}
