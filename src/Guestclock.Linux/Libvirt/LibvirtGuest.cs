namespace Guestclock.Linux.Libvirt;

/// <summary>One domain as a list tells it.</summary>
public sealed record LibvirtGuest(string Name, Guid Uuid, DomainState State)
{
    /// <summary>There is a QEMU for it, whether its CPUs run or not.</summary>
    public bool IsActive => State is DomainState.Running or DomainState.Blocked or DomainState.Paused or DomainState.InShutdown or DomainState.Suspended;

    public bool IsRunning => State is DomainState.Running or DomainState.Blocked or DomainState.InShutdown;
}
