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
        while (text.Length > width)
        {
            var at = text.LastIndexOf(' ', width);
            if (at <= 0)
                at = text.LastIndexOf(Together, width);
            if (at <= 0)
                at = text.AsSpan(width).IndexOfAny(' ', Together) is var next and >= 0 ? width + next : -1;
            if (at <= 0)
                break;
            yield return text[..at];
            text = text[(at + 1)..];
        }

        yield return text;
    }
}
