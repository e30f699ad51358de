using Guestclock.Discipline.Watch;

namespace Guestclock.Linux.Libvirt;

/// <summary>What libvirt's events of domains mean for a guest's clock.</summary>
internal static class DomainEvent
{
    /// <summary>VIR_DOMAIN_EVENT_ID_LIFECYCLE of libvirt-domain.h; null: nothing that matters to a clock.</summary>
    /// <param name="type">virDomainEventType.</param>
    /// <param name="detail">The type's own virDomainEvent…DetailType.</param>
    public static (GuestEventKind Kind, string Detail)? OfLifecycle(int type, int detail) => (type, detail) switch
    {
        (2, 1) => (GuestEventKind.Migrated, "started by a migration"),
        (2, 2) => (GuestEventKind.Restored, "restored from a saved image"),
        (2, 3) => (GuestEventKind.Restored, "started from a snapshot"),
        (2, 4) => (GuestEventKind.Resumed, "woken up"),
        (2, _) => (GuestEventKind.Started, "booted"),
        (3, 1) => (GuestEventKind.Paused, "paused for a migration"),
        (3, 2) => (GuestEventKind.Paused, "paused by a disk error"),
        (3, 3) => (GuestEventKind.Paused, "paused by its watchdog"),
        (3, 4) => (GuestEventKind.Paused, "restored and paused"),
        (3, 5) => (GuestEventKind.Paused, "paused in a snapshot"),
        (3, _) => (GuestEventKind.Paused, "paused"),
        (4, 1) => (GuestEventKind.Migrated, "runs after a migration"),
        (4, 2) => (GuestEventKind.Restored, "runs from a snapshot or a saved image"),
        (4, 3) => (GuestEventKind.Migrated, "runs while its memory still comes (post-copy)"),
        (4, 4) => (GuestEventKind.Migrated, "runs after a failed post-copy migration"),
        (4, _) => (GuestEventKind.Resumed, "resumed"),
        (5, 1) => (GuestEventKind.Gone, "destroyed"),
        (5, 2) => (GuestEventKind.Gone, "crashed"),
        (5, 3) => (GuestEventKind.Gone, "migrated away"),
        (5, 4) => (GuestEventKind.Gone, "saved"),
        (5, 5) => (GuestEventKind.Gone, "QEMU failed"),
        (5, 6) => (GuestEventKind.Gone, "reverted to a snapshot that does not run"),
        (5, _) => (GuestEventKind.Gone, "shut down"),
        (7, _) => (GuestEventKind.Paused, "suspended by itself"),
        (8, _) => (GuestEventKind.Paused, "its kernel has crashed"),
        _ => null,
    };

    /// <summary>VIR_DOMAIN_EVENT_ID_AGENT_LIFECYCLE: state 1 is connected, 2 disconnected.</summary>
    public static GuestEventKind? OfAgent(int state) => state == 1 ? GuestEventKind.AgentConnected : null;
}
