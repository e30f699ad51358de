using Guestclock.Linux.Agents;

namespace Guestclock.Lab.Scenarios;

/// <summary>Waiting for an instant of this machine's monotonic clock.</summary>
internal static class LabWait
{
    /// <summary>Returns at once where the instant is over.</summary>
    /// <param name="monotonicNs">CLOCK_MONOTONIC, ns.</param>
    public static async Task UntilAsync(long monotonicNs, CancellationToken cancellationToken)
    {
        while (monotonicNs - HostClock.Instance.MonotonicNs is var left and > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(1, left / 1_000_000)), cancellationToken);
    }
}
