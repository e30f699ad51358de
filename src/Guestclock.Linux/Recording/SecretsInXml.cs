using System.Text;

namespace Guestclock.Linux.Recording;

/// <summary>
/// Secrets in libvirt's XML: attributes such as <c>passwd='…'</c>, and what is handed to QEMU by <c>qemu:arg</c> and <c>qemu:env</c>.
/// Read as text, because an XML that does not parse may hold a secret too.
/// </summary>
internal static class SecretsInXml
{
    public static string Redact(string xml)
    {
        StringBuilder? to = null;
        var done = 0;
        var tag = -1;
        var seen = 0;
        for (var at = xml.IndexOf('=', StringComparison.Ordinal); at >= 0; at = xml.IndexOf('=', at + 1))
        {
            if (xml.AsSpan(seen, at - seen).LastIndexOf('<') is var last and >= 0)
                tag = seen + last;
            seen = at;
            var open = SkipSpace(xml, at + 1);
            if (at < done || open >= xml.Length || xml[open] is not ('"' or '\''))
                continue;
            var close = xml.IndexOf(xml[open], open + 1);
            if (close < 0)
                close = xml.Length;
            var value = xml[(open + 1)..close];
            var clean = Clean(Element(xml, tag, at), Name(xml, at), value);
            if (!string.Equals(value, clean, StringComparison.Ordinal))
            {
                to ??= new(xml.Length);
                to.Append(xml, done, open + 1 - done).Append(clean);
                done = close;
            }

            at = Math.Min(close, xml.Length - 1);
        }

        return to is null ? xml : to.Append(xml, done, xml.Length - done).ToString();
    }

    private static string Clean(ReadOnlySpan<char> element, ReadOnlySpan<char> name, string value) =>
        SecretNames.IsSecret(name) || (element is "qemu:env" && name is "value") ? Redactor.Mark
        : element is "qemu:arg" ? SecretsInProcesses.RedactArgument(value)
        : value;

    private static ReadOnlySpan<char> Name(string xml, int at)
    {
        var end = at;
        while (end > 0 && char.IsWhiteSpace(xml[end - 1]))
            end--;
        var start = end;
        while (start > 0 && SecretNames.IsPart(xml[start - 1]))
            start--;
        return xml.AsSpan(start, end - start);
    }

    private static ReadOnlySpan<char> Element(string xml, int tag, int at)
    {
        if (tag < 0)
            return default;
        var inside = xml.AsSpan(tag + 1, Math.Min(at - tag - 1, 64));
        var end = inside.IndexOfAny(" \t\r\n");
        return end < 0 ? inside : inside[..end];
    }

    private static int SkipSpace(string xml, int at)
    {
        while (at < xml.Length && char.IsWhiteSpace(xml[at]))
            at++;
        return at;
    }
}
