using Guestclock.Linux.Serving;
using Guestclock.Linux.Watching;

namespace Guestclock.Cli.Daemon;

/// <summary>Where the daemon can be asked: its HTTP pages and its status socket. Follows the settings.</summary>
internal sealed class WatchDoors(IWatchLoop loop) : IAsyncDisposable
{
    private HttpResponder? _pages;
    private StatusSocket? _status;
    private WatchSettings _settings = WatchSettings.Default with { StatusSocket = null };

    /// <summary>The address of the pages.</summary>
    public HttpResponder? Pages => _pages;

    /// <summary>Opens what is new before it closes what is old.</summary>
    /// <exception cref="ServingException">Something cannot be opened; all is as it was.</exception>
    public async Task ApplyAsync(WatchSettings settings)
    {
        var isNewPages = !Equals(settings.Listen, _settings.Listen);
        var isNewStatus = settings.StatusSocket != _settings.StatusSocket;
        var pages = isNewPages && settings.Listen is { } listen ? HttpResponder.Start(listen, Page) : null;
        StatusSocket? status;
        try
        {
            status = isNewStatus && settings.StatusSocket is { } path ? StatusSocket.Start(path, loop.Status) : null;
        }
        catch (ServingException)
        {
            if (pages is not null)
                await pages.DisposeAsync();
            throw;
        }

        _settings = settings;
        if (isNewPages)
            await ReplaceAsync(_pages, _pages = pages);
        if (isNewStatus)
            await ReplaceAsync(_status, _status = status);
    }

    public async ValueTask DisposeAsync()
    {
        await ReplaceAsync(_pages, null);
        await ReplaceAsync(_status, null);
    }

    private static async Task ReplaceAsync(IAsyncDisposable? old, IAsyncDisposable? next)
    {
        if (old is not null && !ReferenceEquals(old, next))
            await old.DisposeAsync();
    }

    private HttpAnswer? Page(string path) => path switch
    {
        "/metrics" => new(200, HttpAnswer.Metrics, loop.Metrics()),
        "/healthz" => loop.IsAlive ? HttpAnswer.Text(200, "alive") : HttpAnswer.Text(503, "the daemon's loop hangs"),
        "/readyz" => loop.NotReady is { } why ? HttpAnswer.Text(503, $"not ready: {why}") : HttpAnswer.Text(200, "ready"),
        "/" => HttpAnswer.Text(200, "guestclock watch: /metrics /healthz /readyz"),
        _ => null,
    };
}
