using System.Threading.Channels;
using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using Guestclock.Linux.Agents;

namespace Guestclock.Linux.Watching;

/// <summary>
/// Guests of bare QEMU, by a glob of their QMP sockets. A monitor serves one client, so give each QEMU one for Guestclock alone. Sockets are
/// looked for each second: a file watcher sees neither globs of folders nor that somebody listens.
/// </summary>
/// <param name="pattern">As <c>/run/vms/*/qmp</c>.</param>
/// <param name="clock">Of events, and what guests are set to.</param>
/// <param name="agentTemplate">The agent's socket, where <c>*</c> is what the pattern's stars stood for; null: QEMU is asked.</param>
/// <param name="hold">
/// Keeps the agents' channels open between conversations, which takes up to 100 ms off the next one; others who use the same channel then
/// wait in vain. False: open while used, and from a pause to the conversation after it.
/// </param>
public sealed class QmpSource(string pattern, IHostClock clock, string? agentTemplate = null, bool hold = true) : IGuestSource
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly QmpGlob _glob = new(pattern);
    private readonly Dictionary<string, (QmpGuest Guest, Task Run)> _sockets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, QmpGuest> _names = new(StringComparer.Ordinal);

    public string Name => $"QMP {pattern}";

    /// <summary>Told, once each, of sockets that cannot be used and why: one sentence.</summary>
    public Action<string>? OnTrouble { get; init; }

    /// <summary>Whether a second agent of a guest is used to prove; false where it belongs to somebody who looks on.</summary>
    public bool UsesProvers { get; init; } = true;

    /// <summary>How long a conversation waits for an earlier one on the same channel to end.</summary>
    public TimeSpan LeaseLimit { get; init; } = TimeSpan.FromSeconds(5);

    internal IHostClock Clock => clock;

    internal bool IsHolding => hold;

    public async Task RunAsync(ChannelWriter<GuestEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                foreach (var (path, matched) in _glob.Find())
                {
                    if (_sockets.TryGetValue(path, out var known) && !known.Run.IsCompleted)
                        continue;
                    var guest = new QmpGuest(path, matched, agentTemplate?.Replace("*", matched, StringComparison.Ordinal), this);
                    _sockets[path] = (guest, guest.RunAsync(events, cancellationToken));
                }

                foreach (var ended in _sockets.Where(s => s.Value.Run.IsCompleted).Select(s => s.Key).ToList())
                    _ = _sockets.Remove(ended);
                await Task.Delay(LookEvery, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The end that was asked for; each guest closes what it holds.
        }

        await Task.WhenAll(_sockets.Values.Select(s => s.Run)).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    public Task<IGuestAgent> OpenAgentAsync(string guest, CancellationToken cancellationToken) =>
        (Find(guest) ?? throw new AgentException(AgentFailure.NoGuest, $"no QMP socket of {pattern} belongs to {guest}")).OpenAgentAsync(cancellationToken);

    public Task<IGuestAgent?> OpenProverAsync(string guest, CancellationToken cancellationToken) =>
        Find(guest)?.OpenProverAsync(cancellationToken) ?? Task.FromResult<IGuestAgent?>(null);

    /// <summary>The name, or the path where another guest has that name already.</summary>
    internal string Claim(QmpGuest guest, string name, string path)
    {
        lock (_names)
        {
            var free = _names.TryGetValue(name, out var other) && other != guest ? path : name;
            _names[free] = guest;
            return free;
        }
    }

    internal void Release(QmpGuest guest)
    {
        lock (_names)
        {
            if (_names.TryGetValue(guest.Name, out var owner) && owner == guest)
                _ = _names.Remove(guest.Name);
        }
    }

    private QmpGuest? Find(string name)
    {
        lock (_names)
            return _names.GetValueOrDefault(name);
    }
}
