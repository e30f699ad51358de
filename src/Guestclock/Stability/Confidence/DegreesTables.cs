namespace Guestclock.Stability.Confidence;

/// <summary>Tables 1 to 3 of Greenhall and Riley (2003): the limits of the sums for many points. Only the orders that are used: d = 2 (Allan) and 3 (Hadamard).</summary>
internal static class DegreesTables
{
    /// <summary>Table 1, a0 and a1 of the modified variances.</summary>
    public static (double A0, double A1) Modified(int alpha, int order) => (alpha, order) switch
    {
        (2, 2) => (7 / 9.0, 1 / 2.0),
        (1, 2) => (0.997, 0.616),
        (0, 2) => (1.033, 0.607),
        (-1, 2) => (1.048, 0.534),
        (-2, 2) => (1.302, 0.535),
        _ => throw new ArgumentOutOfRangeException(nameof(alpha)),
    };

    /// <summary>Table 2, a0 and a1 of the unmodified variances.</summary>
    public static (double A0, double A1) Unmodified(int alpha, int order) => (alpha, order) switch
    {
        (1, 2) => (790, 410),
        (0, 2) => (2 / 3.0, 1 / 3.0),
        (-1, 2) => (0.852, 0.375),
        (-2, 2) => (1.079, 0.368),
        (1, 3) => (9950, 6520),
        (0, 3) => (7 / 9.0, 1 / 2.0),
        (-1, 3) => (0.997, 0.617),
        (-2, 3) => (1.033, 0.607),
        (-3, 3) => (1.053, 0.553),
        (-4, 3) => (1.302, 0.535),
        _ => throw new ArgumentOutOfRangeException(nameof(alpha)),
    };

    /// <summary>Table 3: s_z(0) of flicker phase noise is b0 + b1 ln m.</summary>
    public static (double B0, double B1) FlickerPhase(int order) => order switch
    {
        2 => (15.23, 12),
        3 => (47.8, 40),
        _ => throw new ArgumentOutOfRangeException(nameof(order)),
    };
}
