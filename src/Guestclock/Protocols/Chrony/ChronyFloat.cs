namespace Guestclock.Protocols.Chrony;

/// <summary>
/// chrony's 32-bit floating point (Float in candm.h, UTI_FloatNetworkToHost in util.c): a signed exponent of 7 bits on top, a signed
/// coefficient of 25 bits below; value = coefficient × 2^(exponent - 25). Not normalised; there is no NaN and no infinity.
/// </summary>
public static class ChronyFloat
{
    /// <summary>The longest time that is told, 73 years: three of them still add up in 64 bits.</summary>
    public const long MaxNs = 1L << 61;

    public static double Decode(uint bits)
    {
        var word = unchecked((int)bits);
        var exponent = word >> 25;
        var coefficient = unchecked(word << 7) >> 7;
        return Math.ScaleB(coefficient, exponent - 25);
    }

    /// <summary>Seconds in nanoseconds, cut at ±<see cref="MaxNs"/>.</summary>
    public static long Nanoseconds(uint bits) => (long)Math.Round(Math.Clamp(Decode(bits) * 1e9, -MaxNs, MaxNs));
}
