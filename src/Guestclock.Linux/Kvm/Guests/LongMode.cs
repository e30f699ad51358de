using System.Buffers.Binary;
using Guestclock.Linux.Kvm.Calls;

namespace Guestclock.Linux.Kvm.Guests;

/// <summary>64-bit mode, ring 0, flat (Intel SDM volume 3, 10.8.5 and 5.5): control registers, segments and page tables.</summary>
internal static class LongMode
{
    // Protection enabled, monitor coprocessor, extension type, paging.
    private const ulong Cr0 = 0x8000_0013;

    // Physical address extension.
    private const ulong Cr4 = 0x20;

    // Long mode enabled and active.
    private const ulong Efer = 0x500;

    private const int TableBytes = 0x1000;
    private const ulong PresentWritable = 3;
    private const ulong LargePage = 0x80;
    private const byte Code = 11;
    private const byte Data = 3;

    /// <summary>Into struct kvm_sregs.</summary>
    public static void Write(Span<byte> sregs)
    {
        Segment(sregs[KvmLayout.Sregs.Cs..], Code);
        for (var i = 0; i < KvmLayout.Sregs.DataSegments; i++)
            Segment(sregs[(KvmLayout.Sregs.Ds + (i * KvmLayout.Segment.Size))..], Data);
        Put(sregs, KvmLayout.Sregs.Cr0, Cr0);
        Put(sregs, KvmLayout.Sregs.Cr3, GuestLayout.Tables);
        Put(sregs, KvmLayout.Sregs.Cr4, Cr4);
        Put(sregs, KvmLayout.Sregs.Efer, Efer);
    }

    /// <summary>Into the guest's memory: the first 2 MiB are themselves.</summary>
    public static void WriteTables(Span<byte> memory)
    {
        Put(memory, GuestLayout.Tables, (GuestLayout.Tables + TableBytes) | PresentWritable);
        Put(memory, GuestLayout.Tables + TableBytes, (GuestLayout.Tables + (2 * TableBytes)) | PresentWritable);
        Put(memory, GuestLayout.Tables + (2 * TableBytes), LargePage | PresentWritable);
    }

    private static void Segment(Span<byte> segment, byte type)
    {
        Put(segment, KvmLayout.Segment.Base, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(segment[KvmLayout.Segment.Limit..], uint.MaxValue);
        BinaryPrimitives.WriteUInt16LittleEndian(segment[KvmLayout.Segment.Selector..], (ushort)(type == Code ? 8 : 16));
        segment[KvmLayout.Segment.Type] = type;
        segment[KvmLayout.Segment.Present] = 1;
        segment[KvmLayout.Segment.IsCodeOrData] = 1;
        segment[KvmLayout.Segment.Default32] = (byte)(type == Code ? 0 : 1);
        segment[KvmLayout.Segment.Long] = (byte)(type == Code ? 1 : 0);
        segment[KvmLayout.Segment.Granularity] = 1;
    }

    private static void Put(Span<byte> bytes, int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(bytes[at..], value);
}
