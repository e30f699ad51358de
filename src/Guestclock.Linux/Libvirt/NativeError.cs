using System.Runtime.InteropServices;

namespace Guestclock.Linux.Libvirt;

/// <summary><c>struct _virError</c> of virterror.h, as far as it is used.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeError
{
    public int Code;
    public int Domain;
    public byte* Message;
    public int Level;
    public nint Connection;
    public nint DomainObject;
    public byte* Text1;
    public byte* Text2;
    public byte* Text3;

    /// <summary>Of a failed system call: errno.</summary>
    public int Number1;
}
