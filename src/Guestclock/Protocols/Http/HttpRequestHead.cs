using System.Text;
using Guestclock.Formats;

namespace Guestclock.Protocols.Http;

/// <summary>
/// The head of an HTTP/1 request, RFC 9112: request line, fields, an empty line; lines end in CR LF or LF (section 2.2). Of the fields
/// nothing is kept: whoever only answers GET and HEAD and closes after one answer needs none.
/// </summary>
/// <param name="Method">As it was sent; methods are case-sensitive.</param>
/// <param name="Path">Without query, not percent-decoded; begins with a slash (or is <c>*</c>).</param>
public sealed record HttpRequestHead(string Method, string Path)
{
    /// <summary>The longest head that is read, in bytes.</summary>
    public const int MaxBytes = 8 << 10;

    /// <summary>Where the head ends (the first byte after its empty line), or -1 while it is not yet all there.</summary>
    public static int EndOf(ReadOnlySpan<byte> bytes)
    {
        for (var from = 0; bytes[from..].IndexOf((byte)'\n') is >= 0 and var at; from += at + 1)
        {
            var rest = bytes[(from + at + 1)..];
            if (rest.StartsWith("\n"u8))
                return from + at + 2;
            if (rest.StartsWith("\r\n"u8))
                return from + at + 3;
        }

        return -1;
    }

    /// <exception cref="MalformedInputException">It is no head of an HTTP/1 request.</exception>
    public static HttpRequestHead Parse(ReadOnlySpan<byte> head)
    {
        var end = head.IndexOf((byte)'\n');
        var line = (end < 0 ? head : head[..end]).TrimEnd((byte)'\r');
        if (line.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
            throw new MalformedInputException("request line", "printable ASCII", "other bytes");
        var words = Encoding.ASCII.GetString(line).Split(' ');
        if (words is not [{ Length: > 0 } method, { Length: > 0 } target, "HTTP/1.1" or "HTTP/1.0"])
            throw new MalformedInputException("request line", "METHOD TARGET HTTP/1.1", $"'{Encoding.ASCII.GetString(line)}'");
        return new(method, PathOf(target));
    }

    /// <summary>Origin form, or absolute form, which a server must take too (section 3.2.2).</summary>
    private static string PathOf(string target)
    {
        if (target.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            var slash = target.IndexOf('/', "http://".Length);
            target = slash < 0 ? "/" : target[slash..];
        }

        if (target[0] != '/' && target != "*")
            throw new MalformedInputException("request line", "a path that begins with /", $"'{target}'");
        var query = target.AsSpan().IndexOfAny('?', '#');
        return query < 0 ? target : target[..query];
    }
}
