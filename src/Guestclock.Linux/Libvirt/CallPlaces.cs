using System.Diagnostics.CodeAnalysis;
using Guestclock.Discipline;
using Guestclock.Linux.Agents;

namespace Guestclock.Linux.Libvirt;

/// <summary>
/// How many calls may be under way at once. Guests that did not answer last time share a quarter of the places, until they answer: however
/// many they are, they cannot hold up the rest.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim holds nothing to dispose of before its wait handle is asked for.")]
internal sealed class CallPlaces(int count)
{
    private readonly SemaphoreSlim _all = new(count);
    private readonly SemaphoreSlim _forSilent = new(Math.Max(1, count / 4));
    private readonly HashSet<string> _silent = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <exception cref="AgentException">None became free in time.</exception>
    public async Task<Place> TakeAsync(string guest, Deadline deadline, CancellationToken cancellationToken)
    {
        bool isSilent;
        lock (_lock)
            isSilent = _silent.Contains(guest);
        if (isSilent)
            await TakeAsync(_forSilent, deadline, cancellationToken);
        try
        {
            await TakeAsync(_all, deadline, cancellationToken);
        }
        catch
        {
            if (isSilent)
                _forSilent.Release();
            throw;
        }

        return new(this, guest, isSilent);
    }

    private static async Task TakeAsync(SemaphoreSlim places, Deadline deadline, CancellationToken cancellationToken)
    {
        if (!await places.WaitAsync(deadline.Shorter(TimeSpan.FromMinutes(1)), cancellationToken))
            throw new AgentException(AgentFailure.Busy, "libvirt is busy with the agents of other guests");
    }

    private void Give(Place place, bool inLane)
    {
        lock (_lock)
        {
            if (place.WasSilent)
                _silent.Add(place.Guest);
            else
                _silent.Remove(place.Guest);
        }

        _all.Release();
        if (inLane)
            _forSilent.Release();
    }

    /// <summary>One call's place, given back when it is disposed of.</summary>
    public sealed class Place(CallPlaces home, string guest, bool inLane) : IDisposable
    {
        public string Guest => guest;

        /// <summary>To be set when nobody answered.</summary>
        public bool WasSilent { get; set; }

        public void Dispose() => home.Give(this, inLane);
    }
}
