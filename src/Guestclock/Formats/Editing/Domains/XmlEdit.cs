namespace Guestclock.Formats.Editing.Domains;

/// <summary>Single edits of an XML text, each with the quotes, the indentation and the line ends that stand around it.</summary>
internal static class XmlEdit
{
    /// <summary>Sets an attribute; a new one goes behind the others.</summary>
    /// <param name="value">Without characters that XML would escape.</param>
    public static string Set(string text, XmlPiece element, string name, string value)
    {
        if (element.Attribute(name) is { } there)
            return text[..there.ValueStart] + value + text[there.ValueEnd..];
        var at = element.Attributes.Count > 0 ? element.Attributes[^1].End : element.Start + 1 + element.Name.Length;
        var quote = QuoteOf(text, element);
        return $"{text.AsSpan(0, at)} {name}={quote}{value}{quote}{text.AsSpan(at)}";
    }

    /// <summary>Takes an attribute away, with the white space before it.</summary>
    public static string Remove(string text, XmlPiece element, string name)
    {
        if (element.Attribute(name) is not { } there)
            return text;
        var start = there.Start;
        while (char.IsWhiteSpace(text[start - 1]))
            start--;
        return text[..start] + text[there.End..];
    }

    /// <summary>Puts an element into another: behind <paramref name="after"/>, or as its first one.</summary>
    /// <param name="lines">The element; a line that begins with a blank is one step deeper.</param>
    public static string Insert(string text, XmlPiece parent, XmlPiece? after, IReadOnlyList<string> lines, string unit)
    {
        var outer = Indent(text, parent.Start);
        var inner = after is not null ? Indent(text, after.Start) : parent.Children.Count > 0 ? Indent(text, parent.Children[0].Start) : outer is null ? null : outer + unit;
        var newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var element = string.Concat(lines.Select(l => inner is null ? l.TrimStart() : newLine + inner + (l[0] == ' ' ? unit : "") + l.TrimStart()));
        if (after is not null)
        {
            var at = inner is null ? after.End : EndOfLine(text, after.End);
            return text[..at] + element + text[at..];
        }

        var close = inner is null ? "" : newLine + (outer ?? "");
        if (parent.IsEmpty)
        {
            var end = parent.OpenEnd - 2;
            while (char.IsWhiteSpace(text[end - 1]))
                end--;
            return $"{text.AsSpan(0, end)}>{element}{close}</{parent.Name}>{text.AsSpan(parent.OpenEnd)}";
        }

        var hasOwnLine = Indent(text, parent.CloseStart) is not null || parent.Children.Count > 0;
        return text[..parent.OpenEnd] + element + (hasOwnLine ? "" : close) + text[parent.OpenEnd..];
    }

    /// <summary>What stands before an element on its line; null where that is not white space alone.</summary>
    public static string? Indent(string text, int start)
    {
        var line = start == 0 ? 0 : text.LastIndexOf('\n', start - 1) + 1;
        return line > 0 && text.AsSpan(line, start - line).IndexOfAnyExcept(' ', '\t') < 0 ? text[line..start] : null;
    }

    public static char QuoteOf(string text, XmlPiece element) => element.Attributes.Count > 0 ? text[element.Attributes[^1].ValueEnd] : '\'';

    /// <summary>A remark behind an element stays on its line.</summary>
    private static int EndOfLine(string text, int at)
    {
        var end = text.IndexOf('\n', at) is var found and >= 0 ? found : text.Length;
        if (end > at && text[end - 1] == '\r')
            end--;
        var rest = text.AsSpan(at, end - at).Trim(" \t");
        var isRemark = rest.StartsWith("<!--") && rest.IndexOf("-->") == rest.Length - 3;
        return rest.Length == 0 || isRemark ? end : at;
    }
}
