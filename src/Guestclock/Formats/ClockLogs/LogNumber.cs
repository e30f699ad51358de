using System.Globalization;

namespace Guestclock.Formats.ClockLogs;

/// <summary>Numbers of logs: decimal point, exponent; finite and small enough that their squares are numbers too.</summary>
internal static class LogNumber
{
    private const double Largest = 1e15;

    public static bool TryParse(ReadOnlySpan<byte> text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && Math.Abs(value) <= Largest;

    /// <summary>Digits only.</summary>
    public static bool TryParseDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        if (text.Length is 0 or > 9)
            return false;
        foreach (var b in text)
        {
            if (b is < (byte)'0' or > (byte)'9')
                return false;
            value = (value * 10) + (b - '0');
        }

        return true;
    }
}
