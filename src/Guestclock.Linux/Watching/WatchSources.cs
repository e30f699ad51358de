using System.Collections.Concurrent;
using System.Threading.Channels;
using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using Guestclock.Linux.Agents;

namespace Guestclock.Linux.Watching;

/// <summary>All sources of guests at once: which guest belongs to which, and what they tell, as inputs of the watch.</summary>
internal sealed class WatchSources(Action<WatchInput> tell, IHostClock clock) : IDisposable
{
    private readonly ConcurrentDictionary<string, IGuestSource> _owners = new(StringComparer.Ordinal);

    /// <summary>Guests of a second source, told of once each.</summary>
    private readonly ConcurrentDictionary<(string Guest, IGuestSource Source), bool> _doubles = new();
    private CancellationTokenSource _end = new();
    private Task _running = Task.CompletedTask;
    private Func<string, bool> _watches = _ => true;

    /// <summary>Begins to listen to these sources.</summary>
    /// <param name="watches">Whether the guest of that name is watched.</param>
    public void Start(IReadOnlyList<IGuestSource> sources, Func<string, bool> watches)
    {
        _end.Dispose();
        _end = new();
        _doubles.Clear();
        _watches = watches;
        var token = _end.Token;
        _running = Task.WhenAll(sources.Select(s => Task.Run(() => FollowAsync(s, token), CancellationToken.None)));
    }

    /// <summary>Ends all sources; their guests are gone until another source finds them.</summary>
    public async Task StopAsync()
    {
        await _end.CancelAsync();
        await _running;
        foreach (var guest in _owners.Keys)
        {
            if (_owners.TryRemove(guest, out _))
                tell(new GuestHappened(new(guest, GuestEventKind.Gone, clock.MonotonicNs, "the settings have changed")));
        }
    }

    public void Dispose() => _end.Dispose();

    /// <summary>The ways to a guest's agents.</summary>
    public SyncTarget Target(string guest) => new(
        guest,
        token => Owner(guest).OpenAgentAsync(guest, token),
        token => Owner(guest).OpenProverAsync(guest, token));

    private IGuestSource Owner(string guest) =>
        _owners.TryGetValue(guest, out var source) ? source : throw new AgentException(AgentFailure.NoGuest, "the guest is gone");

    private async Task FollowAsync(IGuestSource source, CancellationToken cancellationToken)
    {
        var events = Channel.CreateUnbounded<GuestEvent>(new() { SingleReader = true });
        var telling = Task.Run(() => source.RunAsync(events.Writer, cancellationToken), CancellationToken.None);
        _ = telling.ContinueWith(t => events.Writer.TryComplete(t.Exception), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            await foreach (var e in events.Reader.ReadAllAsync(CancellationToken.None))
                Take(source, e);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A source promises not to throw; if one does all the same, the others go on, and it is told.
            tell(new SourceSaid(source.Name, true, $"{e.GetType().Name}: {e.Message}"));
        }

        (source as IDisposable)?.Dispose();
    }

    private void Take(IGuestSource source, GuestEvent e)
    {
        if (!_watches(e.Guest))
            return;
        if (e.Kind != GuestEventKind.Gone)
        {
            // Where two sources know a guest of the same name, the first one keeps it.
            if (_owners.GetOrAdd(e.Guest, source) is var owner && owner != source)
            {
                if (_doubles.TryAdd((e.Guest, source), true))
                    tell(new SourceSaid(source.Name, true, $"{e.Guest} is known from {owner.Name} already and watched there only; where it is another guest, give it another name"));
                return;
            }
        }
        else if (!_owners.TryRemove(new(e.Guest, source)))
        {
            return;
        }

        tell(new GuestHappened(e));
    }
}
