namespace Guestclock.Stability.Confidence;

/// <summary>The regularized incomplete gamma function (NIST Digital Library of Mathematical Functions, chapter 8).</summary>
internal static class IncompleteGamma
{
    private const double Tiny = 1e-300;
    private const double Precision = 1e-16;

    /// <summary>P(a, x): the power series (8.11.4) below a + 1, the continued fraction of Q = 1 − P (8.9.2) above.</summary>
    public static double P(double a, double x) => x <= 0 ? 0 : x < a + 1 ? Series(a, x) : 1 - Fraction(a, x);

    /// <summary>Derivative of P by x: x^(a−1) e^−x / Γ(a).</summary>
    public static double Density(double a, double x) => Scale(a, x) * a / x;

    /// <summary>ln Γ(a) by Stirling's series (5.11.1), shifted to where it converges.</summary>
    public static double LogGamma(double a)
    {
        double shift = 0;
        for (; a < 12; a++)
            shift -= Math.Log(a);
        return shift + ((a - 0.5) * Math.Log(a)) - a + (0.5 * Math.Log(2 * Math.PI)) + Stirling(a);
    }

    /// <summary>x^a e^−x / Γ(a+1), in a form that keeps its digits for large a.</summary>
    private static double Scale(double a, double x)
    {
        if (a < 12)
            return Math.Exp((a * Math.Log(x)) - x - LogGamma(a + 1));
        return Math.Exp((-a * Excess((x - a) / a)) - Stirling(a)) / Math.Sqrt(2 * Math.PI * a);
    }

    /// <summary>u − ln(1 + u), by its series near 0.</summary>
    private static double Excess(double u)
    {
        if (Math.Abs(u) > 0.1)
            return u - Math.Log(1 + u);
        double sum = 0;
        var power = u;
        for (var k = 2; k <= 18; k++)
        {
            power *= -u;
            sum -= power / k;
        }

        return sum;
    }

    private static double Stirling(double a)
    {
        var b = 1 / (a * a);
        return ((1 / 12.0) - (b * ((1 / 360.0) - (b * ((1 / 1260.0) - (b * ((1 / 1680.0) - (b / 1188.0)))))))) / a;
    }

    private static double Series(double a, double x)
    {
        var (term, sum) = (1.0, 1.0);
        for (var n = 1; term > sum * Precision; n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return sum * Scale(a, x);
    }

    /// <summary>Lentz's method.</summary>
    private static double Fraction(double a, double x)
    {
        var b = x + 1 - a;
        var (c, d) = (1 / Tiny, 1 / b);
        var h = d;
        for (var i = 1; i < 1_000_000; i++)
        {
            var factor = -i * (i - a);
            b += 2;
            d = 1 / Large((factor * d) + b);
            c = Large(b + (factor / c));
            var step = c * d;
            h *= step;
            if (Math.Abs(step - 1) < Precision * 4)
                break;
        }

        return h * Scale(a, x) * a;
    }

    private static double Large(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
