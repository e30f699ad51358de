using Guestclock.Linux.Native;
using Guestclock.Reports;

namespace Guestclock.Cli;

/// <summary>What the program knows of its surroundings; a test passes its own.</summary>
/// <param name="Width">Columns of the terminal; 80 where the output is none, or does not say.</param>
/// <param name="Color">ANSI colour on standard output.</param>
/// <param name="ErrorIsTerminal">Whether progress may be shown on standard error.</param>
public sealed record Terminal(int Width, bool Color, bool ErrorIsTerminal, TimeProvider Time)
{
    /// <summary>Whether a person reads standard output; a file or a program gets pages as they are written.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Whether a person can answer a question on standard input.</summary>
    public bool InputIsTerminal { get; init; }

    /// <summary>Whether lines on standard output can be redrawn in place.</summary>
    public bool CanRedraw { get; init; }

    /// <summary>Columns of the terminal now, which its user may have changed; null where nobody can tell.</summary>
    public Func<int>? WidthNow { get; init; }

    public TextLayout Layout => new(Width, Color);

    /// <summary>The real surroundings. NO_COLOR (no-color.org) and TERM=dumb switch colour off.</summary>
    public static Terminal Current()
    {
        var columns = StandardStreams.Columns(1);
        var isDumb = columns is null || Environment.GetEnvironmentVariable("TERM") is "dumb" or null;
        var isPlain = isDumb || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new(WidthOf(columns), !isPlain, StandardStreams.Columns(2) is not null,
            TimeProvider.System)
        {
            OutputIsTerminal = columns is not null,
            CanRedraw = !isDumb,
            WidthNow = () => WidthOf(StandardStreams.Columns(1)),
            InputIsTerminal = StandardStreams.Columns(0) is not null,
        };
    }

    private static int WidthOf(int? columns) => columns is null or 0 ? 80 : Math.Clamp(columns.Value, 40, 160);
}
