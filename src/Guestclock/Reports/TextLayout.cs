namespace Guestclock.Reports;

/// <summary>How text is laid out for people.</summary>
/// <param name="Width">Columns; lines are broken at spaces to fit, commands are never broken.</param>
/// <param name="Color">Whether ANSI colour may be used.</param>
public sealed record TextLayout(int Width, bool Color)
{
    /// <summary>For files and pipes.</summary>
    public static TextLayout Plain { get; } = new(80, false);
}

/// <summary>Writes wrapped and coloured lines.</summary>
internal sealed class TextPen(TextWriter output, TextLayout layout)
{
    private const string Reset = "\u001b[0m";

    public void Line(string text = "") => output.WriteLine(text);

    /// <summary>A paragraph: its first line begins with <paramref name="first"/>, the others with as many spaces or <paramref name="rest"/>.</summary>
    public void Paragraph(string text, string first = "", string? rest = null, string? color = null)
    {
        rest ??= new string(' ', first.Length);
        var lead = first;
        foreach (var line in Wrap(Words.Plain(text), Math.Max(20, layout.Width - Math.Max(first.Length, rest.Length))))
        {
            output.WriteLine(lead + Paint(line, color));
            lead = rest;
        }
    }

    /// <summary>Text in a colour (an SGR number), where colour is allowed.</summary>
    public string Paint(string text, string? color) => layout.Color && color is not null ? $"\u001b[{color}m{text}{Reset}" : text;

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var from = 0;
        while (text.Length - from > width)
        {
            var at = text.LastIndexOf(' ', from + width, width);
            if (at <= from)
                at = text.IndexOf(' ', from + width);
            if (at <= from)
                break;
            yield return text[from..at];
            from = at + 1;
        }

        yield return text[from..];
    }
}
