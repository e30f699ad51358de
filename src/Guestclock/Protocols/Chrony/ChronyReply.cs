using System.Buffers.Binary;
using Guestclock.Formats;

namespace Guestclock.Protocols.Chrony;

/// <summary>
/// The frame of a reply (CMD_Reply in candm.h): big-endian; version u8 @0, packet type u8 @1, command u16 @4, reply code u16 @6,
/// status u16 @8, sequence u32 @16, body @28. A reply whose status is not 0 has no body.
/// </summary>
public static class ChronyReply
{
    public const int HeaderBytes = 28;

    private const byte TypeReply = 2;

    /// <summary>
    /// True when the datagram is a reply to this request: version, type, command and sequence agree. Everything else is to be ignored.
    /// </summary>
    public static bool Answers(ReadOnlySpan<byte> request, ReadOnlySpan<byte> datagram) =>
        request.Length >= ChronyRequest.HeaderBytes && datagram.Length >= HeaderBytes
        && datagram[0] == ChronyRequest.Version && datagram[1] == TypeReply
        && CommandOf(datagram) == ChronyRequest.CommandOf(request)
        && BinaryPrimitives.ReadUInt32BigEndian(datagram[16..]) == ChronyRequest.SequenceOf(request);

    /// <summary>How chronyd took the command; refuses a datagram that is not a reply to it.</summary>
    public static ChronyStatus Status(ReadOnlySpan<byte> datagram, ChronyCommand command)
    {
        if (datagram.Length < HeaderBytes)
            throw new MalformedInputException("reply of chronyd", $"at least {HeaderBytes} bytes", $"{datagram.Length}");
        if (datagram[0] != ChronyRequest.Version)
            throw new MalformedInputException("offset 0", $"protocol version {ChronyRequest.Version}", $"{datagram[0]}");
        if (datagram[1] != TypeReply)
            throw new MalformedInputException("offset 1", $"packet type {TypeReply}", $"{datagram[1]}");
        if (CommandOf(datagram) != (ushort)command)
            throw new MalformedInputException("offset 4", $"command {(ushort)command}", $"{CommandOf(datagram)}");
        return (ChronyStatus)BinaryPrimitives.ReadUInt16BigEndian(datagram[8..]);
    }

    /// <summary>The number that says which structure the body is.</summary>
    internal static ushort Code(ReadOnlySpan<byte> datagram) => BinaryPrimitives.ReadUInt16BigEndian(datagram[6..]);

    /// <summary>The body of a successful reply of at least <paramref name="totalBytes"/>; a later release may append to it.</summary>
    internal static ChronyBody Body(ReadOnlySpan<byte> datagram, ChronyCommand command, ushort code, int totalBytes)
    {
        var status = Status(datagram, command);
        if (status != ChronyStatus.Success)
            throw new MalformedInputException("offset 8", "status 0", $"{(ushort)status}: {status.Sentence()}");
        if (Code(datagram) != code)
            throw new MalformedInputException("offset 6", $"reply code {code}", $"{Code(datagram)}");
        if (datagram.Length < totalBytes)
            throw new MalformedInputException($"reply to command {(ushort)command}", $"at least {totalBytes} bytes", $"{datagram.Length}");
        return new(datagram[HeaderBytes..]);
    }

    private static ushort CommandOf(ReadOnlySpan<byte> datagram) => BinaryPrimitives.ReadUInt16BigEndian(datagram[4..]);
}
