using System.Net;

namespace Guestclock.Linux.References;

internal static class Addresses
{
    /// <summary>
    /// Of this machine or of a network that is not the public one: loopback, private (RFC 1918, RFC 6598, RFC 4193), link-local (where clouds have their
    /// time service).
    /// </summary>
    public static bool IsNear(this IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal)
            return true;
        var bytes = address.GetAddressBytes();
        return bytes.Length == 4 && (bytes[0], bytes[1]) switch
        {
            (10, _) or (192, 168) or (169, 254) => true,
            (172, var second) => second is >= 16 and < 32,
            (100, var second) => second is >= 64 and < 128,
            _ => false,
        };
    }
}
