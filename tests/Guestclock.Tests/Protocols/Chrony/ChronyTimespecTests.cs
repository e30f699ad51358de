using System.Buffers.Binary;
using Guestclock.Formats;
using Guestclock.Protocols.Chrony;

namespace Guestclock.Tests.Protocols.Chrony;

public class ChronyTimespecTests
{
    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(0, 1_795_223_932, 414_330_200, 1_795_223_932_414_330_200)]
    [InlineData(0x7FFFFFFF, 1_795_223_932, 5, 1_795_223_932_000_000_005)]
    [InlineData(1, 0, 0, 4_294_967_296_000_000_000)]
    public void Decodes(uint high, uint low, uint nanoseconds, long unixNs) => Assert.Equal(unixNs, Decode(high, low, nanoseconds));

    [Theory]
    [InlineData(3, 0, 0)]
    [InlineData(0xFFFFFFFF, 0xFFFFFFFF, 0)]
    [InlineData(0, 1, 1_000_000_000)]
    public void Refuses_what_is_no_time(uint high, uint low, uint nanoseconds) =>
        Assert.Throws<MalformedInputException>(() => Decode(high, low, nanoseconds));

    private static long Decode(uint high, uint low, uint nanoseconds)
    {
        var bytes = new byte[ChronyTimespec.Bytes];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, high);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), low);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(8), nanoseconds);
        return ChronyTimespec.Decode(bytes);
    }
}
