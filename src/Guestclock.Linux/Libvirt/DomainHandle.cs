using System.Runtime.InteropServices;

namespace Guestclock.Linux.Libvirt;

/// <summary>A <c>virDomainPtr</c>.</summary>
internal sealed class DomainHandle : SafeHandle
{
    public DomainHandle()
        : base(0, ownsHandle: true)
    {
    }

    /// <param name="domain">A handle that becomes this one's own.</param>
    public DomainHandle(nint domain)
        : base(0, ownsHandle: true) => SetHandle(domain);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => LibvirtApi.FreeDomain(handle) >= 0;
}
