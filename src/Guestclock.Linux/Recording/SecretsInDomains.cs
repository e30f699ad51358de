using System.Globalization;
using System.Text;

namespace Guestclock.Linux.Recording;

/// <summary>Secrets in the answer to <c>libvirt/domains</c>: lines <c>NAME TAB STATE TAB BYTES</c>, each followed by that many bytes of XML
/// and a line end.</summary>
internal static class SecretsInDomains
{
    /// <summary>The bytes are counted anew. An answer that breaks this form is redacted as one text: a secret matters more than a broken
    /// answer.</summary>
    public static byte[] Redact(byte[] answer)
    {
        var to = new MemoryStream(answer.Length);
        var at = 0;
        while (at < answer.Length)
        {
            var lineEnd = Array.IndexOf(answer, (byte)'\n', at);
            if (lineEnd < 0 || !TryHead(answer.AsSpan(at, lineEnd - at), out var head, out var count)
                || count > answer.Length - lineEnd - 1)
                return Encoding.Latin1.GetBytes(SecretsInXml.Redact(Encoding.Latin1.GetString(answer)));
            var xml = Encoding.Latin1.GetBytes(SecretsInXml.Redact(Encoding.Latin1.GetString(answer, lineEnd + 1, count)));
            to.Write(Encoding.Latin1.GetBytes($"{head}\t{xml.Length.ToString(CultureInfo.InvariantCulture)}\n"));
            to.Write(xml);
            at = lineEnd + 1 + count;
            if (at < answer.Length && answer[at] == '\n')
            {
                to.WriteByte((byte)'\n');
                at++;
            }
        }

        return to.ToArray();
    }

    private static bool TryHead(ReadOnlySpan<byte> line, out string head, out int count)
    {
        var text = Encoding.Latin1.GetString(line);
        var tab = text.LastIndexOf('\t');
        head = tab < 0 ? "" : text[..tab];
        count = 0;
        return tab > 0 && int.TryParse(text.AsSpan(tab + 1), NumberStyles.None, CultureInfo.InvariantCulture, out count);
    }
}
