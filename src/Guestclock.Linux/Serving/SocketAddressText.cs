using System.Globalization;
using System.Net;

namespace Guestclock.Linux.Serving;

/// <summary>Addresses to listen on as people write them: <c>127.0.0.1:9877</c>, <c>[::1]:9877</c>, <c>:9877</c> (every address).</summary>
public static class SocketAddressText
{
    /// <summary>False when the text is no address with a port from 0 (any free one) to 65535. Names are not looked up, but for <c>localhost</c>.</summary>
    public static bool TryParse(string text, out IPEndPoint address)
    {
        address = new(IPAddress.None, 0);
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return false;
        if (HostOf(text[..colon]) is not { } host)
            return false;
        address = new(host, port);
        return true;
    }

    private static IPAddress? HostOf(string host) => host switch
    {
        "" or "*" => IPAddress.IPv6Any,
        "localhost" => IPAddress.Loopback,
        ['[', .. var inner, ']'] => inner.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(inner, out var v6) ? v6 : null,

        // The library also takes 127.1 and 2130706433 for addresses.
        _ => host.Count('.') == 3 && IPAddress.TryParse(host, out var v4) && v4.ToString() == host ? v4 : null,
    };
}
