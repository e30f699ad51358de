namespace Guestclock.Linux.Agents;

/// <summary>
/// The way to a virtual machine whose RTC injects lost ticks again (<c>tickpolicy='catchup'</c>, QEMU's <c>driftfix=slew</c>). After the
/// guest's clock was set those ticks would push it ahead (Windows), so QEMU is told to drop them.
/// </summary>
public interface IRtcCatchup
{
    /// <summary>Drops the ticks that wait, if the machine catches up at all; to be called after the set was proved.</summary>
    /// <returns>False: it does not catch up, and nothing was done.</returns>
    /// <exception cref="AgentException">It could not be told.</exception>
    Task<bool> DropQueuedTicksAsync(TimeSpan limit, CancellationToken cancellationToken);
}
