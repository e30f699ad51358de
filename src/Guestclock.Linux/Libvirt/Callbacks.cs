using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Guestclock.Linux.Libvirt;

/// <summary>Objects that libvirt carries for us as <c>void *opaque</c>: held by a <see cref="GCHandle"/> until libvirt says that it forgets them.</summary>
internal static class Callbacks
{
    public static T? Target<T>(nint data)
        where T : class => GCHandle.FromIntPtr(data).Target as T;

    public static void FreeNow(nint data) => GCHandle.FromIntPtr(data).Free();

    /// <summary>A <c>virFreeCallback</c>.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static void Free(nint data) => FreeNow(data);
}
