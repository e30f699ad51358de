namespace Guestclock.Trials;

/// <summary>An error that is known within ± a bound, against a limit: wrong is only what is surely beyond it, and right only what the bound can show.</summary>
internal static class Margin
{
    /// <summary>The whole of error ± bound lies beyond ± limit.</summary>
    public static bool IsBeyond(double error, double bound, double limit) => Math.Abs(error) - bound > limit;

    /// <summary>The bound is wider than the limit, or one of them is no number: the reading shows neither.</summary>
    public static bool IsCoarse(double error, double bound, double limit) => !(bound <= limit) || !double.IsFinite(error);
}
