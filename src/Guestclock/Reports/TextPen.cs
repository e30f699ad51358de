namespace Guestclock.Reports;

/// <summary>Writes wrapped and coloured lines.</summary>
public sealed class TextPen(TextWriter output, TextLayout layout)
{
    /// <summary>A blank at which no line is broken (no-break space).</summary>
    public const char Together = '\u00a0';

    private const string Reset = "\u001b[0m";

    /// <summary>One line as it is.</summary>
    public void Line(string text = "") => output.WriteLine(text);

    /// <summary>
    /// A paragraph: its first line begins with <paramref name="first"/>, the others with as many spaces or <paramref name="rest"/>.
    /// It is not broken at a <see cref="Together"/>.
    /// </summary>
    public void Paragraph(string text, string first = "", string? rest = null, string? color = null, string? firstColor = null)
    {
        rest ??= new string(' ', first.Length);
        var lead = Paint(first, firstColor);
        foreach (var line in Wrap(Words.Plain(text), Math.Max(20, layout.Width - Math.Max(first.Length, rest.Length))))
        {
            output.WriteLine(lead + Paint(line.Replace(Together, ' '), color));
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
                at = text.LastIndexOf(Together, from + width, width);
            if (at <= from)
                at = text.AsSpan(from + width).IndexOfAny(' ', Together) is var next and >= 0 ? from + width + next : -1;
            if (at <= from)
                break;
            yield return text[from..at];
            from = at + 1;
        }

        yield return text[from..];
    }
}
