using System.Collections.Concurrent;
using System.Threading.Channels;
using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using Guestclock.Linux.Agents;
using Guestclock.Linux.Services;
using Guestclock.Linux.Watching;

namespace Guestclock.Linux.Tests.Watching;

/// <summary>The loop among sources, agents and judges that fail in ways nobody promised.</summary>
public sealed class WatchLoopTests
{
    private static readonly HostSanity Sane = HostSanity.Synchronized(1_000_000, "test");

    private readonly ConcurrentQueue<WatchRecord> _told = new();

    [Fact]
    public async Task A_run_that_throws_what_nobody_expects_is_a_run_that_failed()
    {
        var source = new FakeSource(_ => throw new ObjectDisposedException("a connection"));
        await RunAsync(_ => [source], () => Sane, async _ =>
        {
            var record = await ToldAsync(r => r.Kind == WatchRecordKind.Recovery && r.Result!.Outcome == RecoveryOutcome.Failed);
            Assert.Equal(AgentFailure.Transport, record.Result!.Failure);
            // Its place is free again: it is tried once more.
            await UntilAsync(() => source.Opened >= 3);
        });
    }

    [Fact]
    public async Task A_source_that_throws_is_told_and_the_others_go_on()
    {
        var good = new FakeSource(_ => throw new AgentException(AgentFailure.NoChannel, ""));
        await RunAsync(_ => [new ThrowingSource(), good], () => Sane, async _ =>
        {
            await ToldAsync(r => r.Kind == WatchRecordKind.Source && r.Detail.Contains("not promised", StringComparison.Ordinal));
            await ToldAsync(r => r.Kind == WatchRecordKind.Recovery);
        });
    }

    [Fact]
    public async Task A_judge_of_the_host_that_throws_is_a_host_that_is_not_known() =>
        await RunAsync(_ => [], () => throw new IOException("no more descriptors"), async _ =>
        {
            var record = await ToldAsync(r => r.Kind == WatchRecordKind.Host);
            Assert.Equal((HostClockState.Unknown, true), (record.Host!.State, record.Host.Detail.Contains("no more descriptors", StringComparison.Ordinal)));
        });

    [Fact]
    public async Task Settings_whose_sources_cannot_be_made_leave_the_old_ones_at_work()
    {
        var made = 0;
        var source = new FakeSource(_ => throw new AgentException(AgentFailure.NoChannel, ""));
        await RunAsync(_ => made++ == 0 ? [source] : throw new InvalidOperationException("no such pattern"), () => Sane, async loop =>
        {
            await ToldAsync(r => r.Kind == WatchRecordKind.GuestEvent);
            loop.Apply(WatchSettings.Default with { Qmp = ["elsewhere"] });
            await ToldAsync(r => r.Kind == WatchRecordKind.Source && r.Detail.Contains("no such pattern", StringComparison.Ordinal));
            Assert.False(source.HasEnded);
        });
        Assert.True(source.HasEnded);
    }

    [Fact]
    public async Task Two_sources_that_know_the_same_name_are_told_of()
    {
        await RunAsync(_ => [new FakeSource(_ => throw new AgentException()), new FakeSource(_ => throw new AgentException())], () => Sane, async _ =>
            await ToldAsync(r => r.Kind == WatchRecordKind.Source && r.Detail.Contains("web", StringComparison.Ordinal)));
        Assert.Single(_told, r => r.Kind == WatchRecordKind.Source);
    }

    private async Task RunAsync(Func<WatchSettings, IReadOnlyList<IGuestSource>> sources, Func<HostSanity> judge, Func<WatchLoop, Task> during)
    {
        var around = new WatchEnvironment(HostClock.Instance, new Quiet(), judge, (settings, _) => sources(settings), "test") { OnRecord = _told.Enqueue };
        await using var loop = new WatchLoop(WatchSettings.Default, new Nowhere(), around);
        using var end = new CancellationTokenSource();
        var running = loop.RunAsync(end.Token);
        await during(loop);
        await end.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(5));
    }

    private async Task<WatchRecord> ToldAsync(Func<WatchRecord, bool> wanted)
    {
        await UntilAsync(() => _told.Any(wanted));
        return _told.First(wanted);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var tries = 0; !isSo(); tries++)
        {
            Assert.InRange(tries, 0, 500);
            await Task.Delay(10);
        }
    }

    private sealed class FakeSource(Func<string, IGuestAgent> open) : IGuestSource
    {
        private int _opened;

        public string Name => "fake";

        public int Opened => _opened;

        public bool HasEnded { get; private set; }

        public async Task RunAsync(ChannelWriter<GuestEvent> events, CancellationToken cancellationToken)
        {
            events.TryWrite(new("web", GuestEventKind.Found, HostClock.Instance.MonotonicNs));
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            HasEnded = true;
        }

        public Task<IGuestAgent> OpenAgentAsync(string guest, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _opened);
            return Task.FromResult(open(guest));
        }
    }

    private sealed class ThrowingSource : IGuestSource
    {
        public string Name => "throwing";

        public Task RunAsync(ChannelWriter<GuestEvent> events, CancellationToken cancellationToken) => throw new InvalidOperationException("not promised");

        public Task<IGuestAgent> OpenAgentAsync(string guest, CancellationToken cancellationToken) => throw new InvalidOperationException();
    }

    private sealed class Quiet : IHostDisruptions
    {
        public Task RunAsync(ChannelWriter<WatchInput> events, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Nowhere : ILineSink
    {
        public void Write(ReadOnlySpan<byte> line)
        {
        }
    }
}
