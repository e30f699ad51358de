using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Guestclock.Protocols.Ntp;

namespace Guestclock.Protocols.Chrony;

/// <summary>
/// An address (IPAddr in candm.h): 16 bytes @0, family u16 @16 (0 none, 1 IPv4, 2 IPv6, 3 number of an unresolved source), 2 unused.
/// </summary>
/// <param name="Family">The number of the wire.</param>
/// <param name="Text">As it is written; empty for none; <c>ID#0000000001</c>, as chronyc prints it, for an unresolved source.</param>
/// <param name="FirstWord">The first four bytes: for a reference clock its reference id.</param>
public readonly record struct ChronyAddress(int Family, string Text, uint FirstWord)
{
    public const int Bytes = 20;

    public const int None = 0;
    public const int IPv4 = 1;
    public const int IPv6 = 2;
    public const int Unresolved = 3;

    public bool IsUnresolved => Family == Unresolved;

    public static ChronyAddress Decode(ReadOnlySpan<byte> bytes)
    {
        var family = BinaryPrimitives.ReadUInt16BigEndian(bytes[16..]);
        var word = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        var text = family switch
        {
            None => "",
            IPv4 => new IPAddress(bytes[..4]).ToString(),
            IPv6 => new IPAddress(bytes[..16]).ToString(),
            Unresolved => $"ID#{word:D10}",
            _ => $"address of family {family}",
        };
        return new(family, text, word);
    }

    /// <summary>Writes an IPv4 or IPv6 address in text; false when it is neither.</summary>
    public static bool TryEncode(string text, Span<byte> bytes)
    {
        if (!IPAddress.TryParse(text, out var address) || !address.TryWriteBytes(bytes[..16], out _))
            return false;
        var family = address.AddressFamily == AddressFamily.InterNetwork ? IPv4 : IPv6;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[16..], (ushort)family);
        return true;
    }

    /// <summary>What a source is called: its address, or where it has none the letters of its reference id.</summary>
    internal string NameOr(uint referenceId) => Family == None ? NtpReferenceId.Letters(referenceId) : Text;
}
