namespace Guestclock.Formats.Editing.Domains;

/// <summary>
/// Finds where elements and attributes stand in a text that an XML reader has accepted. Comments, CDATA and processing instructions are passed over;
/// a document type is refused.
/// </summary>
internal static class XmlPlaces
{
    private const int MaxDepth = 64;

    /// <summary>The root element.</summary>
    /// <exception cref="MalformedInputException">The text is not of a form that is edited here.</exception>
    public static XmlPiece Parse(string text)
    {
        var open = new Stack<XmlPiece>();
        XmlPiece? root = null;
        for (var at = text.IndexOf('<', StringComparison.Ordinal); at >= 0; at = text.IndexOf('<', at))
        {
            if (Passed(text, at) is { } behind)
            {
                at = behind;
            }
            else if (At(text, at, "</"))
            {
                if (!open.TryPop(out var ended))
                    throw Odd(at);
                ended.CloseStart = at;
                at = ended.End = Behind(text, at, ">");
            }
            else
            {
                var piece = Tag(text, at, open.Count);
                if (root is not null && open.Count == 0)
                    throw Odd(at);
                root ??= piece;
                if (open.TryPeek(out var parent))
                    parent.Children.Add(piece);
                if (!piece.IsEmpty)
                    open.Push(piece);
                if (open.Count > MaxDepth)
                    throw Odd(at);
                at = piece.OpenEnd;
            }
        }

        return root is not null && open.Count == 0 ? root : throw Odd(text.Length);
    }

    private static int? Passed(string text, int at) => At(text, at, "<!--") ? Behind(text, at + 4, "-->")
        : At(text, at, "<![CDATA[") ? Behind(text, at, "]]>")
        : At(text, at, "<?") ? Behind(text, at, "?>")
        : At(text, at, "<!") ? throw new MalformedInputException($"offset {at}", "an element", "a document type, which is not edited here")
        : null;

    private static XmlPiece Tag(string text, int start, int depth)
    {
        var at = start + 1;
        var name = Word(text, ref at);
        var attributes = new List<XmlAttributePlace>();
        while (true)
        {
            SkipBlanks(text, ref at);
            if (At(text, at, "/>"))
                return new(name, start, at + 2, attributes, depth) { IsEmpty = true, CloseStart = at + 2, End = at + 2 };
            if (At(text, at, ">"))
                return new(name, start, at + 1, attributes, depth);
            attributes.Add(Attribute(text, ref at));
        }
    }

    private static XmlAttributePlace Attribute(string text, ref int at)
    {
        var start = at;
        var name = Word(text, ref at);
        SkipBlanks(text, ref at);
        if (!At(text, at, "="))
            throw Odd(at);
        at++;
        SkipBlanks(text, ref at);
        if (at >= text.Length || text[at] is not ('"' or '\''))
            throw Odd(at);
        var end = text.IndexOf(text[at], at + 1);
        if (end < 0)
            throw Odd(at);
        var value = new XmlAttributePlace(name, start, at + 1, end, text[(at + 1)..end]);
        at = end + 1;
        return value;
    }

    private static string Word(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not ('=' or '>' or '/' or '<' or '"' or '\''))
            at++;
        return at > start ? text[start..at] : throw Odd(at);
    }

    private static void SkipBlanks(string text, ref int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n')
            at++;
    }

    private static bool At(string text, int at, string what) => string.CompareOrdinal(text, at, what, 0, what.Length) == 0;

    private static int Behind(string text, int at, string what) =>
        text.IndexOf(what, at, StringComparison.Ordinal) is var end and >= 0 ? end + what.Length : throw Odd(at);

    private static MalformedInputException Odd(int at) => new($"offset {at}: this is no XML that can be edited in place");
}
