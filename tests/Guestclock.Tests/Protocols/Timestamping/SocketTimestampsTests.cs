using System.Buffers.Binary;
using Guestclock.Protocols.Timestamping;
using Guestclock.Testing;

namespace Guestclock.Tests.Protocols.Timestamping;

public class SocketTimestampsTests
{
    private const long Seconds = 1_795_228_562;

    [Fact]
    public void The_time_by_software_is_found_among_other_messages()
    {
        byte[] control = [.. Message(0, 11, new byte[5]), .. Message(1, 37, Times(Seconds, 123_456_789))];
        Assert.Equal((Seconds * 1_000_000_000) + 123_456_789, SocketTimestamps.SoftwareNs(control));
    }

    [Fact]
    public void Without_a_time_by_software_there_is_none()
    {
        Assert.Null(SocketTimestamps.SoftwareNs([]));
        Assert.Null(SocketTimestamps.SoftwareNs(Message(0, 11, new byte[16])));
        Assert.Null(SocketTimestamps.SoftwareNs(Message(1, 37, Times(0, 0))));
        Assert.Null(SocketTimestamps.SoftwareNs(Message(1, 37, Times(Seconds, 1_000_000_000))));
        Assert.Null(SocketTimestamps.SoftwareNs(Message(1, 37, new byte[8])));
    }

    [Fact]
    public void Any_bytes_end() =>
        Fuzz.Bytes([[.. Message(0, 11, new byte[5]), .. Message(1, 37, Times(Seconds, 1))], Message(1, 37, Times(long.MaxValue, 5))],
            bytes => Assert.True(SocketTimestamps.SoftwareNs(bytes) is null or > 0));

    private static byte[] Times(long seconds, long nanoseconds)
    {
        var times = new byte[SocketTimestamps.TimesBytes];
        BinaryPrimitives.WriteInt64LittleEndian(times, seconds);
        BinaryPrimitives.WriteInt64LittleEndian(times.AsSpan(8), nanoseconds);
        return times;
    }

    private static byte[] Message(int level, int type, byte[] data)
    {
        var bytes = new byte[(SocketTimestamps.HeaderBytes + data.Length + 7) & ~7];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)(SocketTimestamps.HeaderBytes + data.Length));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), level);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), type);
        data.CopyTo(bytes, SocketTimestamps.HeaderBytes);
        return bytes;
    }
}
