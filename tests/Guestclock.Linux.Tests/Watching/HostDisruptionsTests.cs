using System.Threading.Channels;
using Guestclock.Discipline.Watch;
using Guestclock.Linux.Agents;
using Guestclock.Linux.Native;
using Guestclock.Linux.Watching;

namespace Guestclock.Linux.Tests.Watching;

public class HostDisruptionsTests
{
    [Fact]
    public async Task A_step_and_a_sleep_are_told_once_each()
    {
        var clock = new MovableClock();
        var events = Channel.CreateUnbounded<WatchInput>();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var running = new HostDisruptions(clock) { LookEvery = TimeSpan.FromMilliseconds(20) }.RunAsync(events.Writer, stop.Token);
        await clock.IsReadAsync();
        clock.Step(-2_000_000_000);
        Assert.InRange(Assert.IsType<HostStepped>(await events.Reader.ReadAsync(stop.Token)).ByNs, -2_001_000_000, -1_999_000_000);
        clock.Sleep(20_000_000_000);
        Assert.InRange(Assert.IsType<HostSlept>(await events.Reader.ReadAsync(stop.Token)).DurationNs, 19_999_000_000, 20_001_000_000);
        await Task.Delay(100);
        Assert.False(events.Reader.TryRead(out _));
        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task The_real_clocks_rest_and_stopping_is_immediate()
    {
        var events = Channel.CreateUnbounded<WatchInput>();
        using var stop = new CancellationTokenSource();
        var running = new HostDisruptions(HostClock.Instance).RunAsync(events.Writer, stop.Token);
        await Task.Delay(200);
        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(2));
        Assert.False(events.Reader.TryRead(out var told), $"{told}");
    }

    [Fact]
    public void The_kernel_gives_a_timer_that_is_not_cancelled_by_nothing()
    {
        using var timer = new ClockSetTimer();
        Assert.False(timer.Wait(TimeSpan.FromMilliseconds(50)));
        timer.Wake();
        Assert.False(timer.Wait(TimeSpan.FromMinutes(10)));
    }

    /// <summary>The real clock with offsets of its own.</summary>
    private sealed class MovableClock : IHostClock
    {
        private readonly TaskCompletionSource _isRead = new();
        private long _steppedNs;
        private long _sleptNs;
        private int _reads;

        public long RealtimeNs => HostClock.Instance.RealtimeNs + Interlocked.Read(ref _steppedNs) + Interlocked.Read(ref _sleptNs);

        public long MonotonicNs
        {
            get
            {
                if (Interlocked.Increment(ref _reads) > 25)
                    _isRead.TrySetResult();
                return HostClock.Instance.MonotonicNs;
            }
        }

        public long BootTimeNs => HostClock.Instance.BootTimeNs + Interlocked.Read(ref _sleptNs);

        public Task IsReadAsync() => _isRead.Task.WaitAsync(TimeSpan.FromSeconds(10));

        public void Step(long byNs) => Interlocked.Add(ref _steppedNs, byNs);

        public void Sleep(long ns) => Interlocked.Add(ref _sleptNs, ns);
    }
}
