namespace Guestclock.Reports.Measure;

/// <summary>A plot of dots out of Unicode's braille patterns (U+2800): each character is two dots wide and four high.</summary>
public static class BraillePlot
{
    // Bits of the dots of one character, from the top down: left column, right column (The Unicode Standard, Braille Patterns).
    private static readonly int[] LeftDots = [0x01, 0x02, 0x04, 0x40];
    private static readonly int[] RightDots = [0x08, 0x10, 0x20, 0x80];

    /// <summary>Lines from the top down.</summary>
    /// <param name="values">From left to right, one dot each; those that do not fit in are left out on the left, and null is a gap.</param>
    public static IReadOnlyList<string> Lines(IReadOnlyList<double?> values, double low, double high, int columns, int rows)
    {
        var cells = new int[rows, columns];
        var dots = rows * 4;
        var shown = values.Skip(Math.Max(0, values.Count - (columns * 2))).ToList();
        for (var i = 0; i < shown.Count; i++)
        {
            if (shown[i] is not { } value)
                continue;
            var share = high > low ? (value - low) / (high - low) : 0.5;
            var fromTop = (dots - 1) - (int)Math.Round(Math.Clamp(share, 0, 1) * (dots - 1));
            cells[fromTop / 4, i / 2] |= (i % 2 == 0 ? LeftDots : RightDots)[fromTop % 4];
        }

        return [.. Enumerable.Range(0, rows).Select(r => new string([.. Enumerable.Range(0, columns).Select(c => (char)(0x2800 + cells[r, c]))]))];
    }
}
