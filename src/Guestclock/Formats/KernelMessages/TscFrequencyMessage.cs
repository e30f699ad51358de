using System.Globalization;

namespace Guestclock.Formats.KernelMessages;

/// <summary>The kernel's messages about the TSC's frequency (arch/x86/kernel/tsc.c; before 2.6.28 without the prefix <c>tsc:
/// </c>).</summary>
public static class TscFrequencyMessage
{
    /// <summary>The frequency in kHz that the line states, and whether it is the refined one; null for other lines.</summary>
    public static (long Khz, bool Refined)? Read(string text)
    {
        if (!text.Contains(" MHz", StringComparison.Ordinal))
            return null;
        if (Khz(text, "Refined TSC clocksource calibration: ") is { } refined)
            return (refined, true);
        if (text.Contains("processor", StringComparison.Ordinal) || text.Contains("TSC", StringComparison.Ordinal))
            return Khz(text, "Detected ") is { } detected ? (detected, false) : null;
        return null;
    }

    private static long? Khz(string text, string mark)
    {
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        if (at < 0)
            return null;
        var start = at + mark.Length;
        var end = text.IndexOf(" MHz", start, StringComparison.Ordinal);
        return end > start && end - start <= 16
            && decimal.TryParse(text.AsSpan(start, end - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var mhz)
            && mhz is > 0 and < 100_000 ? (long)(mhz * 1000) : null;
    }
}
