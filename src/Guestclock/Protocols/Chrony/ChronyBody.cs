using System.Buffers.Binary;
using Guestclock.Formats;

namespace Guestclock.Protocols.Chrony;

/// <summary>The fields of a reply's body by their offsets in candm.h. Its length was checked by <see cref="ChronyReply.Body"/>.</summary>
internal readonly ref struct ChronyBody(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public byte U8(int at) => _bytes[at];

    public ushort U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_bytes[at..]);

    public short S16(int at) => BinaryPrimitives.ReadInt16BigEndian(_bytes[at..]);

    public uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(_bytes[at..]);

    /// <summary>A number of things: 32 bits, never negative.</summary>
    public int Count(int at)
    {
        var count = U32(at);
        return count <= int.MaxValue
            ? (int)count
            : throw new MalformedInputException($"body offset {at}", "a count below 2^31", $"{count}");
    }

    /// <summary>A Float as it is: ppm or seconds.</summary>
    public double Number(int at) => ChronyFloat.Decode(U32(at));

    /// <summary>A Float of seconds, in nanoseconds.</summary>
    public long Nanoseconds(int at) => ChronyFloat.Nanoseconds(U32(at));

    /// <summary>A Float of seconds that is a bound or a length, in nanoseconds: never negative.</summary>
    public long Magnitude(int at)
    {
        var value = Nanoseconds(at);
        return value >= 0 ? value : throw new MalformedInputException($"body offset {at}", "no negative time", $"{value} ns");
    }

    public long UnixNs(int at) => ChronyTimespec.Decode(_bytes[at..(at + ChronyTimespec.Bytes)]);

    public ChronyAddress Address(int at) => ChronyAddress.Decode(_bytes[at..(at + ChronyAddress.Bytes)]);
}
