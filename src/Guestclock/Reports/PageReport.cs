namespace Guestclock.Reports;

/// <summary>
/// The page of a check on a terminal: its paragraphs and list items broken anew to the width, headings in bold, code and tables as they are.
/// Other readers get the page as it is written (Markdown).
/// </summary>
public static class PageReport
{
    public static void Write(string page, TextWriter output, TextLayout layout)
    {
        var pen = new TextPen(output, layout);
        var open = "";
        foreach (var line in page.TrimEnd().Split('\n'))
        {
            // What follows a paragraph or an item without an empty line between belongs to it.
            var continues = open.Length > 0 && line.Length > 0 && !line.StartsWith("- ", StringComparison.Ordinal) && line[0] is not ('#' or '|');
            if (continues)
            {
                open += " " + line.Trim();
                continue;
            }

            Flush(open, pen);
            open = "";
            if (line.Length == 0 || line[0] == '|')
                pen.Line(line);
            else if (line[0] == '#')
                pen.Paragraph(line.TrimStart('#', ' '), color: "1");
            else
                open = line;
        }

        Flush(open, pen);
    }

    private static void Flush(string text, TextPen pen)
    {
        if (text.Length == 0)
            return;
        var isItem = text.StartsWith("- ", StringComparison.Ordinal);
        pen.Paragraph(CodeTogether(isItem ? text[2..] : text), isItem ? "- " : "");
    }

    /// <summary>Commands between back ticks are not broken, so that they can be copied.</summary>
    private static string CodeTogether(string text)
    {
        var parts = text.Split('`');
        for (var i = 1; i < parts.Length; i += 2)
            parts[i] = parts[i].Replace(' ', TextPen.Together);
        return string.Join('`', parts);
    }
}
