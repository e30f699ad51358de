using Guestclock.Reports;

namespace Guestclock.Cli;

/// <summary>What the program knows of its surroundings; a test passes its own.</summary>
/// <param name="Width">Columns of the terminal; 80 where the output is none.</param>
/// <param name="Color">ANSI colour on standard output.</param>
/// <param name="ErrorIsTerminal">Whether progress may be shown on standard error.</param>
public sealed record Terminal(int Width, bool Color, bool ErrorIsTerminal, TimeProvider Time)
{
    /// <summary>Whether a person reads standard output; a file or a program gets pages as they are written.</summary>
    public bool OutputIsTerminal { get; init; }

    public TextLayout Layout => new(Width, Color);

    /// <summary>The real surroundings. NO_COLOR (no-color.org) and TERM=dumb switch colour off.</summary>
    public static Terminal Current()
    {
        var isTerminal = !Console.IsOutputRedirected;
        var color = isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or null);
        return new(isTerminal ? Columns() : 80, color, !Console.IsErrorRedirected, TimeProvider.System) { OutputIsTerminal = isTerminal };
    }

    private static int Columns()
    {
        try
        {
            return Math.Clamp(Console.WindowWidth, 40, 160);
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
