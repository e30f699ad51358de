using System.Buffers.Binary;

namespace Guestclock.Protocols.Chrony;

/// <summary>
/// A request to chronyd (CMD_Request in candm.h): big-endian; version u8 @0, packet type u8 @1, command u16 @4, attempt u16 @6,
/// sequence u32 @8, body @20. chronyd drops a request that is shorter than the reply to it, and one that is longer than the longest
/// request of its release (504 bytes at least), so each request is padded with zeros to the length of its reply.
/// </summary>
public static class ChronyRequest
{
    public const int HeaderBytes = 20;

    public const byte Version = 6;

    private const byte TypeRequest = 1;
    private const int CommandAt = 4;
    private const int SequenceAt = 8;

    /// <summary>A request with sequence 0; who sends it puts an unpredictable sequence in its place.</summary>
    /// <param name="totalBytes">Length of the datagram: that of the expected reply.</param>
    public static byte[] Build(ChronyCommand command, int totalBytes)
    {
        var request = new byte[totalBytes];
        request[0] = Version;
        request[1] = TypeRequest;
        BinaryPrimitives.WriteUInt16BigEndian(request.AsSpan(CommandAt), (ushort)command);
        return request;
    }

    /// <summary>A request about one source, by its index: u32 @0 of the body.</summary>
    public static byte[] BuildIndexed(ChronyCommand command, int totalBytes, int index)
    {
        var request = Build(command, totalBytes);
        BinaryPrimitives.WriteInt32BigEndian(request.AsSpan(HeaderBytes), index);
        return request;
    }

    public static void SetSequence(Span<byte> request, uint sequence) =>
        BinaryPrimitives.WriteUInt32BigEndian(request[SequenceAt..], sequence);

    internal static ushort CommandOf(ReadOnlySpan<byte> request) => BinaryPrimitives.ReadUInt16BigEndian(request[CommandAt..]);

    internal static uint SequenceOf(ReadOnlySpan<byte> request) => BinaryPrimitives.ReadUInt32BigEndian(request[SequenceAt..]);
}
