using System.Runtime.InteropServices;

namespace Guestclock.Linux.Libvirt;

/// <summary>A <c>virConnectPtr</c>. Giving it back talks to the daemon, which may hang: <see cref="LibvirtConnection"/> does it aside.</summary>
internal sealed class ConnectionHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => LibvirtApi.Close(handle) >= 0;
}
