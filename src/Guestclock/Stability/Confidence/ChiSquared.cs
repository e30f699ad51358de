namespace Guestclock.Stability.Confidence;

/// <summary>Quantiles of the chi-squared distribution with any positive, also fractional, number of degrees of freedom.</summary>
public static class ChiSquared
{
    private const int MostSteps = 100;

    /// <summary>The value that is not exceeded with probability <paramref name="p"/>: twice the inverse of the incomplete gamma function at half the degrees.</summary>
    public static double Quantile(double p, double degrees)
    {
        if (!(p > 0 && p < 1))
            throw new ArgumentOutOfRangeException(nameof(p));
        if (!(degrees > 0 && double.IsFinite(degrees)))
            throw new ArgumentOutOfRangeException(nameof(degrees));
        var a = degrees / 2;
        // Newton's steps held inside an interval that always contains the answer.
        var (low, high) = (0.0, double.PositiveInfinity);
        var x = Guess(p, a);
        for (var i = 0; i < MostSteps; i++)
        {
            var error = IncompleteGamma.P(a, x) - p;
            if (error > 0)
                high = x;
            else
                low = x;
            var next = x - (error / IncompleteGamma.Density(a, x));
            if (!(next > low && next < high))
                next = double.IsPositiveInfinity(high) ? 2 * x : (low + high) / 2;
            if (Math.Abs(next - x) <= 1e-14 * x)
                return 2 * next;
            x = next;
        }

        return 2 * x;
    }

    /// <summary>Wilson and Hilferty's cube of a normal quantile, or the leading term of the series where that is not positive.</summary>
    private static double Guess(double p, double a)
    {
        var third = 1 / (9 * a);
        var root = 1 - third + (NormalGuess(p) * Math.Sqrt(third));
        return root > 0.2 ? a * root * root * root : Math.Exp((Math.Log(p) + IncompleteGamma.LogGamma(a + 1)) / a);
    }

    /// <summary>Normal quantile to 4.5e-4 (M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions, 26.2.23).</summary>
    private static double NormalGuess(double p)
    {
        var t = Math.Sqrt(-2 * Math.Log(Math.Min(p, 1 - p)));
        var z = t - ((2.515517 + (t * (0.802853 + (t * 0.010328)))) / (1 + (t * (1.432788 + (t * (0.189269 + (t * 0.001308)))))));
        return p < 0.5 ? -z : z;
    }
}
