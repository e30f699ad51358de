namespace Guestclock.Formats.Editing.Domains;

/// <summary>An element with its places in the text.</summary>
/// <param name="Name">As it is written, prefix included.</param>
/// <param name="Start">Of its '&lt;'.</param>
/// <param name="OpenEnd">Behind the '&gt;' of its start tag.</param>
/// <param name="Attributes">In the order of the text.</param>
internal sealed record XmlPiece(string Name, int Start, int OpenEnd, IReadOnlyList<XmlAttributePlace> Attributes, int Depth)
{
    /// <summary>Written as <c>&lt;name/&gt;</c>.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>Of the '&lt;' of its end tag; the end of the start tag where it is empty.</summary>
    public int CloseStart { get; set; }

    /// <summary>Behind it.</summary>
    public int End { get; set; }

    public List<XmlPiece> Children { get; } = [];

    public XmlAttributePlace? Attribute(string name) => Attributes.FirstOrDefault(a => a.Name == name);

    public IEnumerable<XmlPiece> Named(string name) => Children.Where(c => c.Name == name);
}

/// <summary>An attribute with its places in the text.</summary>
/// <param name="Start">Of its name.</param>
/// <param name="ValueStart">Behind the opening quote.</param>
/// <param name="ValueEnd">Of the closing quote.</param>
/// <param name="Value">As it is written between the quotes.</param>
internal sealed record XmlAttributePlace(string Name, int Start, int ValueStart, int ValueEnd, string Value)
{
    public int End => ValueEnd + 1;
}
