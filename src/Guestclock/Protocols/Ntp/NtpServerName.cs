using System.Globalization;
using Guestclock.Formats;

namespace Guestclock.Protocols.Ntp;

/// <summary>A server as people write it: <c>host</c>, <c>host:port</c>, <c>[IPv6]:port</c>, a bare IPv6 address.</summary>
/// <param name="Host">A name or an address without brackets.</param>
public readonly record struct NtpServerName(string Host, int Port)
{
    public const int DefaultPort = 123;

    /// <summary>The longest name of DNS (RFC 1035 section 2.3.4).</summary>
    private const int MaxHost = 253;

    public static NtpServerName Parse(string text)
    {
        var (host, port) = Split(text);
        if (host.Length is 0 or > MaxHost || !host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ':' or '%'))
            throw new MalformedInputException("NTP server", "a host name or an address", $"'{text}'");
        if (port is null)
            return new(host, DefaultPort);
        return int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 65535
            ? new(host, number)
            : throw new MalformedInputException("NTP server", "a port of 1 to 65535", $"'{text}'");
    }

    private static (string Host, string? Port) Split(string text)
    {
        var close = text.IndexOf(']', StringComparison.Ordinal);
        if (text.StartsWith('[') && close > 0)
        {
            var rest = text[(close + 1)..];
            if (rest.Length > 0 && rest[0] != ':')
                throw new MalformedInputException("NTP server", "[address]:port", $"'{text}'");
            return (text[1..close], rest.Length > 0 ? rest[1..] : null);
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 || text.LastIndexOf(':') != colon ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }
}
