using System.Collections.Concurrent;
using Guestclock.EndToEnd.Guests;
using Guestclock.Lab;
using Guestclock.Lab.Guests;
using Guestclock.Lab.Hosts;

[assembly: AssemblyFixture(typeof(SharedGuests))]

namespace Guestclock.EndToEnd.Guests;

/// <summary>Running guests, one of each variant, booted when a test first asks for it and ended after the last test.</summary>
public sealed class SharedGuests : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<GuestMachine>>> _machines = new(StringComparer.Ordinal);
    private readonly Lazy<Task<HostChrony>> _server = new(() => HostChrony.StartAsync());

    /// <summary>The guest of that variant; a test that changes it boots its own instead.</summary>
    /// <param name="name">One of <see cref="GuestVariants.All"/>.</param>
    /// <returns>It is up; if it has chrony, that is synchronised. Where no guest can be had, the test is skipped and says why.</returns>
    public Task<GuestMachine> GetAsync(string name) =>
        SkipUnlessAvailableAsync(_machines.GetOrAdd(name, _ => new(() => BootAsync(GuestVariants.Named(name)))).Value);

    /// <summary>As <see cref="GetAsync"/>, but a new guest that belongs to the caller, who ends it.</summary>
    public Task<GuestMachine> BootAsync(string name) => SkipUnlessAvailableAsync(BootAsync(GuestVariants.Named(name)));

    /// <summary>A guest that no other test wants and that is not recorded.</summary>
    public Task<GuestMachine> BootOwnAsync(GuestVariant variant) => SkipUnlessAvailableAsync(BootAsync(variant));

    public async ValueTask DisposeAsync()
    {
        foreach (var machine in _machines.Values)
            await EndAsync(machine);
        await EndAsync(_server);
    }

    private async Task<GuestMachine> BootAsync(GuestVariant variant)
    {
        variant = variant with { Program = GuestFiles.Program };
        if (variant.Chrony)
            variant = variant with { ServerPort = (await _server.Value).Port };
        var machine = await GuestMachine.StartAsync(variant);
        try
        {
            if (variant.Chrony)
                await machine.WaitUntilSynchronizedAsync();
            return machine;
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Skips the test, and says why, where the lab lacks something.</summary>
    internal static async Task<T> SkipUnlessAvailableAsync<T>(Task<T> starting)
    {
        try
        {
            return await starting;
        }
        catch (LabException e)
        {
            Assert.Skip(e.Message);
            throw;
        }
    }

    private static async Task EndAsync<T>(Lazy<Task<T>> started)
        where T : IAsyncDisposable
    {
        // One that never came up has been ended already, and its test has told why.
        if (started.IsValueCreated && started.Value.IsCompletedSuccessfully)
            await (await started.Value).DisposeAsync();
    }
}
