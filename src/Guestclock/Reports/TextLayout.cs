namespace Guestclock.Reports;

/// <summary>How text is laid out for people.</summary>
/// <param name="Width">Columns; lines are broken at spaces to fit, commands are never broken.</param>
/// <param name="Color">Whether ANSI colour may be used.</param>
public sealed record TextLayout(int Width, bool Color)
{
    /// <summary>For files and pipes.</summary>
    public static TextLayout Plain { get; } = new(80, false);
}
