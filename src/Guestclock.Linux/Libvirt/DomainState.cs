namespace Guestclock.Linux.Libvirt;

/// <summary>virDomainState of libvirt-domain.h.</summary>
public enum DomainState
{
    Unknown = 0,
    Running = 1,

    /// <summary>It waits for a resource; its CPUs count as running.</summary>
    Blocked = 2,
    Paused = 3,
    InShutdown = 4,
    ShutOff = 5,
    Crashed = 6,

    /// <summary>The guest has suspended itself (ACPI S3).</summary>
    Suspended = 7,
}
