using System.Globalization;
using Guestclock.Lab.Hosts;
using Guestclock.Testing;

namespace Guestclock.EndToEnd.Recovery;

/// <summary>A daemon runs for months: what it holds does not grow with what happens.</summary>
public sealed class WatchLeakTests(ITestOutputHelper output)
{
    /// <summary>So many that none of them uses up what one guest may bring about.</summary>
    private const int Guests = 25;

    [Fact]
    public async Task Many_pauses_and_restarts_leave_neither_descriptors_nor_memory_behind()
    {
        await using var folder = WorkFolder.Create("gcl-");
        var fleet = Enumerable.Range(0, Guests).Select(n => new Guest(Directory.CreateDirectory(Path.Combine(folder.Path, $"{n}")).FullName, $"guest{n}")).ToList();
        await using var watch = WatchProcess.Start("--qmp", Path.Combine(folder.Path, "*/qmp"), "--measure-every", "1s");
        foreach (var _ in fleet)
            await watch.RightAsync("found");
        var id = await watch.IdAsync();
        await CycleAsync(2);
        var (descriptors, kibibytes) = Held(id);
        await CycleAsync(12);
        await fleet[0].RestartAsync(watch);
        var (descriptorsThen, kibibytesThen) = Held(id);
        output.WriteLine($"{descriptors} descriptors and {kibibytes} KiB after {2 * Guests} pauses, {descriptorsThen} and {kibibytesThen} KiB after {12 * Guests} more");
        Assert.InRange(descriptorsThen, 0, descriptors + 5);
        Assert.InRange(kibibytesThen, 0, kibibytes + 40_000);
        foreach (var guest in fleet)
            await guest.DisposeAsync();

        async Task CycleAsync(int times)
        {
            for (var i = 0; i < times; i++)
            {
                foreach (var guest in fleet)
                {
                    await guest.PauseAsync();
                    await watch.RecoveryAsync("recovered", "resumed");
                }
            }
        }
    }

    private sealed class Guest(string folder, string name) : IAsyncDisposable
    {
        private readonly SimulatedAgent _agent = new(Path.Combine(folder, "agent")) { SetTakes = TimeSpan.FromMilliseconds(1) };
        private SimulatedQmp _monitor = new(Path.Combine(folder, "qmp"), name, Path.Combine(folder, "agent"));

        public async Task PauseAsync()
        {
            await _monitor.TellAsync("STOP");
            _agent.Guest.OffsetNs = -2_000_000_000;
            await _monitor.TellAsync("RESUME");
        }

        /// <summary>Its QEMU ends, and another one opens the same socket.</summary>
        public async Task RestartAsync(WatchProcess watch)
        {
            await _monitor.DisposeAsync();
            await watch.EventAsync("gone");
            File.Delete(Path.Combine(folder, "qmp"));
            _monitor = new(Path.Combine(folder, "qmp"), name, _agent.Path);
            await watch.RightAsync("found");
        }

        public async ValueTask DisposeAsync()
        {
            await _monitor.DisposeAsync();
            await _agent.DisposeAsync();
        }
    }

    private static (int Descriptors, long Kibibytes) Held(int id)
    {
        var resident = File.ReadLines($"/proc/{id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return (Directory.GetFiles($"/proc/{id}/fd").Length, long.Parse(resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture));
    }
}
