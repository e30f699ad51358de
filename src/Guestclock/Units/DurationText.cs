using System.Globalization;

namespace Guestclock.Units;

/// <summary>Durations as people write them: <c>250us</c>, <c>10ms</c>, <c>1.5s</c>, <c>2m</c>, <c>3h</c>, <c>1d</c>.</summary>
public static class DurationText
{
    private static readonly (string Unit, double Ns)[] Units = [("ns", 1), ("us", 1e3), ("µs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9), ("d", 86400e9)];

    /// <summary>False when the text is no duration, is negative, or is longer than 100 years.</summary>
    public static bool TryParse(string text, out Nanoseconds duration)
    {
        duration = default;
        var digits = text.AsSpan().TrimEnd("abcdefghijklmnopqrstuvwxyzµ");
        var unit = text[digits.Length..];
        var factor = Units.FirstOrDefault(u => u.Unit == unit).Ns;
        if (factor == 0 || !double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number * factor > 100 * 365.25 * 86400e9)
            return false;
        duration = new((long)Math.Round(number * factor));
        return true;
    }
}
