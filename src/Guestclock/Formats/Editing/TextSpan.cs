namespace Guestclock.Formats.Editing;

/// <summary>A part of a text.</summary>
public readonly record struct TextSpan(int Start, int End)
{
    public string Of(string text) => text[Start..End];

    /// <summary>The text with each part replaced, in one pass.</summary>
    /// <param name="spans">In their order, without overlap.</param>
    public static string Replace(string text, IReadOnlyList<TextSpan> spans, IReadOnlyList<string> with)
    {
        var after = new System.Text.StringBuilder(text.Length + 64);
        var at = 0;
        for (var i = 0; i < spans.Count; i++)
        {
            after.Append(text, at, spans[i].Start - at).Append(with[i]);
            at = spans[i].End;
        }

        return after.Append(text, at, text.Length - at).ToString();
    }
}
