using System.Runtime.InteropServices;

namespace Guestclock.Linux.Native;

/// <summary>What System.Net.Sockets does not offer: control messages beside a datagram, recvmsg(2).</summary>
internal static unsafe partial class LibC
{
    [LibraryImport(Library, EntryPoint = "recvmsg", SetLastError = true)]
    public static partial nint ReceiveMessage(nint socket, MessageHeader* message, int flags);
}

/// <summary>struct msghdr of 64-bit Linux, 56 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 56)]
internal unsafe struct MessageHeader
{
    [FieldOffset(0)]
    public void* Name;

    [FieldOffset(8)]
    public uint NameBytes;

    [FieldOffset(16)]
    public MessagePart* Parts;

    [FieldOffset(24)]
    public nuint PartCount;

    [FieldOffset(32)]
    public byte* Control;

    /// <summary>Room before the call, what was filled after it.</summary>
    [FieldOffset(40)]
    public nuint ControlBytes;

    [FieldOffset(48)]
    public int Flags;
}

/// <summary>struct iovec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessagePart
{
    public byte* Start;
    public nuint Bytes;
}
