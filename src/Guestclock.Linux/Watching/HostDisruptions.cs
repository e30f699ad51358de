using System.Threading.Channels;
using Guestclock.Discipline.Watch;
using Guestclock.Discipline.Watch.Host;
using Guestclock.Linux.Agents;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Watching;

/// <summary>
/// This machine's disruptions, on a thread of its own that sleeps in poll(2). The kernel wakes it when the clock is set and after the host
/// slept; in between it looks now and then, for kernels that do not tell.
/// </summary>
public sealed class HostDisruptions(IHostClock clock) : IHostDisruptions
{
    /// <summary>For a test.</summary>
    internal TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(5);

    public async Task RunAsync(ChannelWriter<WatchInput> events, CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var timer = new ClockSetTimer();
        var thread = new Thread(() =>
        {
            try
            {
                Look(timer, events, cancellationToken);
            }
            finally
            {
                ended.SetResult();
            }
        })
        { IsBackground = true, Name = "host clock" };
        thread.Start();
        await using (cancellationToken.Register(timer.Wake))
            await ended.Task;
    }

    /// <summary>The clocks, read again where something came between the readings.</summary>
    internal static HostClockReading Read(IHostClock clock)
    {
        const long good = 20_000;
        var best = new HostClockReading(0, 0, 0, long.MaxValue);
        for (var tries = 0; tries < 10 && best.BoundNs > good; tries++)
        {
            var monotonicNs = clock.MonotonicNs;
            var realtimeNs = clock.RealtimeNs;
            var bootTimeNs = clock.BootTimeNs;
            var tookNs = clock.MonotonicNs - monotonicNs;
            if (tookNs < best.BoundNs)
                best = new(realtimeNs, monotonicNs, bootTimeNs, tookNs);
        }

        return best;
    }

    private void Look(ClockSetTimer timer, ChannelWriter<WatchInput> events, CancellationToken cancellationToken)
    {
        var before = Read(clock);
        while (!cancellationToken.IsCancellationRequested)
        {
            timer.Wait(LookEvery);
            var after = Read(clock);
            var disruption = HostDisruption.Between(before, after);
            if (disruption.SleptNs > 0)
                events.TryWrite(new HostSlept(disruption.SleptNs));
            if (disruption.SteppedNs != 0)
                events.TryWrite(new HostStepped(disruption.SteppedNs));
            before = after;
        }
    }
}
