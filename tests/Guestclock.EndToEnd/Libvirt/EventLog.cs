using System.Collections.Concurrent;
using System.Threading.Channels;
using Guestclock.Discipline.Watch;
using Guestclock.Linux.Watching;

namespace Guestclock.EndToEnd.Libvirt;

/// <summary>Follows a source and waits for what it should tell.</summary>
internal sealed class EventLog : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private readonly Channel<GuestEvent> _events = Channel.CreateUnbounded<GuestEvent>();
    private readonly ConcurrentQueue<GuestEventKind> _seen = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public EventLog(IGuestSource source) => _running = source.RunAsync(_events.Writer, _stop.Token);

    /// <summary>Waits until the next event of this kind; what comes before it is skipped.</summary>
    public async Task UntilAsync(string guest, GuestEventKind kind)
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            while (true)
            {
                var next = await _events.Reader.ReadAsync(limit.Token);
                Assert.Equal(guest, next.Guest);
                _seen.Enqueue(next.Kind);
                if (next.Kind == kind)
                    return;
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"no {kind} within {Limit.TotalSeconds} s; seen: {string.Join(", ", _seen)}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(Limit);
        _stop.Dispose();
    }
}
