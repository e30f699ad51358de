using Guestclock.Formats;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats;

/// <summary>The first bytes of /bin/true of Debian on several architectures, and a PE header.</summary>
public class ExecutableHeaderTests
{
    public static byte[] Elf(byte bits, byte order, ushort machine) =>
        [0x7F, (byte)'E', (byte)'L', (byte)'F', bits, order, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. order == 1
            ? new byte[] { 3, 0, (byte)machine, (byte)(machine >> 8) } : [0, 3, (byte)(machine >> 8), (byte)machine]];

    [Theory]
    [InlineData(2, 1, 62, "x86_64")]
    [InlineData(1, 1, 3, "i686")]
    [InlineData(2, 1, 183, "aarch64")]
    [InlineData(2, 1, 21, "ppc64le")]
    [InlineData(2, 2, 22, "s390x")]
    public void Reads_elf(byte bits, byte order, ushort machine, string name) =>
        Assert.Equal(name, ExecutableHeader.Architecture(Elf(bits, order, machine)));

    [Fact]
    public void Reads_pe() => Assert.Equal("x86_64", ExecutableHeader.Architecture(Pe));

    [Fact]
    public void Never_fails_on_any_bytes() => Fuzz.Bytes([Elf(2, 1, 62), Pe], b => ExecutableHeader.Architecture(b));

    private static byte[] Pe => [(byte)'M', (byte)'Z', .. new byte[58], 64, 0, 0, 0, (byte)'P', (byte)'E', 0, 0, 0x64, 0x86];
}
