namespace Guestclock.Formats.ClockLogs;

/// <summary>What chrony's logs have in common: the heading that comes again every 32 lines, and the letter of the leap status.</summary>
internal static class ChronyHeading
{
    public static bool Is(ReadOnlySpan<byte> line) => line.StartsWith("===="u8) || line.StartsWith("Date (UTC) Time "u8);

    public static bool IsLeap(ReadOnlySpan<byte> word) => word.Length == 1 && "N+-?"u8.Contains(word[0]);
}
