using Guestclock.Linux.Agents;

namespace Guestclock.Linux.Libvirt;

/// <summary>Domains as guests that can be synchronised.</summary>
public static class LibvirtTargets
{
    public static SyncTarget Of(LibvirtPool pool, string guest, IHostClock clock) => new(
        guest,
        _ => Task.FromResult<IGuestAgent>(new LibvirtAgent(pool, guest, clock)),
        token => LibvirtProver.OpenAsync(pool, guest, clock, token));

    /// <summary>All domains that run, by name. Those that are paused have nobody who could answer.</summary>
    /// <exception cref="AgentException">libvirt cannot be asked.</exception>
    public static async Task<IReadOnlyList<SyncTarget>> RunningAsync(LibvirtPool pool, IHostClock clock, CancellationToken cancellationToken)
    {
        using var connection = await LibvirtConnection.OpenAsync(pool.Uri, cancellationToken);
        var guests = await connection.ListAsync(cancellationToken);
        return [.. guests.Where(g => g.IsRunning).Select(g => g.Name).Order(StringComparer.Ordinal).Select(name => Of(pool, name, clock))];
    }
}
