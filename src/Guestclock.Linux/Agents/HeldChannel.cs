using Guestclock.Discipline;

namespace Guestclock.Linux.Agents;

/// <summary>
/// The way to one agent, kept open between conversations. qemu-ga looks only each 100 ms at a channel whose other end nobody holds, which is
/// too late right after a pause. QEMU's socket serves one client: while this holds it, conversations of others wait.
/// </summary>
/// <param name="isKept">False: open only while it is used, or from <see cref="OpenAsync"/> to the next use.</param>
/// <param name="user">Who must be at the other end; null: anybody.</param>
internal sealed class HeldChannel(string path, IHostClock clock, bool isKept, uint? user = null) : IAsyncDisposable
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _turn = new(1);
    private IGuestAgent? _open;
    private volatile bool _closed;

    public string Path => path;

    public bool IsOpen => _open is not null;

    /// <summary>Opens it ahead of its use, if it can be.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await ConnectAsync(cancellationToken);
        }
        catch (AgentException)
        {
            // Whoever wants to use it will be told why not.
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Lends it for one conversation; disposing of the lease gives it back.</summary>
    /// <exception cref="AgentException">It cannot be opened, or another conversation of ours does not end.</exception>
    public async Task<IGuestAgent> LeaseAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (!await _turn.WaitAsync(limit, cancellationToken))
            throw new AgentException(AgentFailure.Busy, $"another conversation on {path} did not end within {limit.TotalSeconds:0.#} s");
        try
        {
            return new AgentLease(await ConnectAsync(cancellationToken), ReturnAsync);
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }

    /// <summary>Closes it for good; a conversation that is under way fails.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        if (_open is { } open)
            await open.DisposeAsync();
    }

    /// <summary>To be called by whose turn it is.</summary>
    private async Task<IGuestAgent> ConnectAsync(CancellationToken cancellationToken)
    {
        if (!_closed)
            _open ??= await AgentSocket.ConnectAsync(path, clock, ConnectLimit, user, cancellationToken);
        if (_open is { } open && !_closed)
            return open;
        // It may have been closed for good while it was opened: whoever did that saw nothing to close.
        if (_open is { } late)
            await late.DisposeAsync();
        throw new AgentException(AgentFailure.NotRunning, $"QEMU has closed {path}");
    }

    private async ValueTask ReturnAsync(bool isBroken)
    {
        if ((isBroken || !isKept || _closed) && _open is { } open)
        {
            _open = null;
            await open.DisposeAsync();
        }

        _turn.Release();
        if (isBroken && isKept && !_closed)
            await OpenAsync(CancellationToken.None);
    }
}
