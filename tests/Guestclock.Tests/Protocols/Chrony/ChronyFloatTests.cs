using Guestclock.Protocols.Chrony;

namespace Guestclock.Tests.Protocols.Chrony;

/// <summary>Values and bits as chronyd 4.3 encodes them (UTI_FloatHostToNetwork in util.c), seen on the wire.</summary>
public class ChronyFloatTests
{
    [Theory]
    [InlineData(0x00000000, 0.0)]
    [InlineData(0x04800000, 1.0)]
    [InlineData(0x03000000, -1.0)]
    [InlineData(0x02800000, 0.5)]
    [InlineData(0xDC8637BD, 1e-6)]
    [InlineData(0xDD79C843, -1e-6)]
    [InlineData(0xC889705F, 1e-9)]
    [InlineData(0x10F6E979, 123.456)]
    [InlineData(0xE769C06C, -3.5822e-5)]
    public void Decodes(uint bits, double value) => Assert.Equal(value, ChronyFloat.Decode(bits), Math.Abs(value) * 1e-7);

    [Theory]
    [InlineData(0x04800000, 1_000_000_000)]
    [InlineData(0xC889705F, 1)]
    [InlineData(0xE769C06C, -35_822)]
    [InlineData(0x7EFFFFFF, ChronyFloat.MaxNs)]
    [InlineData(0x7F000000, -ChronyFloat.MaxNs)]
    public void Seconds_become_nanoseconds_and_never_overflow(uint bits, long nanoseconds) =>
        Assert.Equal(nanoseconds, ChronyFloat.Nanoseconds(bits));
}
