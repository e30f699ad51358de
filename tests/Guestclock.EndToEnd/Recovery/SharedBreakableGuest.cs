namespace Guestclock.EndToEnd.Recovery;

/// <summary>One guest for the tests of a class that leave it as they found it, booted when the first one asks for it.</summary>
public sealed class SharedBreakableGuest : IAsyncDisposable
{
    private readonly Lazy<Task<BreakableGuest>> _guest = new(() => BreakableGuest.BootAsync());

    internal Task<BreakableGuest> GetAsync() => _guest.Value;

    public async ValueTask DisposeAsync()
    {
        if (_guest.IsValueCreated && _guest.Value.IsCompletedSuccessfully)
            await (await _guest.Value).DisposeAsync();
    }
}
