using Guestclock.Discipline.Watch;
using Guestclock.Linux.Libvirt;

namespace Guestclock.Linux.Tests.Libvirt;

/// <summary>virDomainEventType and its details, by the numbers of libvirt-domain.h.</summary>
public class DomainEventTests
{
    [Theory]
    [InlineData(0, 0, null)] // DEFINED
    [InlineData(1, 0, null)] // UNDEFINED
    [InlineData(2, 0, GuestEventKind.Started)] // STARTED: BOOTED, MIGRATED, RESTORED, FROM_SNAPSHOT, WAKEUP
    [InlineData(2, 1, GuestEventKind.Migrated)]
    [InlineData(2, 2, GuestEventKind.Restored)]
    [InlineData(2, 3, GuestEventKind.Restored)]
    [InlineData(2, 4, GuestEventKind.Resumed)]
    [InlineData(3, 0, GuestEventKind.Paused)] // SUSPENDED
    [InlineData(3, 4, GuestEventKind.Paused)]
    [InlineData(4, 0, GuestEventKind.Resumed)] // RESUMED: UNPAUSED, MIGRATED, FROM_SNAPSHOT, POSTCOPY, POSTCOPY_FAILED
    [InlineData(4, 1, GuestEventKind.Migrated)]
    [InlineData(4, 2, GuestEventKind.Restored)]
    [InlineData(4, 3, GuestEventKind.Migrated)]
    [InlineData(4, 4, GuestEventKind.Migrated)]
    [InlineData(4, 99, GuestEventKind.Resumed)]
    [InlineData(5, 0, GuestEventKind.Gone)] // STOPPED
    [InlineData(5, 3, GuestEventKind.Gone)]
    [InlineData(5, 4, GuestEventKind.Gone)]
    [InlineData(6, 0, null)] // SHUTDOWN: QEMU is still there
    [InlineData(7, 0, GuestEventKind.Paused)] // PMSUSPENDED
    [InlineData(8, 0, GuestEventKind.Paused)] // CRASHED
    [InlineData(99, 0, null)]
    public void A_lifecycle_event_says_what_happened_to_the_guest(int type, int detail, GuestEventKind? expected) =>
        Assert.Equal(expected, DomainEvent.OfLifecycle(type, detail)?.Kind);

    [Theory]
    [InlineData(1, GuestEventKind.AgentConnected)]
    [InlineData(2, null)]
    [InlineData(0, null)]
    public void Only_an_agent_that_connects_is_told(int state, GuestEventKind? expected) => Assert.Equal(expected, DomainEvent.OfAgent(state));
}
