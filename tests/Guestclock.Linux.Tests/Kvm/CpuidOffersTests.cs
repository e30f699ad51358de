using System.Buffers.Binary;
using Guestclock.Linux.Kvm;
using Guestclock.Testing;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Linux.Tests.Kvm;

public class CpuidOffersTests
{
    private static readonly byte[] Cpuid = Of(
        (1, 0, 0x00A1_0F11, 0, 0x0100_0000, 0), (7, 0, 0, 2, 0, 0), (7, 1, 0, 0xFFFF_FFFF, 0, 0), (0x15, 0, 2, 216, 24_000_000, 0),
        (0x8000_0001, 0, 0, 0, 0, 1 << 27), (0x8000_0007, 0, 0, 0, 0, 1 << 8), (0x4000_0001, 0, 0x0100_7EFB, 0, 0, 0));

    [Fact]
    public void Time_leaves_are_read()
    {
        var offer = CpuidOffers.Read(Cpuid, true);
        Assert.Equal(new CpuidOffer(0x0100_7EFB, true, true, true, true, 2_592_000, true), offer);
        Assert.True(offer is { HasClock: true, HasStableBit: true, HasStealTime: true });
    }

    [Fact]
    public void What_is_not_said_is_not_there() =>
        Assert.Equal(new CpuidOffer(0, false, false, false, false, null, null), CpuidOffers.Read(Of((0x15, 0, 2, 216, 0, 0)), null));

    [Fact]
    public void Garbage_is_read_as_something() => Fuzz.Bytes([Cpuid], b => _ = CpuidOffers.Read(b, false));

    [Theory]
    [InlineData(8, 4, "0 2 4 7")]
    [InlineData(3, 4, "0 1 2")]
    [InlineData(64, 2, "0 63")]
    [InlineData(64, 1, "0")]
    [InlineData(64, 0, "0")]
    public void vCPUs_are_spread_over_the_host(int allowed, int most, string chosen) =>
        Assert.Equal(chosen, string.Join(' ', HostCpus.Choose([.. Enumerable.Range(0, allowed)], most)));

    private static byte[] Of(params (uint Leaf, uint Index, uint Eax, uint Ebx, uint Ecx, uint Edx)[] entries)
    {
        var bytes = new byte[8 + (entries.Length * 40)];
        bytes[0] = (byte)entries.Length;
        for (var i = 0; i < entries.Length; i++)
        {
            var (leaf, index, eax, ebx, ecx, edx) = entries[i];
            foreach (var (at, value) in ((int, uint)[])[(0, leaf), (4, index), (12, eax), (16, ebx), (20, ecx), (24, edx)])
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8 + (i * 40) + at), value);
        }

        return bytes;
    }
}
