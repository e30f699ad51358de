using System.Collections.Concurrent;
using System.Threading.Channels;
using Guestclock.Discipline.Watch;
using Guestclock.Linux.Agents;
using Guestclock.Linux.Watching;

namespace Guestclock.Linux.Tests.Watching;

/// <summary>A source that runs until the end of the test, and what it has told.</summary>
internal sealed class SourceRun : IAsyncDisposable
{
    private readonly Channel<GuestEvent> _events = Channel.CreateUnbounded<GuestEvent>();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _run;

    public SourceRun(string pattern, string? agentTemplate = null, bool hold = true)
    {
        Source = new(pattern, HostClock.Instance, agentTemplate, hold) { OnTrouble = Trouble.Enqueue, LeaseLimit = TimeSpan.FromMilliseconds(300) };
        _run = Source.RunAsync(_events.Writer, _end.Token);
    }

    public QmpSource Source { get; }

    public ConcurrentQueue<string> Trouble { get; } = new();

    public async Task<GuestEvent> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await _events.Reader.ReadAsync(limit.Token);
    }

    /// <summary>The next events, each as its guest's name and kind.</summary>
    public async Task<List<string>> NextAsync(int count)
    {
        var told = new List<string>();
        while (told.Count < count)
            told.Add(await NextAsync() is var e ? $"{e.Guest} {e.Kind}" : "");
        return told;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _run.WaitAsync(TimeSpan.FromSeconds(30));
        _end.Dispose();
    }
}
